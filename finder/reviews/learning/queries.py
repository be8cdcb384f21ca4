"""What the rating learns from: each group's claim and its reports."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from finder.domain.talking.learning import GroupEvidence
from finder.listings.learned import AT_ONCE
from finder.listings.tables import GroupRow, VenueRow
from finder.platform.db.database import Db
from finder.reviews.answer_counts import heard_of_each


def told_of_groups(db: Db, at: datetime) -> Iterator[GroupEvidence]:
    """What was said of each group that has a published review, some hundreds at a time."""
    rows = db.execute(
        select(
            col(GroupRow.id),
            col(GroupRow.main_format),
            col(VenueRow.kind),
            col(GroupRow.claimed_level),
        )
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(GroupRow.reported_on).is_not(None))
        .order_by(col(GroupRow.id))
    ).all()
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        heard = heard_of_each(db, _ids(some), at.date())
        for group_id, main_format, kind, claim in some:
            if reports := heard[group_id].reports:
                yield GroupEvidence(main_format, kind, claim, reports)


def _ids(rows: Iterable[Any]) -> list[UUID]:
    return [row[0] for row in rows]
