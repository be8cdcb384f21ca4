"""What a data user does: reads groups and organisers page by page, or all at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from finder.domain.vocabulary import ListingState
from finder.open_data import queries
from finder.open_data.listed import Listed
from finder.open_data.rules import OpenDataQuery, OpenOrganiser, OpenPage
from finder.open_data.whole_listings import listed
from finder.places.gazetteer import Gazetteer
from finder.places.rules import Covers, Found
from finder.platform.db.database import Db

MOST_OF_ORGANISER = 500
CAN_LEAVE = (ListingState.PUBLISHED, ListingState.PAUSED, ListingState.ENDED)
"""What an export holds: nothing that waits for a moderator, is hidden or was never published."""


def listings(
    db: Db, gazetteer: Gazetteer, asked: OpenDataQuery, postcode: str, now: datetime
) -> OpenPage[Listed]:
    """A page of published groups; empty where the postcode is unknown."""
    if postcode:
        found = gazetteer.find(postcode)
        if not isinstance(found, Found) or found.covers is Covers.TOWN:
            return OpenPage((), 0, asked.page, asked.per_page)
        asked = replace(asked, near=found.place)
    return queries.listings(db, asked, now)


def listing(db: Db, public_id: UUID, now: datetime) -> Listed | None:
    """A published group, whole, or None."""
    return next(iter(listed(db, [public_id], now)), None)


def organisers(db: Db, page: int, per_page: int) -> OpenPage[OpenOrganiser]:
    """A page of organisers with published groups."""
    return queries.organisers(db, page, per_page)


def organiser(
    db: Db, public_id: UUID, now: datetime
) -> tuple[OpenOrganiser, tuple[Listed, ...]] | None:
    """An organiser and its published groups, the first 500; None where it has none."""
    found = queries.organiser(db, public_id)
    return (found, queries.listings_of(db, public_id, now, MOST_OF_ORGANISER)) if found else None


def everything(db: Db, now: datetime) -> Iterator[tuple[Listed, ...]]:
    """All listings that may leave in bulk, some hundreds at a time."""
    return queries.all_listings(db, now, CAN_LEAVE)
