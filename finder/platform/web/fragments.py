"""Parts of pages that many pages share, rendered once and kept.

A part is a macro whose words depend on nothing but its arguments, and on where the site is
mounted: no search, no person, no clock. The level's line, a cost, the filters as nobody has
touched them: there are few different ones, however many groups there are.
"""

from collections.abc import Callable, Hashable
from functools import cache, lru_cache

from flask import Flask, request
from markupsafe import Markup

MOST_KEPT = 1024
MOST_REMEMBERED = 4096
MOST_LARGE = 64
LARGE = {"panel"}
"""Macros that write tens of kilobytes, of which a worker keeps few."""


def start(app: Flask) -> None:
    """Give templates three functions.

    `kept(template, macro, …)`: the macro's text. `remembered(macro)`: a macro that writes no
    link, so that it need not ask where the site is mounted.
    `macro(template, name)`: the macro itself, as `from … import` gives it, but looked up only once.
    """

    @cache
    def macro(template: str, name: str) -> Callable[..., Markup]:
        found: Callable[..., Markup] = getattr(app.jinja_env.get_template(template).module, name)
        return found

    @cache
    def keeping(_mounted_at: str, template: str, name: str) -> Callable[..., Markup]:
        most = MOST_LARGE if name in LARGE else MOST_KEPT
        return lru_cache(maxsize=most)(macro(template, name))

    def kept(template: str, name: str, *values: Hashable) -> Markup:
        return keeping(request.script_root if request else "", template, name)(*values)

    remembered = lru_cache(maxsize=MOST_REMEMBERED)
    app.jinja_env.globals.update(kept=kept, macro=macro, remembered=remembered)
