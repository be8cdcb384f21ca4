"""Listings that may be one group: found by place, and pairs kept for a moderator to look at."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from finder.domain.groups import GroupDraft, Place, lat_band
from finder.domain.nearness import nearness
from finder.domain.vocabulary import ListingState
from finder.listings.drafts import drafts_of
from finder.listings.duplicates.rules import LISTED, NEAR_M, DuplicateState
from finder.listings.tables import GroupRow
from finder.listings.tables_history import DuplicateRow
from finder.platform.db.database import Db
from finder.platform.db.inserting import insert_into

Pair = tuple[UUID, UUID]
MOST_NEAR = 200
_NORTH = NEAR_M / 111_000
_EAST = NEAR_M / 53_000
"""Degrees: at least 150 metres anywhere in the United Kingdom, which ends at 61 degrees north."""


def near(db: Db, place: Place) -> tuple[tuple[UUID, ListingState, GroupDraft], ...]:
    """Listings close to a point, nearest first: id, state and what they say."""
    reach = nearness(place)
    north, east = reach.degrees(NEAR_M)
    bands = range(lat_band(place.latitude - north), lat_band(place.latitude + north) + 1)
    rows = db.execute(
        sa.select(col(GroupRow.id), col(GroupRow.state))
        .where(
            col(GroupRow.state).in_(LISTED),
            col(GroupRow.lat_band).in_(bands),
            col(GroupRow.longitude).between(place.longitude - east, place.longitude + east),
        )
        .limit(MOST_NEAR)
    ).all()
    states = {group_id: state for group_id, state in rows}  # noqa: C416 - a row is no pair to mypy
    found = [
        (reach.squared_m2(draft.venue.place), str(group_id), group_id, draft)
        for group_id, draft in drafts_of(db, states).items()
    ]
    close = sorted((one for one in found if one[0] <= NEAR_M**2), key=lambda one: one[:2])
    return tuple((group_id, states[group_id], draft) for _, _, group_id, draft in close)


def near_pairs(db: Db, only: UUID | None = None) -> Iterator[Pair]:
    """Pairs of listings close to each other that nobody has looked at yet. only: with this one."""
    one, other = aliased(GroupRow), aliased(GroupRow)
    known = sa.exists().where(
        col(DuplicateRow.group_id) == one.id, col(DuplicateRow.other_id) == other.id
    )
    query = sa.select(col(one.id), col(other.id)).where(
        col(one.id) < col(other.id),
        col(other.lat_band).in_((one.lat_band - 1, one.lat_band, one.lat_band + 1)),
        sa.func.abs(one.latitude - other.latitude) <= _NORTH,
        sa.func.abs(one.longitude - other.longitude) <= _EAST,
        col(one.state).in_(LISTED),
        col(other.state).in_(LISTED),
        ~known,
    )
    if only is not None:
        query = query.where(sa.or_(col(one.id) == only, col(other.id) == only))
    for row in db.execute(query).all():
        yield (row[0], row[1])


def add(db: Db, found: Collection[tuple[UUID, UUID, str]], now: datetime) -> None:
    """Keep pairs that wait for a moderator, each with why; one that is there already stays."""
    for group_id, other_id, why in found:
        db.execute(
            insert_into(db, DuplicateRow)
            .values(
                id=uuid4(),
                group_id=group_id,
                other_id=other_id,
                why=why,
                state=DuplicateState.WAITING,
                found_at=now,
            )
            .on_conflict_do_nothing(index_elements=["group_id", "other_id"])
        )
