"""Cards of the groups that a search shows, from rows of groups with their sessions beside them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from pyproj import Geod

from finder.domain.calendars import Calendar, Calendars
from finder.domain.cost import Cost
from finder.domain.groups import Card, Place, Talking
from finder.domain.schedule import Occurrence, Session, is_sure_to_be_on, next_occurrence
from finder.domain.talking import FAIRLY_SURE_FROM, at_most
from finder.domain.talking_words import OLD_AFTER_DAYS, sentence
from finder.domain.vocabulary import Band, CostKind, Format, TalkingLevel, Weekday
from finder.store.group_rows import LEVELS, session_from
from finder.store.group_rows import SESSION_COLUMNS as SESSION_NAMES
from finder.store.masks import facts_in
from finder.store.tables import CancelledOccurrenceRow, GroupRow, SessionRow, VenueRow

GROUPS: Any = sa.inspect(GroupRow).local_table
VENUES: Any = sa.inspect(VenueRow).local_table
SESSIONS: Any = sa.inspect(SessionRow).local_table
CANCELLED: Any = sa.inspect(CancelledOccurrenceRow).local_table

CHANCES = tuple(f"talking_{level.value}" for level in TalkingLevel)
COUNTS = tuple(f"reports_{level.value}" for level in TalkingLevel)
OF_GROUPS = (
    "id",
    "name",
    "main_format",
    "booking",
    "cost_kind",
    "cost_pence",
    "sibling_pence",
    "block_sessions",
    "is_first_free",
    "age_from_months",
    "age_to_months",
    "is_example",
    "claimed_level",
    "is_talking_known",
    "talking_level",
    "reported_on",
    "facts_yes",
    "facts_no",
    "latitude",
    "longitude",
    *CHANCES,
    *COUNTS,
)
SESSION_COLUMNS = (SESSIONS.c.position, *(SESSIONS.c[name] for name in SESSION_NAMES))
CARD_COLUMNS = (
    *(GROUPS.c[name] for name in OF_GROUPS),
    VENUES.c.name.label("venue_name"),
    VENUES.c.kind,
    VENUES.c.locality,
    VENUES.c.nation,
    VENUES.c.council_code,
    *SESSION_COLUMNS,
    CANCELLED.c.on.label("cancelled_on"),
)
BANDS = tuple(Band)
NUMBERS = {weekday: weekday.number for weekday in Weekday}
ELLIPSOID = Geod(ellps="WGS84")


def cards_from(
    rows: Iterable[Any],
    now: datetime,
    calendars: Calendars,
    centre: Place | None = None,
    is_band_asked: bool = False,
) -> tuple[Card, ...]:
    """Cards of rows with CARD_COLUMNS and band, those of one group side by side, in order.

    centre: from where to measure; None leaves distances out. is_band_asked: the rows' bands
    answer a search; otherwise a card's band says how sure its own talking level is.
    """
    groups = [list(lines) for id_, lines in groupby(rows, key=attrgetter("id")) if id_]
    distances = _distances(centre, [lines[0] for lines in groups])
    return tuple(
        _card(lines, distance_m, now, calendars, is_band_asked)
        for lines, distance_m in zip(groups, distances, strict=True)
    )


def _distances(centre: Place | None, rows: list[Any]) -> Sequence[float | None]:
    if centre is None:
        return [None] * len(rows)
    return metres_from(centre, [row.latitude for row in rows], [row.longitude for row in rows])


def metres_from(
    centre: Place, latitudes: Sequence[float], longitudes: Sequence[float]
) -> list[float]:
    """Metres along the ellipsoid: what geopy's geodesic gives, for all at once and in C."""
    if not latitudes:
        return []
    count = len(latitudes)
    _, _, metres = ELLIPSOID.inv(
        [centre.longitude] * count, [centre.latitude] * count, longitudes, latitudes
    )
    return [float(distance) for distance in metres]


def _card(
    lines: list[Any],
    distance_m: float | None,
    now: datetime,
    calendars: Calendars,
    is_band_asked: bool,
) -> Card:
    row = lines[0]
    talking = talking_from(row, now)
    calendar = calendars.of(row.nation, row.council_code)
    sessions = sessions_from(lines)
    following = next_occurrence(sessions, now, calendar, sessions)
    return Card(
        public_id=row.id,
        name=row.name,
        venue_name=row.venue_name,
        locality=row.locality,
        venue_kind=row.kind,
        format=row.main_format,
        place=Place(row.latitude, row.longitude),
        distance_m=distance_m,
        talking=talking,
        band=BANDS[row.band] if is_band_asked else _own_band(talking),
        next=following,
        cost=cost_of(
            row.cost_kind, row.cost_pence, row.sibling_pence, row.block_sessions, row.is_first_free
        ),
        booking=row.booking,
        age_from_months=row.age_from_months,
        age_to_months=row.age_to_months,
        facts_yes=facts_in(row.facts_yes),
        facts_no=facts_in(row.facts_no),
        is_term_time_checked=following is None or _is_checked(following, sessions, calendar),
        is_example=row.is_example,
    )


def sessions_from(lines: Iterable[Any]) -> dict[Session, dict[date, str]]:
    """The sessions of one group's rows, each with the dates on which it is cancelled."""
    found: dict[Session, dict[date, str]] = {}
    for row in lines:
        if row.weekday is None:
            continue
        off = found.setdefault(session_from(row), {})
        if row.cancelled_on is not None:
            off[row.cancelled_on] = getattr(row, "cancelled_note", "")
    return found


def _is_checked(following: Occurrence, sessions: Iterable[Session], calendar: Calendar) -> bool:
    return any(
        is_sure_to_be_on(session, following.on, calendar)
        for session in sessions
        if NUMBERS[session.weekday] == following.on.weekday()
        and (session.starts, session.ends) == (following.starts, following.ends)
    )


def talking_from(row: Any, now: datetime) -> Talking:
    """How much talking, as the columns of a group's row or a query's row have it."""
    age_days = (now.date() - row.reported_on).days if row.reported_on else 0
    return talking_of(
        (row.talking_1, row.talking_2, row.talking_3, row.talking_4, row.talking_5),
        (row.reports_1, row.reports_2, row.reports_3, row.reports_4, row.reports_5),
        row.claimed_level,
        row.main_format,
        row.is_talking_known,
        row.talking_level,
        age_days > OLD_AFTER_DAYS,
    )


@lru_cache(maxsize=8192)
def talking_of(
    chances: tuple[float, ...],
    counts: tuple[int, ...],
    claim: int | None,
    main_format: Format,
    is_known: bool,
    level: int,
    is_old: bool,
) -> Talking:
    """How much talking, from what is kept of it: how many parents said each level, 1 to 5.

    is_old: the newest of their reports is over two years old.
    """
    age_days = OLD_AFTER_DAYS + 1.0 if is_old else 0.0
    reports = [(n, age_days) for n, count in enumerate(counts, 1) for _ in range(count)]
    shown = LEVELS[level]
    return Talking(
        level=shown,
        probabilities=chances,
        sentence=sentence(shown, claim, reports, main_format),
        is_known=is_known,
        parents=len(reports),
        claimed_level=LEVELS.get(claim or 0),
    )


def _own_band(talking: Talking) -> Band:
    if not talking.is_known:
        return Band.NOT_KNOWN
    chance = at_most(talking.probabilities, talking.level)
    return Band.FAIRLY_SURE if chance >= FAIRLY_SURE_FROM else Band.PROBABLY


@lru_cache(maxsize=4096)
def cost_of(
    kind: CostKind, pence: int | None, sibling: int | None, block: int | None, is_first_free: bool
) -> Cost:
    """What a family pays: the same Cost for all groups that cost the same."""
    return Cost(kind, pence, sibling, block, is_first_free)
