"""Makes cards and map points from the columns that groups store for them.

SQLAlchemy doesn't convert the values, for speed: a map shows up to 2,000 groups.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pyproj import Geod

from finder.domain.groups import Card, Place, Point, Talking, TalkingLine
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import LONDON, Occurrence, Session
from finder.domain.talking.evidence import OLD_AFTER_DAYS, OLD_WORDS, Source
from finder.domain.vocabulary import Band, Booking, Format, VenueKind
from finder.listings.row_values import LEVELS, session_from
from finder.listings.rules import SESSION_COLUMNS as SESSION_NAMES
from finder.listings.rules import facts_in, next_date
from finder.listings.tables import CancelledOccurrenceRow, GroupRow, SessionRow, VenueRow

GROUPS = sa.inspect(GroupRow).local_table
VENUES = sa.inspect(VenueRow).local_table
SESSIONS = sa.inspect(SessionRow).local_table
CANCELLED = sa.inspect(CancelledOccurrenceRow).local_table
SESSION_COLUMNS = (SESSIONS.c.position, *(SESSIONS.c[name] for name in SESSION_NAMES))

Columns = tuple[object, ...]
"""The columns of a row that has too many of them to type each."""
PointValues = tuple[str, float, float, bool, str, bool | None, str, int]
"""The values of a row for a map: POINT_COLUMNS, then its band."""
CardValues = tuple[
    *tuple[int, str, float, float, bool, str, bool | None, bool, int, int],
    *tuple[str, str, str, str, str, int, int, int, int, str, str, str],
    *tuple[int, ...],
]
"""The values of a row for a list: its band, CARD_COLUMNS, then counts."""
BANDS = tuple(Band)
ELLIPSOID = Geod(ellps="WGS84")
_AS_KEPT = sa.types.NullType()


def _as_kept(column: sa.ColumnElement[Any], label: str) -> sa.Label[Any]:
    """A column whose values SQLAlchemy doesn't convert."""
    return sa.type_coerce(column, _AS_KEPT).label(label)


def _on_both(groups: sa.FromClause) -> tuple[sa.Label[Any], ...]:
    """The columns that a point and a card begin with. Parameter: old_before."""
    return (
        _as_kept(sa.cast(groups.c.id, sa.String()), "id"),
        *(_as_kept(groups.c[name], name) for name in ("latitude", "longitude", "is_example")),
        _as_kept(groups.c.schedule, "schedule"),
        _as_kept(groups.c.reported_on < sa.bindparam("old_before", type_=sa.Date()), "is_old"),
    )


def point_columns(groups: sa.FromClause) -> tuple[sa.Label[Any], ...]:
    """The columns of a point, before its band, in the order of Point. Parameter: old_before."""
    return (*_on_both(groups), _as_kept(groups.c.point, "point"))


def own_band(groups: sa.FromClause) -> sa.Label[int]:
    """How sure a group's own level is, as the number of a band."""
    number = {band: sa.literal_column(str(n), sa.Integer) for n, band in enumerate(Band)}
    is_sure = groups.c.talking_sure_level <= groups.c.talking_level
    return sa.case(
        (sa.not_(groups.c.is_talking_known), number[Band.NOT_KNOWN]),
        (is_sure, number[Band.FAIRLY_SURE]),
        else_=number[Band.PROBABLY],
    ).label("band")


OF_CARDS = (
    *("is_talking_known", "talking_level", "talking_sure_level"),
    *("name", "main_format", "talking_sentence", "cost_label", "booking"),
    *("age_from_months", "age_to_months", "glance_yes", "glance_no"),
)
CARD_COLUMNS = (
    *_on_both(GROUPS),
    *(_as_kept(GROUPS.c[name], name) for name in OF_CARDS),
    _as_kept(VENUES.c.name, "venue_name"),
    *(_as_kept(VENUES.c[name], name) for name in ("kind", "locality")),
)
"""The columns of a card, after the band. Parameter: old_before."""

_FORMATS = {format_.value: format_ for format_ in Format}
_KINDS = {kind.value: kind for kind in VenueKind}
_BOOKINGS = {booking.value: booking for booking in Booking}


def old_before(now: datetime) -> date:
    """The day before which a group's newest report counts as old."""
    return now.date() - timedelta(days=OLD_AFTER_DAYS)


@dataclass(frozen=True)
class AsOf:
    """The time of a search, from which next dates count: a day and a wall time."""

    calendars: Calendars
    day: date
    clock: time


def as_of(now: datetime, calendars: Calendars) -> AsOf:
    """The day and wall time in Europe/London."""
    wall = now.astimezone(LONDON)
    return AsOf(calendars, wall.date(), wall.time())


def next_dates(schedules: Iterable[str], at: AsOf) -> dict[str, Occurrence | None]:
    """The next date of each of these schedules."""
    calendars, day, clock = at.calendars, at.day, at.clock
    return {schedule: next_date(schedule, calendars, day, clock)[0] for schedule in schedules}


def points_from(rows: Iterable[sa.Row[*PointValues]]) -> list[Point]:
    """Points of rows with POINT_COLUMNS and a band, in their order.

    Leaves out rows with an empty `point`: a release before 0010 wrote them, and `finder rebuild`
    fills it.
    """
    return [point for point in map(Point._make, rows) if point.text]


def cards_from(
    rows: Sequence[sa.Row[*CardValues]], at: AsOf, centre: Place | None
) -> tuple[Card, ...]:
    """Cards of rows that begin with a band and CARD_COLUMNS, in their order.

    centre: where distances are measured from, if anywhere.
    """
    metres: Sequence[float | None] = [None] * len(rows)
    if centre is not None:
        metres = metres_from(centre, [r.latitude for r in rows], [r.longitude for r in rows])
    return tuple([_card(row, far, at) for row, far in zip(rows, metres, strict=True)])


def _card(row: sa.Row[*CardValues], distance_m: float | None, at: AsOf) -> Card:
    # fmt: off
    band, id_, latitude, longitude, is_example, schedule, is_old, known, level, sure, \
        name, format_, sentence, cost, booking, youngest, oldest, yes, no, \
        venue, kind, locality, *_counts = row
    # fmt: on
    following, is_sure = next_date(schedule, at.calendars, at.day, at.clock)
    return Card(
        public_id=UUID(id_),
        name=name,
        venue_name=venue,
        locality=locality,
        venue_kind=_KINDS[kind],
        format=_FORMATS[format_],
        place=Place(latitude, longitude),
        distance_m=distance_m,
        talking=TalkingLine(
            LEVELS[level], bool(known), sentence + OLD_WORDS if is_old else sentence, sure <= level
        ),
        band=BANDS[band],
        next=following,
        cost_label=cost,
        booking=_BOOKINGS[booking],
        age_from_months=youngest,
        age_to_months=oldest,
        facts_yes=facts_in(yes),
        facts_no=facts_in(no),
        is_term_time_checked=is_sure,
        is_example=bool(is_example),
    )


def sessions_from(lines: Iterable[sa.Row[*Columns]]) -> dict[Session, dict[date, str]]:
    """The sessions of one group's rows, each with its cancelled dates."""
    found: dict[Session, dict[date, str]] = {}
    for row in lines:
        if row.weekday is None:
            continue
        off = found.setdefault(session_from(row), {})
        if row.cancelled_on is not None:
            off[row.cancelled_on] = getattr(row, "cancelled_note", "")
    return found


def talking_from(row: GroupRow, now: datetime) -> Talking:
    """The talking level of a group, from its row."""
    is_old = row.reported_on is not None and row.reported_on < old_before(now)
    return Talking(
        level=LEVELS[row.talking_level],
        probabilities=tuple(getattr(row, f"talking_{level}") for level in LEVELS),
        sentence=row.talking_sentence + OLD_WORDS if is_old else row.talking_sentence,
        is_known=row.is_talking_known,
        counts=(row.reports_1, row.reports_2, row.reports_3, row.reports_4, row.reports_5),
        claimed_level=LEVELS.get(row.claimed_level or 0),
        is_sure=row.talking_sure_level <= row.talking_level,
        first_timers=(
            *(row.first_timers_1, row.first_timers_2, row.first_timers_3),
            *(row.first_timers_4, row.first_timers_5),
        ),
        reported_on=row.reported_on,
        usual_level=LEVELS.get(row.usual_level),
        weighed_most=Source(row.weighed_most) if row.weighed_most else None,
    )


def metres_from(
    centre: Place, latitudes: Sequence[float], longitudes: Sequence[float]
) -> list[float]:
    """Metres along the ellipsoid, like geopy's geodesic, but for all places in one call of C."""
    if not latitudes:
        return []
    count = len(latitudes)
    _, _, metres = ELLIPSOID.inv(
        [centre.longitude] * count, [centre.latitude] * count, longitudes, latitudes
    )
    return list(metres)
