"""What parents answered about a group, counted from the published reviews themselves."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from finder.domain.facts import Fact
from finder.domain.reviews import ReviewState, Visit
from finder.store.database import Db
from finder.store.search_columns import Heard
from finder.store.tables_people import ReviewFactRow, ReviewRow

_IS_PUBLISHED = col(ReviewRow.state) == ReviewState.PUBLISHED


def heard_of(db: Db, group_id: UUID, today: date) -> Heard:
    """All that parents answered about one group: published reviews, with their age in days."""
    is_of_group = col(ReviewRow.group_id) == group_id
    return _heard(_levels(db, is_of_group), _answers(db, is_of_group), today)


def heard_of_all(db: Db, today: date) -> Iterator[tuple[UUID, Heard]]:
    """The same for every group that has a review, by group, in two queries."""
    anything = sa.true()
    answers = {
        group_id: list(rows) for group_id, rows in groupby(_answers(db, anything), _group_of)
    }
    for group_id, rows in groupby(_levels(db, anything), _group_of):
        yield group_id, _heard(rows, answers.get(group_id, ()), today)


def _group_of(row: Any) -> UUID:
    group_id: UUID = row[0]
    return group_id


def _levels(db: Db, where: Any) -> Iterable[Any]:
    return db.execute(
        sa.select(
            col(ReviewRow.group_id),
            col(ReviewRow.level),
            col(ReviewRow.visit_year),
            col(ReviewRow.visit_month),
        )
        .where(_IS_PUBLISHED, where)
        .order_by(
            col(ReviewRow.group_id),
            col(ReviewRow.visit_year),
            col(ReviewRow.visit_month),
            col(ReviewRow.level),
        )
    )


def _answers(db: Db, where: Any) -> Iterable[Any]:
    return db.execute(
        sa.select(
            col(ReviewRow.group_id),
            col(ReviewFactRow.fact),
            col(ReviewFactRow.is_yes),
            sa.func.count(),
        )
        .join(ReviewFactRow, col(ReviewFactRow.review_id) == col(ReviewRow.id))
        .where(_IS_PUBLISHED, where)
        .group_by(col(ReviewRow.group_id), col(ReviewFactRow.fact), col(ReviewFactRow.is_yes))
        .order_by(col(ReviewRow.group_id))
    )


def _heard(levels: Iterable[Any], answers: Iterable[Any], today: date) -> Heard:
    facts: dict[Fact, tuple[int, int]] = {}
    for _group, fact, is_yes, count in answers:
        yes, no = facts.get(fact, (0, 0))
        facts[fact] = (yes + count, no) if is_yes else (yes, no + count)
    reports = tuple(
        (level, float(Visit(year, month).age_days(today))) for _group, level, year, month in levels
    )
    return Heard(reports, facts)
