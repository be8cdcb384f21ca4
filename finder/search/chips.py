"""The chips above the results: what is asked, each one tap from gone, and some to add."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from finder.domain.facts import Fact
from finder.domain.schedule.words import clock
from finder.domain.vocabulary import (
    RADII_MILES,
    Booking,
    CostFilter,
    Format,
    Size,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.search.forms import pounds
from finder.search.rules import SearchQuery

TEN = time(10)
_MANY = {
    "formats": Format,
    "venue_kinds": VenueKind,
    "costs": CostFilter,
    "days": Weekday,
    "can": Fact,
    "must_not": Fact,
    "sizes": Size,
}


@dataclass(frozen=True)
class Chip:
    """Words, and the search that a tap leads to."""

    words: str
    query: SearchQuery


def chips_on(query: SearchQuery) -> list[Chip]:
    """Everything that narrows this search, each with the search without it."""
    return [*_talking(query), *_sets(query), *_single(query)]


def chips_to_add(query: SearchQuery) -> list[Chip]:
    """Common wishes that are not asked yet, and the next wider circle."""
    wider = next((miles for miles in RADII_MILES if miles > query.radius_miles), None)
    wishes = (
        (wider is not None, f"Within {wider} miles", {"radius_miles": wider}),
        (not query.costs, "Free", {"costs": frozenset({CostFilter.FREE})}),
        (query.booking is None, "Just turn up", {"booking": Booking.DROP_IN}),
        (
            query.starts_after is None and query.ends_before is None,
            "Not before 10:00",
            {"starts_after": TEN},
        ),
        (
            Fact.SIT_AND_WATCH not in query.can,
            "Sit and watch",
            {"can": query.can | {Fact.SIT_AND_WATCH}},
        ),
        (Fact.LEAVE_EARLY not in query.can, "Leave early", {"can": query.can | {Fact.LEAVE_EARLY}}),
    )
    return [Chip(words, query.but(**changes)) for is_open, words, changes in wishes if is_open]


def _talking(query: SearchQuery) -> Iterator[Chip]:
    if query.talking < TalkingLevel.INTRODUCTIONS:
        without = query.but(talking=TalkingLevel.INTRODUCTIONS, is_sure=False)
        words = {1: "No talking needed", 2: "Little or no small talk"}
        yield Chip(words.get(query.talking, f"Up to “{query.talking.label}”"), without)
    if query.is_sure:
        yield Chip("Only where parents agree", query.but(is_sure=False))


def _sets(query: SearchQuery) -> Iterator[Chip]:
    for name, words in _MANY.items():
        chosen = getattr(query, name)
        for word in words:
            if word in chosen:
                yield Chip(_label(name, word), query.but(**{name: chosen - {word}}))


def _label(name: str, word: Any) -> str:
    if isinstance(word, Fact):
        return word.yes if name == "can" else word.no
    return str(word.label)


def _single(query: SearchQuery) -> Iterator[Chip]:
    if query.max_cost_pence is not None:
        yield Chip(f"Up to £{pounds(query.max_cost_pence)}", query.but(max_cost_pence=None))
    if query.starts_after:
        yield Chip(f"Not before {clock(query.starts_after)}", query.but(starts_after=None))
    if query.ends_before:
        yield Chip(f"Over by {clock(query.ends_before)}", query.but(ends_before=None))
    if query.age_months is not None:
        yield Chip(f"Age {age_words(query.age_months)}", query.but(age_months=None))
    if query.booking:
        yield Chip(query.booking.label, query.but(booking=None))
    if query.include_unknown:
        yield Chip("Not known too", query.but(include_unknown=False))


def age_words(months: int) -> str:
    """A child's age as a parent says it: "newborn", "7 months", "2 and a half years"."""
    years, rest = divmod(months, 12)
    if months == 0:
        return "newborn"
    if (months < 24 and rest) or months == 1:
        return "1 month" if months == 1 else f"{months} months"
    if rest == 6:
        return f"{years} and a half years"
    if rest:
        return f"{years} years {rest} months"
    return "1 year" if years == 1 else f"{years} years"
