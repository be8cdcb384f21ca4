"""GOV.UK Frontend's components, for the pages where organisers write (decision 0031)."""

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from finder.web.forms.listing import problems


def start(app: Flask) -> None:
    """Let templates use the components, and `problems` for the summary above a form."""
    components = {
        name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")
    }
    own = app.jinja_env.loader
    assert own is not None  # noqa: S101 - Flask always has one
    app.jinja_env.loader = ChoiceLoader([own, PrefixLoader(components)])
    app.jinja_env.globals["problems"] = problems
