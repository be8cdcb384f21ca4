"""Works out the stored levels and facts of all groups anew, some hundreds at a time."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from finder.domain.facts import Fact
from finder.domain.talking_tables import Tables
from finder.store.database import Db
from finder.store.heard import heard_of_each
from finder.store.search_columns import Known, keep_heard
from finder.store.tables import GroupFactRow, GroupRow, VenueFactRow, VenueRow

AT_ONCE = 500


def rebuild_some(db: Db, after: UUID | None, at: datetime, tables: Tables) -> list[UUID]:
    """Rebuild the next groups in order of id, and give their ids; none at the end.

    The caller commits after each call, so that no lock is held for long. A review that is
    published meanwhile waits for these groups' rows (PostgreSQL) or for the writer (SQLite).
    """
    groups = _next_groups(db, after)
    ids = [group.id for group in groups]
    venue_ids = {group.venue_id for group in groups}
    rows = db.exec(select(VenueRow).where(col(VenueRow.id).in_(venue_ids)))
    venues = {venue.id: venue for venue in rows}
    facts: dict[UUID, dict[Fact, GroupFactRow]] = defaultdict(dict)
    for row in db.exec(select(GroupFactRow).where(col(GroupFactRow.group_id).in_(ids))):
        facts[row.group_id][row.fact] = row
    building: dict[UUID, dict[Fact, bool]] = defaultdict(dict)
    for line in db.exec(select(VenueFactRow).where(col(VenueFactRow.venue_id).in_(venue_ids))):
        building[line.venue_id][line.fact] = line.is_yes
    heard = heard_of_each(db, ids, at.date())
    for group in groups:
        venue = venues[group.venue_id]
        known = Known(group, venue, facts[group.id], building[venue.id])
        keep_heard(db, known, heard[group.id], at, tables)
    db.flush()
    db.expunge_all()
    return ids


def _next_groups(db: Db, after: UUID | None) -> list[GroupRow]:
    some = select(GroupRow).order_by(col(GroupRow.id)).limit(AT_ONCE).with_for_update()
    if after is not None:
        some = some.where(col(GroupRow.id) > after)
    return list(db.exec(some.execution_options(populate_existing=True)).all())
