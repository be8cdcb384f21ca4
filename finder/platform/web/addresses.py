"""Addresses of the site's own pages, each made once.

A results page would call Flask's `url_for` 33 times; its answer for one of our own pages depends
only on where the site is mounted.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import Flask, request, url_for

from finder.platform.web.request import settings

ANY = UUID(int=0)


def path_of(endpoint: str, **values: str) -> str:
    """The answer of `url_for`, cached. Not for addresses that hold what somebody typed."""
    return _path_of(request.script_root, endpoint, tuple(values.items()))


def whole_address(path: str) -> str:
    """A path after FINDER_BASE_URL, for links that leave the site; never after a visitor's Host."""
    return settings().site_address + path


def to_follow(path: str) -> str:
    """The address by which a calendar app follows a calendar: `webcal` in place of `https`."""
    return "webcal:" + whole_address(path).partition(":")[2]


@lru_cache(maxsize=512)
def _path_of(_mounted_at: str, endpoint: str, values: tuple[tuple[str, str], ...]) -> str:
    given: dict[str, Any] = dict(values)
    return url_for(endpoint, **given)


def start(app: Flask) -> None:
    """Give addresses to every template."""
    app.jinja_env.globals.update(path_of=path_of, to_follow=to_follow, whole_address=whole_address)
