"""The filters of a search as conditions of one indexed query, each defined once.

The text of a condition does not depend on its values. So a statement is built and compiled once
for each set of filters, and later searches only give it values.
"""

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from finder.listings.tables import PUBLISHED, GroupRow, SessionRow
from finder.search.rules import Shape

GROUPS = sa.inspect(GroupRow).local_table.alias("g")
SESSIONS = sa.inspect(SessionRow).local_table

Bind = Callable[[str], sa.ColumnElement[float]]
"""Makes a named parameter. One statement may use the same filter several times."""

Condition = Callable[[Bind], sa.ColumnElement[bool]]

FAIRLY_SURE, PROBABLY, NOT_KNOWN = 0, 1, 2
"""The three bands as numbers, the surest first."""


def squared_m2(bind: Bind) -> sa.ColumnElement[float]:
    """Squared metres from the centre, by the formula of domain/nearness.py."""
    north = GROUPS.c.latitude - bind("latitude")
    east = GROUPS.c.longitude - bind("longitude")
    high = north * bind("metres_north")
    wide = east * (bind("metres_east") + north * bind("metres_change"))
    return high * high + wide * wide


def is_in_box(bind: Bind, count: int) -> sa.ColumnElement[bool]:
    """Published and in the box around the circle: one range of the index for each strip."""
    return sa.and_(
        PUBLISHED,
        GROUPS.c.lat_band.in_([bind(f"strip_{n}") for n in range(count)]),
        GROUPS.c.longitude.between(bind("west"), bind("east")),
        GROUPS.c.latitude.between(bind("south"), bind("north")),
    )


def _has_trait(name: str) -> Condition:
    return lambda bind: GROUPS.c.traits_mask.bitwise_and(bind(name)) != 0


def _slot(bind: Bind) -> sa.ColumnElement[bool]:
    """A single session is on one of the days and within the hours."""
    return sa.exists().where(
        SESSIONS.c.group_id == GROUPS.c.id,
        SESSIONS.c.weekday.in_([bind(f"slot_day_{n}") for n in range(7)]),
        SESSIONS.c.starts >= bind("slot_after"),
        SESSIONS.c.ends <= bind("slot_before"),
    )


def _unknown() -> sa.ColumnElement[bool]:
    return sa.not_(GROUPS.c.is_talking_known)


CONDITIONS: Mapping[str, Condition] = {
    "format": _has_trait("format"),
    "venue": _has_trait("venue"),
    "cost": _has_trait("cost"),
    "pence": lambda bind: GROUPS.c.cost_each_pence <= bind("pence"),
    "size": _has_trait("size"),
    "booking": _has_trait("booking"),
    "age": lambda bind: sa.and_(
        GROUPS.c.age_from_months <= bind("age"), GROUPS.c.age_to_months >= bind("age")
    ),
    # The mask holds the days of a group. Hours need the sessions (`slot`).
    "day": _has_trait("day"),
    "slot": _slot,
    "level": lambda bind: sa.or_(_unknown(), GROUPS.c.talking_level <= bind("level")),
    "agreed": lambda bind: sa.or_(_unknown(), GROUPS.c.talking_agreed_level <= bind("agreed")),
    # Without a level in the search, parents must agree on the level that is shown.
    "sure": lambda _: sa.or_(_unknown(), GROUPS.c.talking_agreed_level <= GROUPS.c.talking_level),
    "can": lambda bind: GROUPS.c.facts_no.bitwise_and(bind("can")) == 0,
    "not": lambda bind: GROUPS.c.facts_yes.bitwise_and(bind("not")) == 0,
}
"""What a group must meet. The conditions on level and facts let through groups that nobody has
told us about; `band` then says how sure the answer is."""


def asks_what_may_be_unknown(shape: Shape) -> bool:
    """Whether a band says how sure we are that a group meets these conditions."""
    return not {"level", "agreed", "sure", "can", "not"}.isdisjoint(shape)


def band(bind: Bind, shape: Shape) -> sa.ColumnElement[int]:
    """The band of a group that meets the conditions, as a number; the surest is 0."""
    known: list[sa.ColumnElement[bool]] = []
    sure: list[sa.ColumnElement[bool]] = []
    if {"level", "agreed", "sure"} & set(shape):
        known.append(GROUPS.c.is_talking_known)
    if "level" in shape:
        sure.append(GROUPS.c.talking_sure_level <= bind("level"))
    for name, facts in (("can", GROUPS.c.facts_yes), ("not", GROUPS.c.facts_no)):
        if name in shape:
            known.append(facts.bitwise_and(bind(name)) == bind(name))
            sure.append(GROUPS.c.facts_sure.bitwise_and(bind(name)) == bind(name))
    if not known:
        return sa.literal_column(str(FAIRLY_SURE))
    return sa.case(
        (sa.not_(sa.and_(*known)), sa.literal_column(str(NOT_KNOWN))),
        (sa.and_(sa.true(), *sure), sa.literal_column(str(FAIRLY_SURE))),
        else_=sa.literal_column(str(PROBABLY)),
    )
