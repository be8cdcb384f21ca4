"""A group's page, quieter groups near it, answers to "Was it on?", and page counts.

Parents need no account. Only counts are stored, and nothing about who they are.
"""

import os
import threading
from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID
from weakref import WeakMethod

from finder.domain.groups import Card
from finder.domain.refused import NothingThere, Refused
from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import TalkingLevel
from finder.group_page import queries
from finder.group_page.rules import ListingPage, OnAnswer
from finder.listings.history import merged_into
from finder.platform.db.database import Database, Db

_NOT_ASKED = (
    "We can’t ask about that day now. We ask for 14 days, once the group’s time is over,"
    " and not about cancelled dates"
)


class AnsweredToday(Exception):
    """This network has already answered about this date."""


def show_group(db: Db, public_id: UUID, now: datetime, calendars: Calendars) -> ListingPage | UUID:
    """The page of a group, or the id of the group that it was merged into. NothingThere."""
    found = queries.page(db, public_id, now, calendars) or merged_into(db, public_id)
    if found is None:
        raise NothingThere
    return found


def quieter_nearby(
    db: Db, calendars: Calendars, page: ListingPage, now: datetime
) -> tuple[Card, ...]:
    """The nearest groups, at most four within 5 miles, that need less talking than this one.

    Only groups whose level somebody has told us. At most one SQL statement.
    """
    if page.talking.level is TalkingLevel.NO_TALKING:
        return ()
    return queries.quieter(db, page.draft.venue.place, page.talking.level, now, calendars)


def find_asked(db: Db, calendars: Calendars, group_id: UUID, now: datetime) -> ListingPage:
    """The page of a group, with the dates to ask about. NothingThere."""
    page = queries.page(db, group_id, now, calendars)
    if page is None:
        raise NothingThere
    return page


def answer(db: Db, page: ListingPage, given: OnAnswer, network_hash: str, today: date) -> None:
    """Count an answer about one date. Refused for a date that we don't ask about now.

    AnsweredToday where this network has answered about the date today, whichever worker it asked.
    """
    if given.on not in page.dates_to_ask:
        raise Refused("answer", _NOT_ASKED)
    if not queries.note_network(db, page.public_id, given.on, network_hash, today):
        db.rollback()
        raise AnsweredToday
    queries.add_answer(db, page.public_id, given)
    db.commit()


class PageCounter:
    """Counts the views of each group's page in this process, to be written later.

    So a page view writes nothing to the database. A killed process loses its last counts.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._begin()
        begin = WeakMethod(self._begin)
        os.register_at_fork(after_in_child=lambda: (found := begin()) and found())

    def _begin(self) -> None:
        """Start with no counts, as in a process that was just forked."""
        self._lock = threading.Lock()
        self._counts: Counter[tuple[UUID, date]] = Counter()

    def count(self, group_id: UUID, today: date) -> None:
        """Count one view of a group's page, in the week of today."""
        with self._lock:
            self._counts[group_id, today - timedelta(days=today.weekday())] += 1

    def write_down(self) -> int:
        """Write the counts and return how many rows; counts that fail to be written are kept."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return 0
        try:
            with self._database.writing() as db:
                queries.add_page_views(db, counts)
                db.commit()
        except Exception:
            with self._lock:
                self._counts.update(counts)
            raise
        return len(counts)
