"""Addresses of groups' pages."""

from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from flask import request, url_for

from finder.platform.web.addresses import ANY, whole_address


def address_of_group(public_id: UUID | str) -> str:
    """The address of a group's own page."""
    before, after = _around_id(request.script_root)
    return f"{before}{public_id}{after}"


def addresses_of_groups() -> Callable[[str], str]:
    """What `address_of_group` answers in this request, for who asks it a thousand times."""
    before, after = _around_id(request.script_root)
    return lambda public_id: f"{before}{public_id}{after}"


def whole_address_of_group(public_id: UUID | str) -> str:
    """The whole address of a group's own page."""
    return whole_address(address_of_group(public_id))


@lru_cache(maxsize=8)
def _around_id(_mounted_at: str) -> tuple[str, str]:
    before, after = url_for("group.show", public_id=ANY).split(str(ANY))
    return before, after
