"""Addresses within the site that a page writes many times, each worked out once.

A results page would ask Flask's `url_for` 33 times; what it answers for one of our own pages
depends only on where the site is mounted.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import request, url_for

from finder.web.request import settings

ANY = UUID(int=0)


def path_of(endpoint: str, **values: str) -> str:
    """What `url_for` answers within the site, remembered. Only for addresses without people's
    words in them: every one is kept."""
    return _path_of(request.script_root, endpoint, tuple(values.items()))


def address_of_group(public_id: UUID | str) -> str:
    """The address of a group's own page."""
    before, after = _around_id(request.script_root)
    return f"{before}{public_id}{after}"


def addresses_of_groups() -> Callable[[str], str]:
    """What `address_of_group` answers in this request, for who asks it a thousand times."""
    before, after = _around_id(request.script_root)
    return lambda public_id: f"{before}{public_id}{after}"


def whole_address(path: str) -> str:
    """A path within the site with the site's own address before it, for what leaves the site.

    Of FINDER_BASE_URL, never of the Host that a visitor sent.
    """
    return settings().site_address + path


def whole_address_of_group(public_id: UUID | str) -> str:
    """The whole address of a group's own page."""
    return whole_address(address_of_group(public_id))


def to_follow(path: str) -> str:
    """The address by which a calendar app follows a calendar: `webcal` in place of `https`."""
    return "webcal:" + whole_address(path).partition(":")[2]


@lru_cache(maxsize=512)
def _path_of(_mounted_at: str, endpoint: str, values: tuple[tuple[str, str], ...]) -> str:
    given: dict[str, Any] = dict(values)
    return url_for(endpoint, **given)


@lru_cache(maxsize=8)
def _around_id(_mounted_at: str) -> tuple[str, str]:
    before, after = url_for("group.show", public_id=ANY).split(str(ANY))
    return before, after
