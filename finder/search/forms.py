"""Reads a search from an address, and writes the address of a search.

A value that makes no sense never stops a search: the page shows a message beside the field, and
searches without the value.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form

from finder.domain.ages import OLDEST_MONTHS
from finder.domain.facts import CAN_FACTS, NOT_FACTS, Fact
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
from finder.platform.web.request import FURTHEST_PAGE
from finder.search.rules import SearchQuery, can_be_asked, day_named, day_of

LONGEST_NEAR = 100
NO_SUCH_DAY = "Choose today, tomorrow, or a day within two weeks."
NEAR_TOO_LONG = "That is too long. Type a postcode, or the name of a place."
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_POUNDS = re.compile(r"£?\s*(\d{1,4}(?:\.\d{1,2})?)", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?", re.ASCII)


class Words(Field):
    """Any number of words from one list. It leaves out other words, with a message."""

    def __init__(self, words: Sequence[StrEnum], message: str, **options: Any) -> None:
        super().__init__(default=frozenset(), **options)
        self.known = {word.value: word for word in words}
        self.message = message

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the words that are on the list."""
        typed = [value.strip() for value in valuelist if value.strip()]
        self.data: frozenset[Any] = frozenset(
            self.known[value] for value in typed if value in self.known
        )
        if any(value not in self.known for value in typed):
            raise ValueError(self.message)


class One(Field):
    """One value, read by a function that raises ValueError for a value that makes no sense.

    Of several values it takes the lowest: "at most" 2 and "at most" 3 together mean 2.
    """

    def __init__(
        self, read: Callable[[str], Any], message: str, default: Any = None, **options: Any
    ) -> None:
        super().__init__(default=default, **options)
        self.read = read
        self.message = message

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the value; without one, the default stays."""
        typed = [value.strip() for value in valuelist if value.strip()]
        if not typed:
            return
        try:
            self.data = min(self.read(value) for value in typed)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(self.message) from error


def _between(lowest: int, highest: int) -> Callable[[str], int]:
    def read(typed: str) -> int:
        is_number = typed.isascii() and typed.isdigit() and len(typed) < 8
        if not (is_number and lowest <= int(typed) <= highest):
            raise ValueError(typed)
        return int(typed)

    return read


def _near(typed: str) -> str:
    text = " ".join(_CONTROL.sub(" ", typed).split())
    if len(text) > LONGEST_NEAR:
        raise ValueError(text)
    return text


_miles = _between(1, max(RADII_MILES))
_level = _between(1, 5)


def _radius(typed: str) -> int:
    miles = _miles(typed)
    if miles not in RADII_MILES:
        raise ValueError(typed)
    return miles


def _pence(typed: str) -> int:
    match = _POUNDS.fullmatch(typed)
    if not match:
        raise ValueError(typed)
    return int(Decimal(match[1]) * 100)


def _clock(typed: str) -> time:
    match = _CLOCK.fullmatch(typed)
    if not match:
        raise ValueError(typed)
    return time(int(match[1]), int(match[2] or 0))


def _ticked(typed: str) -> bool:
    if typed not in {"0", "1"}:
        raise ValueError(typed)
    return typed == "1"


class SearchForm(Form):
    """The fields of a search in an address. Their names and values are a public contract."""

    near = One(_near, NEAR_TOO_LONG, "")

    radius = One(_radius, "Choose one of the distances on the list.", 3)
    format = Words(list(Format), "We left out a kind of group that we don’t know.")
    venue = Words(list(VenueKind), "We left out a kind of venue that we don’t know.")
    cost = Words(list(CostFilter), "Choose free, donation or paid.")
    max_cost = One(_pence, "Type the most you want to pay in pounds, like 4 or 4.50.")
    day = Words(list(Weekday), "Choose days from Monday to Sunday.")
    on = One(day_named, NO_SUCH_DAY)
    after = One(_clock, "Type a time like 10:00.")
    before = One(_clock, "Type a time like 15:30.")
    age = One(_between(0, OLDEST_MONTHS), "Choose an age from birth to 7 years.")
    talking = One(
        lambda typed: list(TalkingLevel)[_level(typed) - 1],
        "Choose a level from 1 to 5.",
        TalkingLevel.INTRODUCTIONS,
    )
    sure = One(_ticked, "Tick the box, or leave it empty.", False)
    can = Words(CAN_FACTS, "We left out something that we can’t look for.")
    must_not = Words(NOT_FACTS, "We left out something that we can’t look for.", name="not")
    unknown = One(_ticked, "Tick the box, or leave it empty.", False)
    size = Words(list(Size), "Choose small, medium or large.")
    booking = One(
        {Booking.DROP_IN.value: Booking.DROP_IN}.__getitem__,
        "We can look for groups where you just turn up.",
    )
    sort = One(
        lambda typed: {sort.value: sort for sort in Sort}[typed],
        "Choose one of the orders on the list.",
    )
    page = One(_between(1, FURTHEST_PAGE), "There is no such page, so this is the first.", 1)

    @property
    def messages(self) -> dict[str, str]:
        """What is wrong, by the field's name in the address."""
        found = {field.name: str(field.process_errors[0]) for field in self if field.process_errors}
        if self._ends_too_early:
            found["before"] = "The end must be later than the start, so we left it out."
        return found

    @property
    def _ends_too_early(self) -> bool:
        after, before = self.after.data, self.before.data
        return after is not None and before is not None and before <= after

    def query(self) -> SearchQuery:
        """The search, without values that make no sense."""
        return SearchQuery(
            near=self.near.data,
            radius_miles=self.radius.data,
            formats=self.format.data,
            venue_kinds=self.venue.data,
            costs=self.cost.data,
            max_cost_pence=self.max_cost.data,
            days=self.day.data,
            on=self.on.data,
            starts_after=self.after.data,
            ends_before=None if self._ends_too_early else self.before.data,
            age_months=self.age.data,
            talking=self.talking.data,
            is_sure=self.sure.data,
            can=self.can.data,
            must_not=self.must_not.data,
            include_unknown=self.unknown.data,
            sizes=self.size.data,
            booking=self.booking.data,
            sort=self.sort.data or (Sort.SOONEST if self.on.data else Sort.DISTANCE),
            page=self.page.data,
        )


def read(args: MultiDict[str, str], today: date) -> tuple[SearchQuery, dict[str, str]]:
    """The search in an address, and a message for each field that makes no sense.

    Many people search with the same filters near different places, so the filters are cached
    without the place.
    """
    wishes = tuple((k, v) for k, v in args.items(multi=True) if k in _ORDER and k != "near")
    query, messages = _wishes(wishes)
    if query.on is not None and not can_be_asked(day_of(query.on, today), today):
        query, messages = query.any_day, {**messages, "on": NO_SUCH_DAY}
    try:
        near = min(map(_near, filter(str.strip, args.getlist("near"))), default="")
    except ValueError:
        return replace(query, near=""), {"near": NEAR_TOO_LONG, **messages}
    return replace(query, near=near), {**messages}


@lru_cache(maxsize=1024)
def _wishes(typed: tuple[tuple[str, str], ...]) -> tuple[SearchQuery, Mapping[str, str]]:
    form = SearchForm(MultiDict(typed))
    return form.query(), form.messages


def as_typed(args: Mapping[str, str]) -> dict[str, str]:
    """What was typed, for the boxes of the page, without control characters."""
    return {name: " ".join(_CONTROL.sub(" ", value).split()) for name, value in args.items()}


def pounds(pence: int) -> str:
    """A sum of money as an address or a box writes it: "4" or "4.50"."""
    whole, rest = divmod(pence, 100)
    return f"{whole}.{rest:02}" if rest else str(whole)


def parameters(query: SearchQuery) -> list[tuple[str, str]]:
    """The names and values of a search, without defaults and always in the same order."""
    one: dict[str, str | None] = {
        "near": query.near,
        "radius": str(query.radius_miles) if query.radius_miles != 3 else None,
        "max_cost": None if query.max_cost_pence is None else pounds(query.max_cost_pence),
        "on": str(query.on) if query.on else None,
        "after": f"{query.starts_after:%H:%M}" if query.starts_after else None,
        "before": f"{query.ends_before:%H:%M}" if query.ends_before else None,
        "age": None if query.age_months is None else str(query.age_months),
        "talking": str(int(query.talking)) if query.talking < 5 else None,
        "sure": "1" if query.is_sure else None,
        "unknown": "1" if query.include_unknown else None,
        "booking": query.booking.value if query.booking else None,
        "sort": query.sort.value if query.sort is not query.usual_sort else None,
        "page": str(query.page) if query.page > 1 else None,
    }
    many = {
        "format": query.formats,
        "venue": query.venue_kinds,
        "cost": query.costs,
        "day": query.days,
        "can": query.can,
        "not": query.must_not,
        "size": query.sizes,
    }
    found = {name: [value] for name, value in one.items() if value is not None}
    found |= {
        name: [word.value for word in _LISTS[name] if word in chosen]
        for name, chosen in many.items()
        if chosen
    }
    return [(name, value) for name in _ORDER if name in found for value in found[name]]


_ORDER = (
    *("near", "radius", "format", "venue", "cost", "max_cost", "day", "on", "after", "before"),
    *("age", "talking", "sure", "can", "not", "unknown", "size", "booking", "sort", "page"),
)
_LISTS: dict[str, tuple[StrEnum, ...]] = {
    "format": tuple(Format),
    "venue": tuple(VenueKind),
    "cost": tuple(CostFilter),
    "day": tuple(Weekday),
    "can": tuple(Fact),
    "not": tuple(Fact),
    "size": tuple(Size),
}


def url_of(query: SearchQuery, path: str = "/search") -> str:
    """The address of a search, for chips, page links, sort links and the map's points."""
    return f"{path}?{urlencode(parameters(query))}"
