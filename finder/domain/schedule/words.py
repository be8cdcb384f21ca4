"""How a session and its dates read on every page, in emails and in calendars.

Names of days and months are written out here: strftime's depend on the server's locale.
"""

from datetime import date, time

from finder.domain.schedule.sessions import Occurrence, Session
from finder.domain.vocabulary import Repeats, Weekday

_DAYS = tuple(weekday.label for weekday in Weekday)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def sentence(session: Session, today: date | None = None) -> str:
    """A session in one line: "Every Tuesday, 10:30 to 11:00, term time only".

    Given today's date, it also says when a session begins that has not begun yet, and when
    one ends that has an end.
    """
    parts = [_how_often(session), hours(session.starts, session.ends)]
    if session.is_term_time_only:
        parts.append("term time only")
    if session.runs_on_bank_holidays:
        parts.append("bank holidays too")
    if today and session.first_on and session.first_on > today:
        parts.append(f"from {long_date(session.first_on, today)}")
    if today and session.last_on:
        parts.append(f"until {long_date(session.last_on, today)}")
    return ", ".join(parts)


def when(occurrence: Occurrence, today: date | None = None) -> str:
    """An occurrence for a card: "Tue 24 Nov, 10:00 to 11:00"; the year if it is not today's."""
    return f"{short_date(occurrence.on, today)}, {hours(occurrence.starts, occurrence.ends)}"


def when_in_full(occurrence: Occurrence, today: date | None = None) -> str:
    """An occurrence for a group's own page: "Tuesday 24 November, 10:00 to 11:00"."""
    return f"{long_date(occurrence.on, today)}, {hours(occurrence.starts, occurrence.ends)}"


def short_date(day: date, today: date | None = None) -> str:
    """A day as "Tue 24 Nov", with the year if today is given and is in another one."""
    return f"{_DAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]}{_year(day, today)}"


def long_date(day: date, today: date | None = None) -> str:
    """A day as "Tuesday 24 November", with the year as in `short_date`."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{_year(day, today)}"


def hours(starts: time, ends: time) -> str:
    """Two wall times as "9:30 to 13:15"."""
    return f"{clock(starts)} to {clock(ends)}"


def clock(wall: time) -> str:
    """A wall time as "9:30" or "13:15": 24 hours, no leading zero."""
    return f"{wall.hour}:{wall.minute:02}"


def _how_often(session: Session) -> str:
    day = session.weekday.label
    if session.repeats is Repeats.WEEKLY:
        return f"Every {day}"
    if session.repeats is Repeats.FORTNIGHTLY:
        return f"Every other {day}"
    return f"The {session.repeats.value} {day} of the month"


def _year(day: date, today: date | None) -> str:
    return f" {day.year}" if today and day.year != today.year else ""
