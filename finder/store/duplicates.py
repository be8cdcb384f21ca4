"""Pairs of listings that may be one group: found by place, kept for a moderator to look at."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from finder.domain.duplicates import NEAR_M, DuplicateState
from finder.domain.vocabulary import ListingState
from finder.store.database import Db
from finder.store.inserting import insert_into
from finder.store.tables import GroupRow
from finder.store.tables_trust import DuplicateRow

Pair = tuple[UUID, UUID]
_LISTED = (ListingState.PUBLISHED, ListingState.WAITING, ListingState.PAUSED)
_NORTH = NEAR_M / 111_000
_EAST = NEAR_M / 53_000
"""Degrees: at least 150 metres anywhere in the United Kingdom, which ends at 61 degrees north."""


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
        col(one.state).in_(_LISTED),
        col(other.state).in_(_LISTED),
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
