"""How often a group's page is opened: counted in memory, and written down now and then.

Looking at a page writes nothing. A process that is killed loses what it counted last.
"""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from finder.domain.calendars import Calendars
from finder.domain.groups import ListingPage
from finder.domain.reviews import FEWEST_TO_SHOW
from finder.domain.vocabulary import ListingState
from finder.services.joining import NotYours
from finder.store import groups, own_listings, page_views
from finder.store.database import Db

WEEKS_SHOWN = 12
_ANY_STATE = tuple(ListingState)


class Views:
    """The counts of one process that are not written down yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[UUID, date]] = Counter()

    def count(self, group_id: UUID, today: date) -> None:
        """Count one look at a group's page, in the week of today."""
        with self._lock:
            self._counts[group_id, today - timedelta(days=today.weekday())] += 1

    def take(self) -> Mapping[tuple[UUID, date], int]:
        """All counts, which begin anew."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return taken

    def give_back(self, counts: Mapping[tuple[UUID, date], int]) -> None:
        """Counts that could not be written down: they wait for the next time."""
        with self._lock:
            self._counts.update(counts)


@dataclass(frozen=True)
class Seen:
    """What an organiser learns of a listing: looks by week, newest first; and what parents say.

    parents: how many; they_say: their usual level in words, once there are three of them.
    """

    page: ListingPage
    weeks: tuple[tuple[date, int], ...]
    parents: int

    @property
    def are_shown(self) -> bool:
        """Whether there are enough parents that none can be traced."""
        return self.parents >= FEWEST_TO_SHOW


def write_down(db: Db, views: Views) -> int:
    """Keep what was counted. Gives how many groups' weeks."""
    counts = views.take()
    if not counts:
        return 0
    try:
        page_views.add(db, counts)
        db.commit()
    except Exception:
        views.give_back(counts)
        raise
    return len(counts)


def seen(
    db: Db, calendars: Calendars, account_id: UUID, group_id: UUID, today: date, now: datetime
) -> Seen:
    """How often a listing was opened in the last twelve weeks, and what parents say. NotYours."""
    own = own_listings.own(db, account_id, group_id, now, calendars)
    page = groups.page(db, group_id, now, calendars, _ANY_STATE) if own else None
    if page is None:
        raise NotYours
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=n) for n in range(WEEKS_SHOWN)]
    counts = page_views.weeks_of(db, group_id, mondays[-1])
    weeks = tuple((one, counts.get(one, 0)) for one in mondays)
    return Seen(page, weeks, page.talking.parents)
