"""Addresses within the site that a page writes many times, each worked out once.

A results page would ask Flask's `url_for` 33 times; what it answers for one of our own pages
depends only on where the site is mounted.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import Flask, request, url_for

from finder.platform.web.request import settings

ANY = UUID(int=0)


def path_of(endpoint: str, **values: str) -> str:
    """What `url_for` answers within the site, remembered. Only for addresses without people's
    words in them: every one is kept."""
    return _path_of(request.script_root, endpoint, tuple(values.items()))


def whole_address(path: str) -> str:
    """A path within the site with the site's own address before it, for what leaves the site.

    Of FINDER_BASE_URL, never of the Host that a visitor sent.
    """
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
