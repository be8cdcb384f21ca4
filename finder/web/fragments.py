"""Parts of pages that many pages share, rendered once and kept.

A part is a macro whose words depend on nothing but its arguments, and on where the site is
mounted: no search, no person, no clock. The level's line, a cost, the filters as nobody has
touched them: there are few different ones, however many groups there are. And those in which one
thing alone is each page's own, such as where somebody searches: they are kept around it. A whole
page may be kept around several things of its own.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Iterable
from functools import cache, lru_cache

from flask import Flask, request
from markupsafe import Markup, escape

MOST_KEPT = 1024
MOST_LARGE = 64
LARGE = {"panel"}
"""Macros that write tens of kilobytes, of which a worker keeps few."""
HERE = secrets.token_hex(16)
"""Stands for what is each page's own while a part is written. Nobody can type it, it needs no
escaping, and it is the same in an address."""


def around_here(written: Markup) -> tuple[str, ...]:
    """A part in pieces: what stands before, between and after the places where HERE stood."""
    return tuple(str(written).split(HERE))


def stand_ins(count: int) -> tuple[str, ...]:
    """Texts to write in the places of so many that are a page's own, as HERE is for one."""
    return tuple(f"{HERE}-{number}-" for number in range(count))


class Around:
    """A page in pieces, around what is each one's own."""

    def __init__(self, written: str) -> None:
        """written: with the texts of `stand_ins` where a page has its own."""
        pieces = re.split(rf"{HERE}-(\d+)-", written)
        self._pieces = [piece.encode() for piece in pieces]
        self._own = [int(number) for number in pieces[1::2]]

    def filled(self, own: Iterable[str | bytes]) -> bytes:
        """The page with these in the places of the stand-ins, in UTF-8.

        Texts are escaped as a template would; bytes are parts of a page that are written already.
        """
        parts = [part if isinstance(part, bytes) else escape(part).encode() for part in own]
        pieces = self._pieces.copy()
        pieces[1::2] = [parts[number] for number in self._own]
        return b"".join(pieces)


def start(app: Flask) -> None:
    """Give templates these.

    `kept(template, macro, …)`: what the macro writes. `kept_around(template, macro, here, …)`:
    the same of a macro that takes one more value, its last, and writes it as text or within an
    address, as it is: `here`. `macro(template, name)`: the macro itself, what `from … import`
    gives, found once and not, at some cost, on every page.
    """

    @cache
    def macro(template: str, name: str) -> Callable[..., Markup]:
        found: Callable[..., Markup] = getattr(app.jinja_env.get_template(template).module, name)
        return found

    @cache
    def keeping(_mounted_at: str, template: str, name: str) -> Callable[..., Markup]:
        most = MOST_LARGE if name in LARGE else MOST_KEPT
        return lru_cache(maxsize=most)(macro(template, name))

    @cache
    def keeping_around(
        _mounted_at: str, template: str, name: str
    ) -> Callable[..., tuple[str, ...]]:
        write = macro(template, name)
        return lru_cache(maxsize=MOST_KEPT)(lambda *values: around_here(write(*values, HERE)))

    def kept(template: str, name: str, *values: Hashable) -> Markup:
        return keeping(_mounted_at(), template, name)(*values)

    def kept_around(template: str, name: str, here: str, *values: Hashable) -> Markup:
        pieces = keeping_around(_mounted_at(), template, name)(*values)
        return Markup(str(escape(here)).join(pieces))  # noqa: S704 - pieces that a macro wrote

    app.jinja_env.globals.update(kept=kept, kept_around=kept_around, macro=macro)


def _mounted_at() -> str:
    return request.script_root if request else ""
