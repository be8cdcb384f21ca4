"""A search, the values of its filters, and its results."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import StrEnum
from functools import lru_cache

from finder.domain.facts import Fact
from finder.domain.groups import Card, Place, Point
from finder.domain.nearness import METRES_PER_MILE, Nearness, circle
from finder.domain.schedule.sessions import Occurrence
from finder.domain.vocabulary import (
    RADII_MILES,
    Booking,
    CostFilter,
    Format,
    Size,
    Sort,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.listings.rules import facts_mask, traits_mask
from finder.places.rules import Suggestion

PAGE_SIZE = 20
MOST_POINTS = 2_000
MOST_DAYS_AHEAD = 14
LAST_MOMENT = time(23, 59, 59)


class Soon(StrEnum):
    """A day that an address names by its place in the week, so that a bookmark stays right."""

    TODAY = "today"
    TOMORROW = "tomorrow"


def day_named(typed: str) -> date | Soon:
    """A day as an address writes it: "today", "tomorrow" or "2026-12-04". ValueError."""
    return Soon(typed) if typed in set(Soon) else date.fromisoformat(typed)


def day_of(on: date | Soon, today: date) -> date:
    """The day that is meant."""
    if isinstance(on, Soon):
        return today + timedelta(days=1) if on is Soon.TOMORROW else today
    return on


def can_be_asked(day: date, today: date) -> bool:
    """Whether a search may ask for this day: from today on, two weeks at most."""
    return today <= day <= today + timedelta(days=MOST_DAYS_AHEAD)


@dataclass(frozen=True)
class SearchQuery:
    """One search. Empty sets and None mean any; talking 5 is any level too.

    starts_after and ends_before apply to one and the same session, on one of the days. on: only
    groups that meet on that day.
    """

    near: str
    radius_miles: int = 3
    formats: frozenset[Format] = frozenset()
    venue_kinds: frozenset[VenueKind] = frozenset()
    costs: frozenset[CostFilter] = frozenset()
    max_cost_pence: int | None = None
    days: frozenset[Weekday] = frozenset()
    on: date | Soon | None = None
    starts_after: time | None = None
    ends_before: time | None = None
    age_months: int | None = None
    talking: TalkingLevel = TalkingLevel.INTRODUCTIONS
    is_sure: bool = False
    can: frozenset[Fact] = frozenset()
    must_not: frozenset[Fact] = frozenset()
    include_unknown: bool = False
    sizes: frozenset[Size] = frozenset()
    booking: Booking | None = None
    sort: Sort = Sort.DISTANCE
    page: int = 1

    def __post_init__(self) -> None:
        """Refuse values that a form never gives."""
        if self.radius_miles not in RADII_MILES or self.page < 1:
            raise ValueError("radius or page outside what a search can be")

    @property
    def usual_sort(self) -> Sort:
        """The order where none is chosen: by time for one day, else by distance."""
        return Sort.DISTANCE if self.on is None else Sort.SOONEST

    @property
    def any_day(self) -> "SearchQuery":
        """The same search for any day."""
        sort = Sort.DISTANCE if self.sort is self.usual_sort else self.sort
        return self.but(on=None, sort=sort)

    @property
    def asks_what_may_be_unknown(self) -> bool:
        """Whether the three bands matter: the search has a level or a fact."""
        is_level_asked = self.is_sure or self.talking < TalkingLevel.INTRODUCTIONS
        return is_level_asked or bool(self.can or self.must_not)

    def but(self, **changes: object) -> "SearchQuery":
        """The same search with changes, from its first page unless they give another."""
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]


Values = Mapping[str, float | str | time]
Shape = tuple[str, ...]
"""The names of the filters in use, as `filters.CONDITIONS` has them."""


@dataclass(frozen=True)
class Asked:
    """The filters in use and their values. The shape determines the text of a statement."""

    shape: Shape
    strips: int
    values: Values


def asked(query: SearchQuery, near: Nearness) -> Asked:
    """The filters of a search near a point, with their values."""
    count, place = circle(near, query.radius_miles * METRES_PER_MILE)
    shape, values = _wishes(replace(query, near="", page=1))
    return Asked(shape, count, {**place, **values})


@lru_cache(maxsize=1024)
def _wishes(query: SearchQuery) -> tuple[Shape, Values]:
    """The shape and values of every filter but the place."""
    values = {name: value for name, value in _values(query).items() if value is not None}
    return tuple(dict.fromkeys(name.split("_")[0] for name in values)), values


def _values(query: SearchQuery) -> dict[str, float | str | time | None]:
    """Values by name. The word before the first underscore names the condition."""
    is_timed = query.starts_after or query.ends_before
    days = sorted(query.days) or list(Weekday)
    level = query.talking.value if query.talking < TalkingLevel.INTRODUCTIONS else None
    return {
        "format": traits_mask(query.formats) or None,
        "venue": traits_mask(query.venue_kinds) or None,
        "cost": traits_mask(query.costs) or None,
        "pence": query.max_cost_pence,
        "size": traits_mask(query.sizes) or None,
        "booking": traits_mask([query.booking]) if query.booking else None,
        "age": query.age_months,
        "day": traits_mask(query.days) or None,
        **{f"slot_day_{n}": days[n % len(days)].value if is_timed else None for n in range(7)},
        "slot_after": (query.starts_after or time()) if is_timed else None,
        "slot_before": (query.ends_before or LAST_MOMENT) if is_timed else None,
        "level": None if query.is_sure else level,
        "agreed": level if query.is_sure else None,
        "sure": 1 if query.is_sure and not level else None,
        "can": facts_mask(query.can) or None,
        "not": facts_mask(query.must_not) or None,
    }


@dataclass(frozen=True)
class Bands:
    """How many groups match, by how sure we are of it (product.md)."""

    fairly_sure: int = 0
    probably: int = 0
    not_known: int = 0


@dataclass(frozen=True)
class Relaxation:
    """A wider search, and how many groups it adds."""

    words: str
    query: SearchQuery
    more: int


@dataclass(frozen=True)
class Results:
    """One page of groups. total counts those shown on all pages.

    note: what of the typed place was not used. others: places of the same name.
    """

    query: SearchQuery
    centre: Place
    centre_label: str
    is_centre_approximate: bool
    cards: tuple[Card, ...]
    total: int
    bands: Bands
    relaxations: tuple[Relaxation, ...] = field(default=())
    is_centre_a_town: bool = False
    note: str = ""
    others: tuple[Suggestion, ...] = ()

    @property
    def is_for_search_engines(self) -> bool:
        """Whether search engines may list this page: groups of a town, without any filter.

        Never a search near a postcode, which may be somebody's home.
        """
        is_plain = self.query == SearchQuery(self.query.near)
        return self.is_centre_a_town and is_plain and self.total > 0

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE_SIZE))


@dataclass(frozen=True)
class MapPoints:
    """The matches for the map, at most MOST_POINTS. metres: their distances, in the same order.

    next_dates: the next date of each schedule among them.
    """

    centre: Place
    total: int
    points: tuple[Point, ...]
    metres: tuple[float, ...]
    next_dates: Mapping[str, Occurrence | None]

    @property
    def is_truncated(self) -> bool:
        """Whether there are more matches than points."""
        return self.total > len(self.points)
