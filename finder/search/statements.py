"""The statements of a search: each built once for each set of filters, then only given values."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from finder.domain.vocabulary import Sort, Weekday
from finder.listings.cards import CANCELLED, CARD_COLUMNS, POINT_COLUMNS, SESSION_COLUMNS
from finder.listings.tables import PUBLISHED, GroupRow, VenueRow
from finder.search.filters import (
    CONDITIONS,
    FAIRLY_SURE,
    GROUPS,
    NOT_KNOWN,
    PROBABLY,
    SESSIONS,
    Bind,
    band,
    is_in_box,
    squared_m2,
)

SHOWN: Any = sa.inspect(GroupRow).local_table
VENUES: Any = sa.inspect(VenueRow).local_table
BANDS = (FAIRLY_SURE, PROBABLY, NOT_KNOWN)

ORDERS = {
    Sort.DISTANCE: ("squared_m2", "id"),
    Sort.QUIET: ("loudness", "squared_m2", "id"),
    Sort.COST: ("cost_each_pence", "squared_m2", "id"),
    Sort.SOONEST: ("squared_m2", "id"),
}
HELLO_AT_MOST = GROUPS.c.talking_1 + GROUPS.c.talking_2
# Where nobody has told us, what such groups usually are must not pass for somebody's word: they
# come after those that are known to ask for a hello at most, and before those that ask for more.
KEYS = {
    "loudness": sa.case((sa.not_(GROUPS.c.is_talking_known), 2), (HELLO_AT_MOST >= 0.5, 0), else_=4)
    - HELLO_AT_MOST,
    "cost_each_pence": GROUPS.c.cost_each_pence,
}

Shape = tuple[str, ...]


@lru_cache(maxsize=1024)
def page_of(shape: Shape, strips: int, sort: Sort, *, is_map: bool = False) -> Any:
    """The groups of one page in order, beside how many groups each band holds.

    One row for each group: band, CARD_COLUMNS (or POINT_COLUMNS for a map), band_0 to band_2; a
    single row with no group where
    there is none to show. Values: asked()'s, and worst, most, skip, old_before.
    """
    matches = _matches(shape, strips, sort)
    counts = _counts(matches)
    order = ORDERS[sort]
    page = _page(matches, order)
    joined = counts.outerjoin(page, sa.true()).outerjoin(SHOWN, SHOWN.c.id == page.c.id)
    if not is_map:
        joined = joined.outerjoin(VENUES, VENUES.c.id == SHOWN.c.venue_id)
    return (
        sa.select(page.c.band, *(POINT_COLUMNS if is_map else CARD_COLUMNS), counts)
        .select_from(joined)
        .order_by(*(page.c[key] for key in order))
    )


@lru_cache(maxsize=1024)
def sessions_by_earliest(shape: Shape, strips: int) -> Any:
    """All sessions of all matches, in the order in which they could come next.

    `earliest` is a date that the session's next occurrence can't come before: it knows the
    weekday and the first and last dates, and nothing of terms or cancellations. Values: asked()'s,
    and worst, today, clock, never, and for each weekday the next of its name, from_mon and so on.
    """
    matches = _matches(shape, strips, Sort.SOONEST)
    counts = _counts(matches)
    shown = _shown(matches).cte("shown")
    joined = counts.outerjoin(shown, sa.true()).outerjoin(SHOWN, SHOWN.c.id == shown.c.id)
    earliest = _earliest()
    return (
        sa.select(
            counts,
            shown.c.id,
            shown.c.squared_m2,
            shown.c.band,
            VENUES.c.nation,
            VENUES.c.council_code,
            *SESSION_COLUMNS,
            CANCELLED.c.on.label("cancelled_on"),
            earliest,
        )
        .select_from(_with_sessions(joined))
        .order_by(earliest, SESSIONS.c.starts, shown.c.id, SESSIONS.c.position)
    )


@lru_cache(maxsize=1)
def groups_by_id() -> Any:
    """Published groups with CARD_COLUMNS, in no order. Values: old_before, and the list of ids."""
    return (
        sa.select(sa.literal_column("0").label("band"), *CARD_COLUMNS)
        .select_from(SHOWN.join(VENUES, VENUES.c.id == SHOWN.c.venue_id))
        .where(SHOWN.c.id.in_(sa.bindparam("ids", expanding=True)), PUBLISHED)
    )


@lru_cache(maxsize=1024)
def counts_of(searches: tuple[tuple[Shape, int], ...]) -> Any:
    """How many groups each of several searches would show, as columns of one row.

    Values: asked()'s and worst, with `0_`, `1_` and so on before the names of each search.
    """
    return sa.select(*(_count_of(shape, strips, n) for n, (shape, strips) in enumerate(searches)))


def _count_of(shape: Shape, strips: int, number: int) -> Any:
    def bind(name: str) -> Any:
        return sa.bindparam(f"n{number}_{name}")

    return (
        sa.select(sa.func.count())
        .select_from(GROUPS)
        .where(
            *_conditions(shape, strips, bind),
            squared_m2(bind) <= bind("radius_m2"),
            band(bind, shape) <= bind("worst"),
        )
        .scalar_subquery()
        .label(f"n{number}")
    )


def _conditions(shape: Shape, strips: int, bind: Bind) -> Sequence[Any]:
    return is_in_box(bind, strips), *(CONDITIONS[name](bind) for name in shape)


def _matches(shape: Shape, strips: int, sort: Sort) -> Any:
    """All that fit in the box, each with its distance: those that `_in_circle` are found.

    Materialised, since a distance costs more than all else that is asked of a group, and SQLite
    would work it out once for the circle and once more for the order.
    """
    bind: Bind = sa.bindparam
    return (
        sa.select(
            GROUPS.c.id,
            squared_m2(bind).label("squared_m2"),
            band(bind, shape).label("band"),
            *(KEYS[key].label(key) for key in ORDERS[sort] if key in KEYS),
        )
        .where(*_conditions(shape, strips, bind))
        .cte("matches")
        .prefix_with("MATERIALIZED")
    )


def _in_circle(matches: Any) -> Any:
    return matches.c.squared_m2 <= sa.bindparam("radius_m2")


def _shown(matches: Any) -> Any:
    """Those that are found and as sure as was asked."""
    return sa.select(matches).where(_in_circle(matches), matches.c.band <= sa.bindparam("worst"))


def _page(matches: Any, order: Sequence[str]) -> Any:
    return (
        _shown(matches)
        .order_by(*(matches.c[key] for key in order))
        .limit(sa.bindparam("most"))
        .offset(sa.bindparam("skip"))
        .cte("page")
    )


def _counts(matches: Any) -> Any:
    each = (
        sa.func.count().filter(matches.c.band == sa.literal_column(str(n))).label(f"band_{n}")
        for n in BANDS
    )
    return sa.select(*each).select_from(matches).where(_in_circle(matches)).cte("counts")


def _with_sessions(groups: Any) -> Any:
    return (
        groups.outerjoin(VENUES, VENUES.c.id == SHOWN.c.venue_id)
        .outerjoin(SESSIONS, SESSIONS.c.group_id == SHOWN.c.id)
        .outerjoin(
            CANCELLED,
            sa.and_(
                CANCELLED.c.group_id == SESSIONS.c.group_id,
                CANCELLED.c.starts == SESSIONS.c.starts,
                CANCELLED.c.on >= sa.bindparam("today", type_=sa.Date()),
            ),
        )
    )


def _earliest() -> Any:
    session, today = SESSIONS.c, sa.bindparam("today", type_=sa.Date())
    next_of_name = sa.case(
        {day.value: sa.bindparam(f"from_{day.value}", type_=sa.Date()) for day in Weekday},
        value=sa.type_coerce(session.weekday, sa.String()),
    )
    is_over_today = sa.and_(
        next_of_name == today, session.ends <= sa.bindparam("clock", type_=sa.Time())
    )
    earliest = sa.case(
        (session.first_on > today, session.first_on),
        (is_over_today, sa.bindparam("next_week", type_=sa.Date())),
        else_=next_of_name,
    )
    never = sa.bindparam("never", type_=sa.Date())
    return sa.case(
        (sa.or_(session.weekday.is_(None), session.last_on < earliest), never), else_=earliest
    ).label("earliest")
