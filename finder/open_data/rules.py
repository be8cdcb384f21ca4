"""What a data user may ask of our open data, and the pages of the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Generic, TypeVar
from uuid import UUID

from finder.domain.facts import Fact
from finder.domain.groups import Place
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind, Weekday

PER_PAGE = 50
MOST_PER_PAGE = 200
LAST_PAGE = 1_000_000
USUAL_PROXIMITY_M = 4_828
"""Three miles, as in a search on the site, where a postcode is given without a distance."""
FURTHEST_PROXIMITY_M = 100_000

Term = Format | VenueKind | TalkingLevel | Fact
Item = TypeVar("Item")


@dataclass(frozen=True)
class OpenDataQuery:
    """Which listings a data user wants; None asks for nothing of that kind.

    terms: at least one of them must apply; an empty tuple is satisfied by none. Ages are months,
    distances metres. starts, ends and day must hold of one and the same session.
    """

    search: str = ""
    terms: tuple[Term, ...] | None = None
    age_from_months_at_least: float | None = None
    age_to_months_at_most: float | None = None
    starts_at_or_after: time | None = None
    ends_at_or_before: time | None = None
    day: Weekday | None = None
    near: Place | None = None
    within_m: float = USUAL_PROXIMITY_M
    page: int = 1
    per_page: int = PER_PAGE


@dataclass(frozen=True)
class OpenPage(Generic[Item]):
    """One page of a list. changed_at: when anything in the whole list changed last."""

    items: tuple[Item, ...]
    total: int
    page: int
    per_page: int
    changed_at: datetime | None = None

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has none."""
        return -(-self.total // self.per_page)


@dataclass(frozen=True)
class OpenOrganiser:
    """An organiser as other systems get it: without accounts and addresses of people."""

    public_id: UUID
    name: str
    groups: int
    changed_at: datetime


def page_of(items: Iterable[Item], page: int, per_page: int) -> OpenPage[Item]:
    """One page of things that are all in memory."""
    all_of_them = tuple(items)
    first = (page - 1) * per_page
    return OpenPage(all_of_them[first : first + per_page], len(all_of_them), page, per_page)


def first_date(weekday: Weekday, nth: int | None, from_day: date) -> date:
    """The first such weekday on or after a day; nth: only the nth of its month, -1 the last."""
    on = date.fromordinal(from_day.toordinal() + (weekday.number - from_day.weekday()) % 7)
    while nth is not None and not _is_nth(on, nth):
        on = date.fromordinal(on.toordinal() + 7)
    return on


def _is_nth(on: date, nth: int) -> bool:
    if nth == -1:
        return date.fromordinal(on.toordinal() + 7).month != on.month
    return (on.day - 1) // 7 + 1 == nth
