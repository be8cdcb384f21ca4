"""A group's sessions and cancelled dates as one text, so that a search reads no table for them.

The text is JSON: `{"nation": …, "council": …, "sessions": [[…], …], "off": [[date, start], …]}`:
whose calendar holds, the columns of each session as SESSION_COLUMNS names them, and the dates that
are cancelled, without their notes.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple

from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import (
    LONDON,
    Occurrence,
    Session,
    is_sure_to_be_on,
    next_occurrence,
)
from finder.domain.vocabulary import Nation, Repeats, Weekday

SESSION_COLUMNS = (
    "weekday",
    "starts",
    "ends",
    "repeats",
    "first_on",
    "last_on",
    "is_term_time_only",
    "runs_on_bank_holidays",
)
"""The columns of a session, as they stand in the text."""
Off = tuple[date, time]
"""A cancelled date: the day, and when the session on it would start."""

_WEEKDAYS = {weekday.value: weekday for weekday in Weekday}
_DAYS = tuple(Weekday)
_REPEATS = {repeats.value: repeats for repeats in Repeats}
_NATIONS = {nation.value: nation for nation in Nation}


def schedule_text(
    nation: Nation, council: str, sessions: Iterable[Any], cancelled: Iterable[Off] = ()
) -> str:
    """The text of these sessions, in their order, and of these dates.

    sessions: anything with a session's columns, a row or a Session.
    """
    lines = [[_plain(getattr(session, name)) for name in SESSION_COLUMNS] for session in sessions]
    off = [[on.isoformat(), starts.isoformat()] for on, starts in sorted(cancelled)]
    kept = {"nation": nation.value, "council": council, "sessions": lines, "off": off}
    return json.dumps(kept, separators=(",", ":"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value


class Schedule(NamedTuple):
    """A schedule, read. sessions: each with the dates on which it is cancelled."""

    nation: Nation
    council: str
    sessions: Mapping[Session, Mapping[date, str]]


@lru_cache(maxsize=8192)
def _read(schedule: str) -> Schedule:
    """What a text says. Thousands of groups meet at the same times, and share it."""
    kept = json.loads(schedule)
    off = [(date.fromisoformat(on), time.fromisoformat(starts)) for on, starts in kept["off"]]
    sessions = {
        session: {on: "" for on, starts in off if starts == session.starts}
        for session in map(_session, kept["sessions"])
    }
    return Schedule(_NATIONS[kept["nation"]], kept["council"], sessions)


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


NextDate = tuple[Occurrence | None, bool]
"""A date, and False where "Term dates vary, check first" belongs beside it."""


def next_date(schedule: str, calendars: Calendars, day: date, clock: time) -> NextDate:
    """The next date of a schedule at a wall time of a day; None where nothing is kept of it."""
    found, is_sure = _next_at(schedule, calendars, day, time.min)
    while found is not None and found.on == day and found.ends <= clock:
        found, is_sure = _next_at(schedule, calendars, day, found.ends)
    return found, is_sure


@lru_cache(maxsize=32_768)
def _next_at(schedule: str, calendars: Calendars, day: date, clock: time) -> NextDate:
    """What was next at the beginning of a day, or when one of its sessions ended.

    Only those moments are asked for, and so the answers are few, and true the whole day long.
    """
    if not schedule:
        return None, True
    nation, council, sessions = _read(schedule)
    at, calendar = datetime.combine(day, clock, LONDON), calendars.of(nation, council)
    on = next_occurrence(sessions, at, calendar, sessions)
    is_sure = on is None or any(
        is_sure_to_be_on(session, on.on, calendar)
        for session in sessions
        if session.weekday is _DAYS[on.on.weekday()]
        and (session.starts, session.ends) == (on.starts, on.ends)
    )
    return on, is_sure
