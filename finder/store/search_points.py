"""Points of the groups that a search finds, from rows as the driver gives them.

A map shows up to 2,000 groups, and most of what it says of one it says of many: the same slot on
the same day, the same price, the same line of parents. So columns come as they are kept, the
sessions of a group as one text, and what is made of them is made once for all that agree.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from finder.domain.calendars import Calendar, Calendars
from finder.domain.cost import Cost
from finder.domain.schedule import LONDON, Occurrence, Session, next_occurrence
from finder.domain.search import Asks, Point
from finder.domain.talking_words import OLD_AFTER_DAYS
from finder.domain.vocabulary import (
    Band,
    CostKind,
    Format,
    Nation,
    Repeats,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.store.group_rows import SESSION_COLUMNS
from finder.store.search_cards import (
    BANDS,
    CANCELLED,
    COUNTS,
    GROUPS,
    SESSIONS,
    VENUES,
    cost_of,
    talking_of,
)

_COST = ("cost_kind", "cost_pence", "sibling_pence", "block_sessions", "is_first_free")
_ASKS = (
    "is_talking_known",
    "talking_level",
    "talking_sure_level",
    "claimed_level",
    "main_format",
    *COUNTS,
)
_AS_KEPT = sa.types.NullType()
_BETWEEN, _AFTER_EACH = " ", ","
"""Between the columns of a session, and between sessions: neither is in any of their values."""


def _as_kept(column: Any, label: str) -> Any:
    """A column whose values SQLAlchemy makes into nothing else."""
    return sa.type_coerce(column, _AS_KEPT).label(label)


def id_as_kept(column: Any) -> Any:
    """A group's id as the driver gives it: the same text for the same group, and quick to get."""
    return _as_kept(sa.cast(column, sa.String()), "id")


def _texts(table: Any, names: Sequence[str], *conditions: Any) -> Any:
    """The rows that a group has in another table as one text; NULL where there are none."""
    line: Any
    line, *others = (sa.func.coalesce(sa.cast(table.c[name], sa.String()), "") for name in names)
    for column in others:
        line = line.concat(_BETWEEN).concat(column)
    return (
        sa.select(sa.func.aggregate_strings(line, _AFTER_EACH))
        .where(table.c.group_id == GROUPS.c.id, *conditions)
        .correlate(GROUPS)
        .scalar_subquery()
    )


POINT_COLUMNS = (
    id_as_kept(GROUPS.c.id),
    *(_as_kept(GROUPS.c[name], name) for name in ("name", "latitude", "longitude")),
    _as_kept(VENUES.c.name, "venue_name"),
    *(_as_kept(VENUES.c[name], name) for name in ("kind", "locality", "nation", "council_code")),
    _as_kept(GROUPS.c.is_example, "is_example"),
    _as_kept(_texts(SESSIONS, SESSION_COLUMNS), "sessions"),
    _as_kept(
        _texts(
            CANCELLED,
            ("starts", "on"),
            CANCELLED.c.on >= sa.bindparam("today", type_=sa.Date()),
        ),
        "cancelled",
    ),
    *(_as_kept(GROUPS.c[name], name) for name in (*_COST, *_ASKS)),
    _as_kept(GROUPS.c.reported_on < sa.bindparam("old_before", type_=sa.Date()), "is_old"),
)
"""What a point shows, in the order in which `points_from` takes it; `band` comes after it."""


def old_before(now: datetime) -> date:
    """The day before which the newest report of a group is an old one."""
    return now.date() - timedelta(days=OLD_AFTER_DAYS)


def points_from(
    rows: Iterable[Any], now: datetime, calendars: Calendars, is_band_asked: bool = False
) -> Iterator[Point]:
    """Points of rows with POINT_COLUMNS and band, in their order.

    is_band_asked: as `cards_from` of store/search_cards.py has it.
    """
    areas, at = _Areas(calendars), now.astimezone(LONDON)
    moment = at.date(), at.time()
    return (_point(row, is_band_asked, areas, *moment) for row in rows)


def _point(row: Any, is_band_asked: bool, areas: "_Areas", day: date, clock: time) -> Point:
    (id_, name, latitude, longitude, venue_name, kind, locality, nation, council) = row[:9]
    is_example, sessions, cancelled, *cost = row[9:17]
    talking, main_format = _asks(row[17:], is_band_asked)
    return Point(
        _written(id_),
        name,
        latitude,
        longitude,
        venue_name,
        _KINDS[kind],
        locality,
        bool(is_example),
        main_format,
        talking,
        _cost(*cost),
        _next(sessions, cancelled, areas[nation, council], day, clock),
    )


_KINDS = {kind.value: kind for kind in VenueKind}
_FORMATS = {format_.value: format_ for format_ in Format}
_COSTS = {kind.value: kind for kind in CostKind}
_WEEKDAYS = {weekday.value: weekday for weekday in Weekday}
_REPEATS = {repeats.value: repeats for repeats in Repeats}
_NATIONS = {nation.value: nation for nation in Nation}


class _Areas(dict[tuple[str, str], Calendar]):
    """Calendars by the nation and council of a venue, each looked up once for a search."""

    def __init__(self, calendars: Calendars) -> None:
        self._calendars = calendars

    def __missing__(self, area: tuple[str, str]) -> Calendar:
        nation, council = area
        self[area] = calendar = self._calendars.of(_NATIONS[nation], council)
        return calendar


def _written(id_: str) -> str:
    """An id as addresses have it; SQLite keeps its 32 digits without the dashes."""
    if len(id_) == 32:
        return f"{id_[:8]}-{id_[8:12]}-{id_[12:16]}-{id_[16:20]}-{id_[20:]}"
    return id_


def _next(
    sessions: str | None, cancelled: str | None, calendar: Calendar, day: date, clock: time
) -> Occurrence | None:
    """The next date: the first of the day unless that has ended, else the first after its end."""
    found = _next_at(sessions, cancelled, calendar, day, time.min)
    while found is not None and found.on == day and found.ends <= clock:
        found = _next_at(sessions, cancelled, calendar, day, found.ends)
    return found


@lru_cache(maxsize=8192)
def _next_at(
    sessions: str | None, cancelled: str | None, calendar: Calendar, day: date, clock: time
) -> Occurrence | None:
    """What was next at the beginning of a day, or when one of its sessions ended.

    Only those moments are asked for, and so the answers are few, and true the whole day long.
    """
    off: dict[Session, dict[date, str]] = {_session(line): {} for line in _lines(sessions)}
    for line in _lines(cancelled):
        starts, on = line.split(_BETWEEN)
        for session, dates in off.items():
            if session.starts == time.fromisoformat(starts):
                dates[date.fromisoformat(on)] = ""
    return next_occurrence(off, datetime.combine(day, clock, LONDON), calendar, off)


def _lines(text: str | None) -> Iterable[str]:
    return text.split(_AFTER_EACH) if text else ()


@lru_cache(maxsize=8192)
def _session(line: str) -> Session:
    weekday, starts, ends, repeats, first_on, last_on, *flags = line.split(_BETWEEN)
    is_term_time_only, runs_on_bank_holidays = (flag in _YES for flag in flags)
    return Session(
        _WEEKDAYS[weekday],
        time.fromisoformat(starts),
        time.fromisoformat(ends),
        _REPEATS[repeats],
        date.fromisoformat(first_on) if first_on else None,
        date.fromisoformat(last_on) if last_on else None,
        is_term_time_only,
        runs_on_bank_holidays,
    )


_YES = {"1", "true"}
"""How SQLite and PostgreSQL write that something is so."""


@lru_cache(maxsize=4096)
def _cost(
    kind: str, pence: int | None, sibling: int | None, block: int | None, is_first_free: int
) -> Cost:
    return cost_of(_COSTS[kind], pence, sibling, block, bool(is_first_free))


@lru_cache(maxsize=8192)
def _asks(columns: tuple[Any, ...], is_band_asked: bool) -> tuple[Asks, Format]:
    is_known, level, sure_level, claim, kind, *counts, is_old, band = columns
    main_format = _FORMATS[kind]
    talking = talking_of((), tuple(counts), claim, main_format, bool(is_known), level, bool(is_old))
    shown = BANDS[band] if is_band_asked else _own_band(talking.is_known, level, sure_level)
    return Asks(talking.level, talking.is_known, talking.sentence, shown), main_format


def _own_band(is_known: bool, level: TalkingLevel, sure_level: TalkingLevel) -> Band:
    """How sure a group's own level is: fairly sure from its sure level up."""
    if not is_known:
        return Band.NOT_KNOWN
    return Band.FAIRLY_SURE if sure_level <= level else Band.PROBABLY
