"""What somebody does who follows groups from elsewhere: a calendar, a feed, a list of pages."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from finder.domain.listed import SHOWN_IN_CALENDARS, Listed
from finder.services.finding import MOST_SAVED
from finder.store.database import Db
from finder.store.listed import listed


def group_to_follow(db: Db, public_id: UUID, now: datetime) -> Listed | None:
    """A group that is published, paused or ended, or None. Six SQL statements."""
    return next(iter(listed(db, [public_id], now, SHOWN_IN_CALENDARS)), None)


def groups_to_follow(db: Db, ids: Sequence[UUID], now: datetime) -> tuple[Listed, ...]:
    """Those of these groups, at most 50, that are published, paused or ended, in their order."""
    return listed(db, ids[:MOST_SAVED], now, SHOWN_IN_CALENDARS) if ids else ()
