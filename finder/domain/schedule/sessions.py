"""When a group is on: sessions and their occurrences.

Sessions are wall times in Europe/London; only `starts_at` and `ends_at` make instants of them.
python-dateutil works out the repetition; this module decides which of its dates are on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from heapq import merge
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule
from dateutil.rrule import weekday as nth_weekday

from finder.domain.refused import Refused
from finder.domain.schedule.calendars import Calendar
from finder.domain.vocabulary import Repeats, Weekday

LONDON = ZoneInfo("Europe/London")

_NUMBER = {weekday: weekday.number for weekday in Weekday}
_NTH_OF_MONTH = {
    Repeats.FIRST: 1,
    Repeats.SECOND: 2,
    Repeats.THIRD: 3,
    Repeats.FOURTH: 4,
    Repeats.LAST: -1,
}

# The longest wait for a next date that is worth showing: a year, and some days to spare.
FURTHEST_AHEAD = timedelta(days=400)
_DATES_KEPT = 3


@dataclass(frozen=True)
class Session:
    """One recurring slot of a group, in Europe/London wall time.

    first_on may be None for a session that has been running; a fortnightly one needs it,
    since it says which weeks. last_on is the last day it can happen, itself included.
    """

    weekday: Weekday
    starts: time
    ends: time
    repeats: Repeats = Repeats.WEEKLY
    first_on: date | None = None
    last_on: date | None = None
    is_term_time_only: bool = False
    runs_on_bank_holidays: bool = False

    def __post_init__(self) -> None:
        """Refuse a session that could never be on, or whose dates can't be worked out."""
        if self.starts.tzinfo or self.ends.tzinfo:
            raise Refused("starts", "Times are as on the clock on the wall, without a time zone")
        if self.ends <= self.starts:
            raise Refused("ends", "It must end after it starts, on the same day")
        for field in ("first_on", "last_on"):
            day = getattr(self, field)
            if day and not 1900 <= day.year <= 2100:
                raise Refused(field, "Check the year: it must be between 1900 and 2100")
        if self.first_on and self.last_on and self.last_on < self.first_on:
            raise Refused("last_on", "The last date can’t be before the first date")
        if self.repeats is Repeats.FORTNIGHTLY:
            self._check_fortnight()

    def _check_fortnight(self) -> None:
        day = self.weekday.label
        if self.first_on is None:
            raise Refused("first_on", f"Give one {day} when it is on, so that we know which weeks")
        if self.first_on.weekday() != _NUMBER[self.weekday]:
            raise Refused("first_on", f"The first date must be a {day}")


@dataclass(frozen=True, order=True)
class Occurrence:
    """One dated happening of a session."""

    on: date
    starts: time
    ends: time
    is_cancelled: bool = False
    note: str = ""


def occurrences_between(
    session: Session, first: date, last: date, calendar: Calendar, cancelled: Mapping[date, str]
) -> list[Occurrence]:
    """Occurrences of a session from `first` to `last`, both included, in order.

    cancelled: the note of each date that its organiser cancelled; those dates are included,
    marked. Bank holidays and days out of term are left out, unless the session says that it
    runs on them. Where terms are not known, a term-time session has all its dates: ask
    `is_sure_to_be_on`, and say so.
    """
    return list(_occurrences_on(_dates_from(session, first, calendar, last), session, cancelled))


def upcoming(
    sessions: Iterable[Session],
    now: datetime,
    calendar: Calendar,
    cancelled: Mapping[Session, Mapping[date, str]],
    most: int = 6,
) -> list[Occurrence]:
    """The next `most` occurrences of a group's sessions that have not ended, in order.

    Cancelled ones are included, marked: a parent who goes each week needs to see them.
    """
    today, clock = _wall(now)
    rows = [
        _occurrences_on(dates_from(session, today, calendar), session, cancelled.get(session, {}))
        for session in sessions
    ]
    return list(islice((o for o in merge(*rows) if o.on > today or o.ends > clock), most))


def next_occurrence(
    sessions: Iterable[Session],
    now: datetime,
    calendar: Calendar,
    cancelled: Mapping[Session, Mapping[date, str]],
) -> Occurrence | None:
    """The first occurrence of any of these sessions that is on and has not ended.

    One that has started counts until it ends. Cancelled dates are skipped. None if there
    is nothing within 400 days of now or, for sessions yet to begin, of their first date.
    now: an aware datetime. Cheap to ask for thousands of groups: dates are cached by day.
    """
    today, clock = _wall(now)
    best: tuple[date, time, time] | None = None
    for session in sessions:
        off = cancelled.get(session) if cancelled else None
        on = _next_date(session, today, clock, calendar, off or {})
        if on is not None and (best is None or (on, session.starts, session.ends) < best):
            best = (on, session.starts, session.ends)
    return Occurrence(*best) if best else None


def is_sure_to_be_on(session: Session, on: date, calendar: Calendar) -> bool:
    """False where "Term dates vary, check first" belongs beside this date."""
    return not session.is_term_time_only or calendar.knows_terms_on(on)


def london_day(instant: datetime) -> date:
    """The day that calendars in Europe/London show at an instant, which must be aware."""
    return instant.astimezone(LONDON).date()


def starts_at(occurrence: Occurrence) -> datetime:
    """The instant at which an occurrence starts, in Europe/London.

    A time that a clock change skips is moved on by the hour that is skipped; one that comes
    twice is the first of the two.
    """
    return _instant(occurrence.on, occurrence.starts)


def ends_at(occurrence: Occurrence) -> datetime:
    """The instant at which an occurrence ends, as `starts_at` has it."""
    return _instant(occurrence.on, occurrence.ends)


def _instant(on: date, wall: time) -> datetime:
    # There and back through UTC, or a skipped time would keep a wall time that never was.
    return datetime.combine(on, wall, LONDON).astimezone(UTC).astimezone(LONDON)


def _wall(now: datetime) -> tuple[date, time]:
    if now.tzinfo is None:
        raise ValueError("now must be aware: a session's day depends on the time zone")
    local = now.astimezone(LONDON)
    return local.date(), local.time()


def _next_date(
    session: Session, today: date, clock: time, calendar: Calendar, off: Mapping[date, str]
) -> date | None:
    from_day = today
    while dates := _few_dates(session, from_day, calendar):
        for on in dates:
            if on not in off and (on > today or session.ends > clock):
                return on
        from_day = dates[-1] + timedelta(days=1)
    return None


def dates_from(session: Session, from_day: date, calendar: Calendar) -> Iterator[date]:
    """The dates of a session on or after a day, in order, from the cache.

    For callers that want a few dates: many would fill the cache. Cancelled dates are included;
    dates more than 400 days ahead are not.
    """
    last = max(from_day, session.first_on or from_day) + FURTHEST_AHEAD
    while dates := _few_dates(session, from_day, calendar):
        for on in dates:
            if on > last:
                return
            yield on
        from_day = dates[-1] + timedelta(days=1)


@lru_cache(maxsize=32_768)
def _few_dates(session: Session, from_day: date, calendar: Calendar) -> tuple[date, ...]:
    """The first few dates on or after a day. An empty tuple if there are none for a year."""
    last = max(from_day, session.first_on or from_day) + FURTHEST_AHEAD
    return tuple(islice(_dates_from(session, from_day, calendar, last), _DATES_KEPT))


def _occurrences_on(
    dates: Iterable[date], session: Session, off: Mapping[date, str]
) -> Iterator[Occurrence]:
    for on in dates:
        yield Occurrence(on, session.starts, session.ends, on in off, off.get(on, ""))


def _dates_from(session: Session, first: date, calendar: Calendar, last: date) -> Iterator[date]:
    """Dates on which a session is on, lazily: a caller that wants one computes one."""
    begin = max(first, session.first_on or first)
    end = min(last, session.last_on or last)
    if begin > end:
        return
    for moment in _rule(session, begin, end):
        if _is_on(session, on := moment.date(), calendar):
            yield on


def _rule(session: Session, begin: date, end: date) -> rrule:
    until = datetime.combine(end, time())
    start = datetime.combine(begin, time())
    weekday = _NUMBER[session.weekday]
    if session.repeats is Repeats.WEEKLY:
        return rrule(WEEKLY, dtstart=start, until=until, byweekday=weekday)
    if session.repeats is Repeats.FORTNIGHTLY and session.first_on:
        # rrule walks every step from its start, so it starts at the fortnight that is next.
        start += timedelta(days=(session.first_on - begin).days % 14)
        return rrule(WEEKLY, interval=2, dtstart=start, until=until)
    nth = nth_weekday(weekday, _NTH_OF_MONTH[session.repeats])
    return rrule(MONTHLY, dtstart=start, until=until, byweekday=nth)


def _is_on(session: Session, on: date, calendar: Calendar) -> bool:
    if not session.runs_on_bank_holidays and calendar.is_bank_holiday(on):
        return False
    if not session.is_term_time_only:
        return True
    return calendar.is_term_time(on) or not calendar.knows_terms_on(on)
