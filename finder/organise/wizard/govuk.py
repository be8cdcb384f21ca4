"""GOV.UK Frontend's components, for the pages where organisers write (decision 0031)."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, Template, Undefined

from finder.organise.wizard.forms import problems

PACKAGES = ("govuk_frontend_jinja", "govuk_frontend_wtf")


class ComponentsLoader(PrefixLoader):
    """Loads the packages' templates into an environment where a missing value is empty.

    They are written for Jinja's default: they ask for each parameter that a component may have.
    Our own templates are strict (finder/app.py).
    """

    def __init__(self, environment: Environment) -> None:
        """environment: of our own templates, whose filters and globals the components share."""
        super().__init__({name: PackageLoader(name) for name in PACKAGES})
        self._lenient = environment.overlay(undefined=Undefined, loader=self)

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """The template, compiled in the lenient environment."""
        return super().load(self._lenient, name, globals)


def start(app: Flask) -> None:
    """Let templates use the components, and `problems` for the summary above a form."""
    own = app.jinja_env.loader
    assert own is not None  # noqa: S101 - Flask always has one
    app.jinja_env.loader = ChoiceLoader([own, ComponentsLoader(app.jinja_env)])
    app.jinja_env.globals["problems"] = problems
