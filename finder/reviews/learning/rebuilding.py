"""Works out what groups keep for searches anew, some hundreds at a time."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from finder.domain.talking.beliefs import Tables
from finder.listings.drafts import drafts_of, lines_of
from finder.listings.search_columns import cancelled_of, columns_of, keep_counts, set_columns
from finder.listings.tables import GroupFactRow, GroupRow
from finder.platform.db.database import Db
from finder.reviews.answer_counts import heard_of_each

AT_ONCE = 500


def rebuild_some(db: Db, after: UUID | None, at: datetime, tables: Tables) -> list[UUID]:
    """Rebuild the next groups in order of id, and give their ids; none at the end.

    The caller commits after each call, so that no lock is held for long. A review that is
    published meanwhile waits for these groups' rows (PostgreSQL) or for the writer (SQLite).
    """
    groups = _next_groups(db, after)
    ids = [group.id for group in groups]
    drafts, cancelled = drafts_of(db, ids), cancelled_of(db, ids)
    facts = lines_of(db, GroupFactRow, ids, col(GroupFactRow.fact))
    heard = heard_of_each(db, ids, at.date())
    for group in groups:
        its = heard[group.id]
        keep_counts(db, group, its, at, facts[group.id])
        set_columns(group, columns_of(drafts[group.id], its, tables, cancelled[group.id]))
    db.flush()
    db.expunge_all()
    return ids


def _next_groups(db: Db, after: UUID | None) -> list[GroupRow]:
    some = select(GroupRow).order_by(col(GroupRow.id)).limit(AT_ONCE).with_for_update()
    if after is not None:
        some = some.where(col(GroupRow.id) > after)
    return list(db.exec(some.execution_options(populate_existing=True)).all())
