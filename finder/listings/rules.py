"""Columns of a group's row that repeat other columns and tables, so that a search reads one row.

Bit masks: sets of words as integers, so that a search compares bits instead of joining tables.
The schedule: all sessions and cancelled dates as one JSON text. The point: what the map shows,
as members of a JSON object. They are all computed when the group is written.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from enum import Enum
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, TypedDict

from finder.domain.facts import Fact
from finder.domain.groups import Place, TalkingLine
from finder.domain.readable import isolated
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import (
    LONDON,
    Occurrence,
    Session,
    is_sure_to_be_on,
    next_occurrence,
    occurrences_between,
)
from finder.domain.vocabulary import (
    Booking,
    CostFilter,
    CostKind,
    Format,
    Nation,
    Repeats,
    Size,
    VenueKind,
    Weekday,
)

TRAITS: Mapping[tuple[type[Enum], Enum], int] = {
    (words, trait): 1 << place
    for places, words in (
        (range(0, 24), Format),
        (range(24, 40), VenueKind),
        (range(40, 44), CostFilter),
        (range(44, 48), Size),
        (range(48, 56), Booking),
        (range(56, 63), Weekday),
    )
    for place, trait in zip(places, words, strict=False)
}
"""One bit for each word that a search can filter by. Add new words at the end of their enum, whose
range has room for them, so that stored masks stay valid. The enum is part of the key, since members
such as `other` belong to several enums and compare equal."""

COST_FILTER_OF = {
    CostKind.FREE: CostFilter.FREE,
    CostKind.DONATION: CostFilter.DONATION,
    CostKind.EACH_TIME: CostFilter.PAID,
    CostKind.BLOCK: CostFilter.PAID,
}


def traits_mask(traits: Iterable[Enum]) -> int:
    """The bits of these words."""
    return sum({TRAITS[type(trait), trait] for trait in traits})


def facts_mask(facts: Iterable[Fact]) -> int:
    """The bits of these facts."""
    return sum({fact.bit for fact in facts})


_FACT_BITS = tuple((fact.bit, fact) for fact in Fact)


@lru_cache(maxsize=4096)
def facts_in(mask: int) -> frozenset[Fact]:
    """The facts whose bits are set."""
    return frozenset([fact for bit, fact in _FACT_BITS if bit & mask])


def formats_in(mask: int) -> frozenset[Format]:
    """The formats whose bits are set."""
    return frozenset(format_ for format_ in Format if TRAITS[Format, format_] & mask)


def traits_of(
    formats: Iterable[Format],
    venue_kind: VenueKind,
    cost: CostKind,
    booking: Booking,
    size: Size | None,
    days: Iterable[Weekday],
) -> int:
    """The bits of one group. An unknown size has none."""
    sizes = (size,) if size else ()
    return traits_mask(chain(formats, (venue_kind, COST_FILTER_OF[cost], booking), sizes, days))


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
"""The columns of a session, in the order of the text."""
Off = tuple[date, time]
"""A cancelled date: the day, and the start of the session."""

_WEEKDAYS = {weekday.value: weekday for weekday in Weekday}
_DAYS = tuple(Weekday)
_REPEATS = {repeats.value: repeats for repeats in Repeats}
_NATIONS = {nation.value: nation for nation in Nation}


SessionLine = tuple[str, str, str, str, str | None, str | None, bool, bool]
"""A session in the text."""


class KeptSchedule(TypedDict):
    """The text as decoded JSON."""

    nation: str
    council: str
    sessions: list[SessionLine]
    off: list[tuple[str, str]]


def schedule_text(
    nation: Nation, council: str, sessions: Iterable[Session], cancelled: Iterable[Off] = ()
) -> str:
    """The text of these sessions, in this order, and of these cancelled dates."""
    kept: KeptSchedule = {
        "nation": nation.value,
        "council": council,
        "sessions": [
            (
                session.weekday,
                session.starts.isoformat(),
                session.ends.isoformat(),
                session.repeats,
                session.first_on.isoformat() if session.first_on else None,
                session.last_on.isoformat() if session.last_on else None,
                session.is_term_time_only,
                session.runs_on_bank_holidays,
            )
            for session in sessions
        ],
        "off": [(on.isoformat(), starts.isoformat()) for on, starts in sorted(cancelled)],
    }
    return json.dumps(kept, separators=(",", ":"))


class Schedule(NamedTuple):
    """A decoded schedule. sessions: each with its cancelled dates."""

    nation: Nation
    council: str
    sessions: Mapping[Session, Mapping[date, str]]


@lru_cache(maxsize=8192)
def read_schedule(schedule: str) -> Schedule:
    """Decode a text. Cached, since thousands of groups meet at the same times."""
    kept: KeptSchedule = json.loads(schedule)
    off = [(date.fromisoformat(on), time.fromisoformat(starts)) for on, starts in kept["off"]]
    sessions = {
        session: {on: "" for on, starts in off if starts == session.starts}
        for session in map(_session, kept["sessions"])
    }
    return Schedule(_NATIONS[kept["nation"]], kept["council"], sessions)


def _session(line: SessionLine) -> Session:
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
"""A date, and False where the page adds "Term dates vary, check first"."""


def next_date(schedule: str, calendars: Calendars, day: date, clock: time) -> NextDate:
    """The next date of a schedule from a day and wall time on; None for an empty schedule."""
    found, is_sure = _next_at(schedule, calendars, day, time.min)
    while found is not None and found.on == day and found.ends <= clock:
        found, is_sure = _next_at(schedule, calendars, day, found.ends)
    return found, is_sure


@lru_cache(maxsize=32_768)
def _next_at(schedule: str, calendars: Calendars, day: date, clock: time) -> NextDate:
    """The next date at the beginning of a day, or at the end of one of its sessions.

    Callers ask for these times only, so that the cache has few entries and serves the whole day.
    """
    if not schedule:
        return None, True
    nation, council, sessions = read_schedule(schedule)
    at, calendar = datetime.combine(day, clock, LONDON), calendars.of(nation, council)
    on = next_occurrence(sessions, at, calendar, sessions)
    is_sure = on is None or any(
        is_sure_to_be_on(session, on.on, calendar)
        for session in sessions
        if session.weekday is _DAYS[on.on.weekday()]
        and (session.starts, session.ends) == (on.starts, on.ends)
    )
    return on, is_sure


@lru_cache(maxsize=8_192)
def date_on(
    schedule: str, calendars: Calendars, day: date, after: time = time.min, before: time = time.max
) -> NextDate:
    """The first date of a schedule that is on, on one day and within these hours, if any."""
    if not schedule:
        return None, True
    nation, council, sessions = read_schedule(schedule)
    calendar = calendars.of(nation, council)
    found = [
        (occurrence, is_sure_to_be_on(session, day, calendar))
        for session, off in sessions.items()
        if session.starts >= after and session.ends <= before
        for occurrence in occurrences_between(session, day, day, calendar, off)
        if not occurrence.is_cancelled
    ]
    return min(found, default=(None, True))


NOT_KNOWN = "Nobody has told us"
QUOTE = '"'
_to_json = json.JSONEncoder(separators=(",", ":")).encode


class Price(NamedTuple):
    """What a group costs, as the map says it."""

    kind: CostKind
    label: str
    each_pence: int


def point_text(
    name: str,
    place: Place,
    format_: Format,
    venue_name: str,
    venue_kind: VenueKind,
    locality: str,
    price: Price,
    talking: TalkingLine,
) -> str:
    """Two lines, between which a reader adds what depends on the day: from the coordinates to the
    talking sentence, without its closing quote, and the members from the format to the cost.

    Five decimals of a degree are about a metre. JSON escapes line breaks, so no line has one. All
    is ASCII, of which Python joins a thousand texts in a third of the time.
    """
    level, is_known, sentence, is_sure = talking
    label = level.label if is_sure else f"Probably: {level.label.lower()}"
    asks = _members(
        name=isolated(name),
        talking=int(level) if is_known else None,
        talking_label=label if is_known else NOT_KNOWN,
        talking_sentence=sentence,
    )
    what = _members(format=format_.value, format_label=format_.label)
    where = _members(
        venue=isolated(venue_name), venue_kind=venue_kind.value, locality=isolated(locality)
    )
    cost = _members(cost=price.kind.value, cost_label=price.label, cost_pence=price.each_pence)
    return (
        f'[{place.longitude:.5f},{place.latitude:.5f}]}},"properties":{{{asks.removesuffix(QUOTE)}'
        f"\n{what},{where},{cost}"
    )


def _members(**values: str | int | None) -> str:
    """Members of an object, without its braces."""
    return _to_json(values)[1:-1]
