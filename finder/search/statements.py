"""The statements of a search: each built once for each set of filters, then only given values."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import sqlalchemy as sa

from finder.domain.vocabulary import Sort, Weekday
from finder.listings.cards import (
    CANCELLED,
    CARD_COLUMNS,
    SESSION_COLUMNS,
    CardValues,
    Columns,
    PointValues,
    own_band,
    point_columns,
)
from finder.listings.tables import PUBLISHED, GroupRow, VenueRow
from finder.search.filters import (
    CONDITIONS,
    FAIRLY_SURE,
    GROUPS,
    NOT_KNOWN,
    PROBABLY,
    SESSIONS,
    Bind,
    asks_what_may_be_unknown,
    band,
    is_in_box,
    squared_m2,
)
from finder.search.rules import Shape

SHOWN = sa.inspect(GroupRow).local_table
VENUES = sa.inspect(VenueRow).local_table
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


@lru_cache(maxsize=1024)
def page_of(shape: Shape, strips: int, sort: Sort) -> sa.Select[*CardValues]:
    """The groups of one page in order, beside how many groups each band holds.

    One row for each group: band, CARD_COLUMNS, band_0 to band_2; a single row with no group where
    there is none to show. Values: asked()'s, and worst, most, skip, old_before.
    """
    matches = _matches(shape, strips, sort)
    page, counts = _page(matches, ORDERS[sort]), _counts(matches)
    is_asked = asks_what_may_be_unknown(shape)
    return (
        sa.select(page.c.band if is_asked else own_band(SHOWN), *CARD_COLUMNS, counts)
        .select_from(
            counts.outerjoin(page, sa.true())
            .outerjoin(SHOWN, SHOWN.c.id == page.c.id)
            .outerjoin(VENUES, VENUES.c.id == SHOWN.c.venue_id)
        )
        .order_by(*(page.c[key] for key in ORDERS[sort]))
    )


@lru_cache(maxsize=1024)
def points_of(shape: Shape, strips: int, *, are_all: bool) -> sa.Select[*PointValues]:
    """The same groups for a map: point_columns() and a band.

    are_all: any of the groups, as many as `most`; otherwise the nearest of them. One walk along
    the index and no order: for a thousand groups, to sort them or to look each up by its id would
    take SQLite as long as all the rest. Values: asked()'s, and worst, most, old_before.
    """
    bind: Bind = sa.bindparam
    far, sure = squared_m2(bind), band(bind, shape)
    is_asked = asks_what_may_be_unknown(shape)
    points = sa.select(*point_columns(GROUPS), sure.label("band") if is_asked else own_band(GROUPS))
    shown = points.where(
        *_conditions(shape, strips, bind), far <= bind("radius_m2"), sure <= bind("worst")
    )
    return (shown if are_all else shown.order_by(far, GROUPS.c.id)).limit(bind("most"))


@lru_cache(maxsize=1024)
def schedules_of(shape: Shape, strips: int, sort: Sort) -> sa.Select[*Columns]:
    """All matches in no order: id, band, schedule, and the keys of the order. Values: asked()'s."""
    bind: Bind = sa.bindparam
    far = squared_m2(bind)
    return sa.select(
        GROUPS.c.id,
        band(bind, shape).label("band"),
        GROUPS.c.schedule,
        far.label("squared_m2"),
        *(KEYS[key].label(key) for key in ORDERS[sort] if key in KEYS),
    ).where(*_conditions(shape, strips, bind), far <= bind("radius_m2"))


@lru_cache(maxsize=1024)
def sessions_by_earliest(shape: Shape, strips: int) -> sa.Select[*Columns]:
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
def groups_by_id() -> sa.Select[*CardValues]:
    """Published groups with CARD_COLUMNS, in no order. Values: old_before, and the list of ids."""
    return (
        sa.select(own_band(SHOWN), *CARD_COLUMNS)
        .select_from(SHOWN.join(VENUES, VENUES.c.id == SHOWN.c.venue_id))
        .where(SHOWN.c.id.in_(sa.bindparam("ids", expanding=True)), PUBLISHED)
    )


@lru_cache(maxsize=1024)
def counts_of(searches: tuple[tuple[Shape, int], ...]) -> sa.Select[*tuple[int, ...]]:
    """How many groups each of several searches would show, as columns of one row.

    Values: asked()'s and worst, with `0_`, `1_` and so on before the names of each search.
    """
    return sa.select(*(_count_of(shape, strips, n) for n, (shape, strips) in enumerate(searches)))


def _count_of(shape: Shape, strips: int, number: int) -> sa.Label[int]:
    def bind(name: str) -> sa.ColumnElement[float]:
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


def _conditions(shape: Shape, strips: int, bind: Bind) -> Sequence[sa.ColumnElement[bool]]:
    return is_in_box(bind, strips), *(CONDITIONS[name](bind) for name in shape)


def _matches(shape: Shape, strips: int, sort: Sort) -> sa.CTE:
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


def _in_circle(matches: sa.CTE) -> sa.ColumnElement[bool]:
    return matches.c.squared_m2 <= sa.bindparam("radius_m2")


def _shown(matches: sa.CTE) -> sa.Select[*Columns]:
    """Those that are found and as sure as was asked."""
    return sa.select(matches).where(_in_circle(matches), matches.c.band <= sa.bindparam("worst"))


def _page(matches: sa.CTE, order: Sequence[str]) -> sa.CTE:
    return (
        _shown(matches)
        .order_by(*(matches.c[key] for key in order))
        .limit(sa.bindparam("most"))
        .offset(sa.bindparam("skip"))
        .cte("page")
    )


def _counts(matches: sa.CTE) -> sa.CTE:
    each = (
        sa.func.count().filter(matches.c.band == sa.literal_column(str(n))).label(f"band_{n}")
        for n in BANDS
    )
    return sa.select(*each).select_from(matches).where(_in_circle(matches)).cte("counts")


def _with_sessions(groups: sa.FromClause) -> sa.FromClause:
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


def _earliest() -> sa.Label[date]:
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
