"""Works out what groups keep for searches anew, some hundreds at a time."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from finder.domain.facts import Fact
from finder.domain.talking_tables import Tables
from finder.store.database import Db
from finder.store.group_drafts import lines_of
from finder.store.group_rows import cost_from
from finder.store.heard import heard_of_each
from finder.store.schedules import schedule_text
from finder.store.search_columns import (
    answers_from,
    cancelled_of,
    fact_columns,
    keep_counts,
    talking_columns,
)
from finder.store.tables import GroupFactRow, GroupRow, SessionRow, VenueFactRow, VenueRow

AT_ONCE = 500


def rebuild_some(db: Db, after: UUID | None, at: datetime, tables: Tables) -> list[UUID]:
    """Rebuild the next groups in order of id, and give their ids; none at the end.

    The caller commits after each call, so that no lock is held for long. A review that is
    published meanwhile waits for these groups' rows (PostgreSQL) or for the writer (SQLite).
    """
    groups = _next_groups(db, after)
    ids = [group.id for group in groups]
    venue_ids = {group.venue_id for group in groups}
    places = db.exec(select(VenueRow).where(col(VenueRow.id).in_(venue_ids)))
    kinds = {venue.id: venue.kind for venue in places}
    building: dict[UUID, dict[Fact, bool]] = defaultdict(dict)
    for line in db.exec(select(VenueFactRow).where(col(VenueFactRow.venue_id).in_(venue_ids))):
        building[line.venue_id][line.fact] = line.is_yes
    facts = lines_of(db, GroupFactRow, ids, col(GroupFactRow.fact))
    sessions = lines_of(db, SessionRow, ids, col(SessionRow.position))
    cancelled = cancelled_of(db, ids)
    heard = heard_of_each(db, ids, at.date())
    for group in groups:
        said = {row.fact: row.is_yes for row in facts[group.id] if row.is_yes is not None}
        keep_counts(db, group, heard[group.id], at, facts[group.id])
        columns = fact_columns(
            answers_from({**said, **building[group.venue_id]}, heard[group.id].facts)
        ) | talking_columns(
            group.claimed_level,
            heard[group.id].reports,
            group.main_format,
            kinds[group.venue_id],
            tables,
        )
        columns["cost_label"] = cost_from(group).label()
        columns["schedule"] = schedule_text(sessions[group.id], cancelled[group.id])
        for name, value in columns.items():
            setattr(group, name, value)
    db.flush()
    db.expunge_all()
    return ids


def _next_groups(db: Db, after: UUID | None) -> list[GroupRow]:
    some = select(GroupRow).order_by(col(GroupRow.id)).limit(AT_ONCE).with_for_update()
    if after is not None:
        some = some.where(col(GroupRow.id) > after)
    return list(db.exec(some.execution_options(populate_existing=True)).all())
