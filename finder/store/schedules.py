"""A group's sessions and cancelled dates as one text, so that a search reads no table for them.

The text is JSON: `{"sessions": [[…], …], "off": [[date, start], …]}`. A session is the list of
the columns in SESSION_COLUMNS. The notes of cancelled dates are not in it.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from finder.domain.calendars import Calendars
from finder.domain.schedule import (
    LONDON,
    Occurrence,
    Session,
    is_sure_to_be_on,
    next_occurrence,
)
from finder.domain.vocabulary import Nation, Repeats, Weekday
from finder.store.group_rows import SESSION_COLUMNS

Off = tuple[date, time]
"""A cancelled date: the day, and when the session on it would start."""

_WEEKDAYS = {weekday.value: weekday for weekday in Weekday}
_REPEATS = {repeats.value: repeats for repeats in Repeats}
_NATIONS = {nation.value: nation for nation in Nation}


def schedule_text(sessions: Iterable[Any], cancelled: Iterable[Off] = ()) -> str:
    """The text of these sessions, in their order, and of these dates.

    sessions: anything with a session's columns, a row or a Session.
    """
    lines = [[_plain(getattr(session, name)) for name in SESSION_COLUMNS] for session in sessions]
    off = [[on.isoformat(), starts.isoformat()] for on, starts in sorted(cancelled)]
    return json.dumps({"sessions": lines, "off": off}, separators=(",", ":"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value


@lru_cache(maxsize=8192)
def sessions_in(schedule: str) -> dict[Session, dict[date, str]]:
    """The sessions of a text, each with the dates on which it is cancelled. Don't change it:
    thousands of groups meet at the same times, and share it."""
    if not schedule:
        return {}
    kept = json.loads(schedule)
    off = [(date.fromisoformat(on), time.fromisoformat(starts)) for on, starts in kept["off"]]
    return {
        session: {on: "" for on, starts in off if starts == session.starts}
        for session in map(_session, kept["sessions"])
    }


def _session(line: list[Any]) -> Session:
    weekday, starts, ends, repeats, first_on, last_on, is_term_time_only, on_bank_holidays = line
    return Session(
        _WEEKDAYS[weekday],
        time.fromisoformat(starts),
        time.fromisoformat(ends),
        _REPEATS[repeats],
        date.fromisoformat(first_on) if first_on else None,
        date.fromisoformat(last_on) if last_on else None,
        is_term_time_only,
        on_bank_holidays,
    )


def next_date(
    schedule: str, nation: str, council: str, calendars: Calendars, day: date, clock: time
) -> Occurrence | None:
    """The next date of a schedule, for a venue's nation and council, at a wall time of a day."""
    found = _next_at(schedule, nation, council, calendars, day, time.min)
    while found is not None and found.on == day and found.ends <= clock:
        found = _next_at(schedule, nation, council, calendars, day, found.ends)
    return found


def is_sure(schedule: str, nation: str, council: str, calendars: Calendars, on: Occurrence) -> bool:
    """False where "Term dates vary, check first" belongs beside this date of a schedule."""
    calendar = calendars.of(_NATIONS[nation], council)
    return any(
        is_sure_to_be_on(session, on.on, calendar)
        for session in sessions_in(schedule)
        if session.weekday.number == on.on.weekday()
        and (session.starts, session.ends) == (on.starts, on.ends)
    )


@lru_cache(maxsize=32_768)
def _next_at(
    schedule: str, nation: str, council: str, calendars: Calendars, day: date, clock: time
) -> Occurrence | None:
    """What was next at the beginning of a day, or when one of its sessions ended.

    Only those moments are asked for, and so the answers are few, and true the whole day long.
    """
    sessions = sessions_in(schedule)
    calendar = calendars.of(_NATIONS[nation], council)
    return next_occurrence(sessions, datetime.combine(day, clock, LONDON), calendar, sessions)
