"""Which listing another was put together with."""

from uuid import UUID

from sqlmodel import col, select

from finder.listings.tables_history import MergedGroupRow
from finder.platform.db.database import Db


def merged_into(db: Db, group_id: UUID) -> UUID | None:
    """Where a listing's address leads that was put together with another; the last of a chain."""
    found: UUID | None = None
    seen = {group_id}
    while (into := _into(db, found or group_id)) and into not in seen:
        seen.add(into)
        found = into
    return found


def _into(db: Db, group_id: UUID) -> UUID | None:
    query = select(MergedGroupRow.into_id).where(col(MergedGroupRow.group_id) == group_id)
    return db.exec(query).first()
