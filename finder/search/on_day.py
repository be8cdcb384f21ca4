"""Finds the groups that meet on one day.

Whether a session is on depends on terms and on cancelled dates, and the database only knows the
weekday. So it gives each group that may meet on the day, and this file reads their schedules.
"""

from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID

from finder.domain.groups import Card, Place
from finder.domain.nearness import nearness
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import LONDON, Occurrence
from finder.domain.vocabulary import Sort, Weekday
from finder.listings.rules import NextDate, date_on
from finder.platform.db.database import Db
from finder.search.rules import Asked, SearchQuery, Soon, asked, day_of
from finder.search.statements import ORDERS, schedules_of

WEEKDAYS = tuple(Weekday)


class Meeting(NamedTuple):
    """A group that meets on the day. order: a sort key."""

    order: tuple[object, ...]
    public_id: UUID
    band: int
    occurrence: Occurrence
    is_sure: bool
    is_over: bool


class Day:
    """The day that a search asks for, as of now, with the hours that it asks for."""

    def __init__(
        self, on: date | Soon, query: SearchQuery, now: datetime, calendars: Calendars
    ) -> None:
        """on: the day of the query, which has one."""
        wall = now.astimezone(LONDON)
        self.date = day_of(on, wall.date())
        self.is_today = self.date == wall.date()
        self.query = query
        self._clock = wall.time()
        self._calendars = calendars

    def date_of(self, schedule: str) -> NextDate:
        """The first date of a schedule on this day, if any."""
        query = self.query
        if query.days and WEEKDAYS[self.date.weekday()] not in query.days:
            return None, True
        after, before = query.starts_after or time.min, query.ends_before or time.max
        return date_on(schedule, self._calendars, self.date, after, before)

    def is_over(self, occurrence: Occurrence) -> bool:
        """Whether it has ended by now."""
        return self.is_today and occurrence.ends <= self._clock

    def asked(self, centre: Place) -> Asked:
        """The filters of the search, with the weekday of this day."""
        weekday = frozenset({WEEKDAYS[self.date.weekday()]})
        return asked(replace(self.query, days=weekday), nearness(centre))


def meetings(db: Db, day: Day, centre: Place) -> list[Meeting]:
    """All groups of a search that meet on the day, in its order. One SQL statement.

    By time, those that are over come last.
    """
    ask, sort = day.asked(centre), day.query.sort
    found = []
    for row in db.execute(schedules_of(ask.shape, ask.strips, sort), ask.values):
        occurrence, is_sure = day.date_of(row.schedule)
        if occurrence is None:
            continue
        is_over = day.is_over(occurrence)
        start = (is_over, occurrence.starts) if sort is Sort.SOONEST else ()
        order = (*start, *(getattr(row, key) for key in ORDERS[sort]))
        found.append(Meeting(order, row.id, row.band, occurrence, is_sure, is_over))
    return sorted(found)


def shown_on(card: Card, meeting: Meeting) -> Card:
    """The card of a group, with its date on the day that was asked for."""
    return replace(
        card,
        next=meeting.occurrence,
        is_term_time_checked=meeting.is_sure,
        is_over=meeting.is_over,
    )
