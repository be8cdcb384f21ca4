"""Orders groups by their next date, without working out the next date of every group."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import groupby
from uuid import UUID

import sqlalchemy as sa

from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import LONDON, next_occurrence
from finder.domain.vocabulary import Weekday
from finder.listings.cards import Columns, sessions_from

NEVER = date.max
Moment = tuple[date, time]


def moments(now: datetime) -> dict[str, date | time]:
    """The values for the database's order: today, the time, and the next date of each weekday."""
    local = now.astimezone(LONDON)
    today = local.date()
    days = [today + timedelta(days=n) for n in range(7)]
    names = list(Weekday)
    return {
        "today": today,
        "clock": local.time(),
        "next_week": today + timedelta(days=7),
        "never": NEVER,
        **{f"from_{names[day.weekday()].value}": day for day in days},
    }


def in_order(
    rows: Iterable[sa.Row[*Columns]], now: datetime, calendars: Calendars
) -> Iterator[tuple[UUID, int]]:
    """Yields ids and bands of groups by their next occurrence, then by distance.

    rows: from `sessions_by_earliest`, in its order. A session waits in a heap with its exact date
    until no later row could be earlier. Groups without a next date come last, the nearest first.
    """
    waiting: list[tuple[Moment, float, UUID, int]] = []
    given: set[UUID] = set()
    for (id_, earliest, starts, _), lines in groupby(rows, key=_session_of):
        if id_ is None:
            return
        while waiting and waiting[0][0] < (earliest, starts):
            yield from _given_once(heappop(waiting), given)
        if id_ not in given:
            row, *others = lines
            moment = _next(row, others, now, calendars)
            heappush(waiting, (moment, row.squared_m2, id_, row.band))
    while waiting:
        yield from _given_once(heappop(waiting), given)


def _session_of(row: sa.Row[*Columns]) -> tuple[UUID | None, date, time, int]:
    return row.id, row.earliest, row.starts, row.position


def _next(
    row: sa.Row[*Columns], others: Sequence[sa.Row[*Columns]], now: datetime, calendars: Calendars
) -> Moment:
    if row.earliest == NEVER:
        return NEVER, time.max
    sessions = sessions_from([row, *others])
    calendar = calendars.of(row.nation, row.council_code)
    following = next_occurrence(sessions, now, calendar, sessions)
    return (following.on, following.starts) if following else (NEVER, time.max)


def _given_once(
    waiting: tuple[Moment, float, UUID, int], given: set[UUID]
) -> Iterator[tuple[UUID, int]]:
    _, _, id_, band = waiting
    if id_ not in given:
        given.add(id_)
        yield id_, band
