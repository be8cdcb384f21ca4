"""What the rating learns from, and what it works out anew, some hundreds of groups at a time."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from finder.domain.talking.beliefs import Tables
from finder.domain.talking.learning import GroupEvidence
from finder.listings.drafts import drafts_of, lines_of
from finder.listings.learned import AT_ONCE
from finder.listings.search_columns import cancelled_of, columns_of, keep_counts, set_columns
from finder.listings.tables import GroupFactRow, GroupRow, VenueRow
from finder.platform.db.database import Db
from finder.reviews.group_reviews import heard_of_each


def evidence_of_groups(db: Db, at: datetime) -> Iterator[GroupEvidence]:
    """The claim and the reports of each group with a published review, some hundreds at a time.

    Examples teach nothing: they are made up.
    """
    rows = db.execute(
        select(
            col(GroupRow.id),
            col(GroupRow.main_format),
            col(VenueRow.kind),
            col(GroupRow.claimed_level),
        )
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(GroupRow.reported_on).is_not(None), col(GroupRow.is_example).is_(False))
        .order_by(col(GroupRow.id))
    ).all()
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        heard = heard_of_each(db, [row[0] for row in some], at.date())
        for group_id, main_format, kind, claim in some:
            if reports := heard[group_id].reports:
                yield GroupEvidence(main_format, kind, claim, reports)


def rebuild_some(
    db: Db, after: UUID | None, at: datetime, tables: Tables, *, is_all: bool = True
) -> dict[UUID, int]:
    """Rebuild the next groups in order of id; none at the end. Gives how far each level moved.

    Not all: only groups that were rated by other tables. The caller commits after each call, so
    that no lock is held for long. A review that is published meanwhile waits for these groups'
    rows (PostgreSQL) or for the writer (SQLite).
    """
    groups = _next_groups(db, after, None if is_all else tables.version)
    before = {group.id: group.talking_level for group in groups}
    ids = list(before)
    drafts, cancelled = drafts_of(db, ids), cancelled_of(db, ids)
    facts = lines_of(db, GroupFactRow, ids, col(GroupFactRow.fact))
    heard = heard_of_each(db, ids, at.date())
    for group in groups:
        answers = heard[group.id]
        keep_counts(db, group, answers, at, facts[group.id])
        set_columns(group, columns_of(drafts[group.id], answers, tables, cancelled[group.id]))
    moved = {group.id: abs(group.talking_level - before[group.id]) for group in groups}
    db.flush()
    db.expunge_all()
    return moved


def _next_groups(db: Db, after: UUID | None, but_for: str | None) -> list[GroupRow]:
    some = select(GroupRow).order_by(col(GroupRow.id)).limit(AT_ONCE).with_for_update()
    if after is not None:
        some = some.where(col(GroupRow.id) > after)
    if but_for is not None:
        some = some.where(col(GroupRow.talking_version) != but_for)
    return list(db.exec(some.execution_options(populate_existing=True)).all())
