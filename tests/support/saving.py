"""What parents said of a group, kept as if they had: for tests of what is shown of it."""

from datetime import datetime
from uuid import UUID

from finder.listings.search_columns import Heard, keep_counts, refresh_search_columns
from finder.listings.tables import GroupRow
from finder.platform.db.database import Db


def hear(db: Db, group_id: UUID, heard: Heard, at: datetime) -> None:
    """Count these answers, and work out the group's columns from them."""
    keep_counts(db, db.get_one(GroupRow, group_id), heard, at)
    db.flush()
    refresh_search_columns(db, group_id, at, lambda *_: heard)
