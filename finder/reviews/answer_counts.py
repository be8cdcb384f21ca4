"""What parents answered about groups, counted from the published reviews themselves."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from finder.domain.facts import Fact
from finder.domain.talking.rating import Report
from finder.listings.search_columns import Heard
from finder.platform.db.database import Db
from finder.reviews.rules import ReviewState, Visit
from finder.reviews.tables import ReviewFactRow, ReviewRow


def heard_of(db: Db, group_id: UUID, today: date) -> Heard:
    """All that parents answered about one group, in its published reviews."""
    return heard_of_each(db, [group_id], today)[group_id]


def heard_of_each(db: Db, group_ids: Iterable[UUID], today: date) -> dict[UUID, Heard]:
    """The same for some hundreds of groups, in two queries. Reports' ages are in days."""
    ids = list(group_ids)
    is_counted = sa.and_(
        col(ReviewRow.state) == ReviewState.PUBLISHED, col(ReviewRow.group_id).in_(ids)
    )
    reports: dict[UUID, list[Report]] = defaultdict(list)
    for group_id, level, year, month in db.execute(
        sa.select(
            col(ReviewRow.group_id),
            col(ReviewRow.level),
            col(ReviewRow.visit_year),
            col(ReviewRow.visit_month),
        ).where(is_counted)
    ):
        reports[group_id].append((level, float(Visit(year, month).age_days(today))))
    facts: dict[UUID, dict[Fact, tuple[int, int]]] = defaultdict(dict)
    for group_id, fact, is_yes, count in db.execute(
        sa.select(
            col(ReviewRow.group_id),
            col(ReviewFactRow.fact),
            col(ReviewFactRow.is_yes),
            sa.func.count(),
        )
        .join(ReviewFactRow, col(ReviewFactRow.review_id) == col(ReviewRow.id))
        .where(is_counted)
        .group_by(col(ReviewRow.group_id), col(ReviewFactRow.fact), col(ReviewFactRow.is_yes))
    ):
        yes, no = facts[group_id].get(fact, (0, 0))
        facts[group_id][fact] = (yes + count, no) if is_yes else (yes, no + count)
    return {group_id: Heard(tuple(reports[group_id]), dict(facts[group_id])) for group_id in ids}
