"""Text for the templates of a search, and its chips: a link for each filter to remove or add."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from urllib.parse import urlencode

from flask import Flask

from finder.domain.facts import CAN_FACTS, NOT_FACTS, Fact
from finder.domain.groups import Card
from finder.domain.schedule.words import clock, long_date
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
from finder.search.forms import parameters, pounds, url_of
from finder.search.rules import Bands, SearchQuery, Soon

HALF_HOURS = tuple(time(hour, minute) for hour in range(8, 20) for minute in (0, 30))
AGES = (*range(12), 12, 15, 18, 21, 24, 30, 36, 42, 48, 54, 60)
TEN = time(10)
ChipWord = Format | VenueKind | CostFilter | Weekday | Fact | Size
_MANY: Mapping[str, Sequence[ChipWord]] = {
    "formats": tuple(Format),
    "venue_kinds": tuple(VenueKind),
    "costs": tuple(CostFilter),
    "days": tuple(Weekday),
    "can": tuple(Fact),
    "must_not": tuple(Fact),
    "sizes": tuple(Size),
}


def count_words(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 group", "14 groups", "1,204 groups"."""
    return f"{number:,} {one if number == 1 else many}"


def examples_among(cards: Collection[Card]) -> str:
    """How many of these groups are made up: "all", "some", or "" for none."""
    made_up = sum(card.is_example for card in cards)
    if not made_up:
        return ""
    return "all" if made_up == len(cards) else "some"


def bands_words(bands: Bands) -> str:
    """The bands in words: "4 fairly sure, 6 probably, 9 not known"."""
    return (
        f"{bands.fairly_sure:,} fairly sure, {bands.probably:,} probably, "
        f"{bands.not_known:,} not known"
    )


def of_what(query: SearchQuery) -> str:
    """What the bands of a search are sure of: "a hello or less, no singing"; empty for nothing."""
    asked = [query.talking.at_most] if query.talking < TalkingLevel.INTRODUCTIONS else []
    asked += ["parents agree"] if query.is_sure else []
    facts = [fact.yes for fact in sorted(query.can)] + [fact.no for fact in sorted(query.must_not)]
    return ", ".join((*asked, *(words[0].lower() + words[1:] for words in facts)))


def page_numbers(page: int, pages: int) -> list[int | None]:
    """The pages to link: the first, the last and the neighbours of this one; None is a gap."""
    near = [n for n in range(1, pages + 1) if n in {1, pages} or abs(n - page) <= 1]
    shown: list[int | None] = []
    for number in near:
        last = shown[-1] if shown else 0
        if last is not None and number - last == 2:
            shown.append(number - 1)
        elif last is not None and number - last > 2:
            shown.append(None)
        shown.append(number)
    return shown


def with_age(months: int | None) -> tuple[int, ...]:
    """The ages on the list, and this one."""
    return AGES if months is None or months in AGES else tuple(sorted((*AGES, months)))


def with_time(chosen: time | None) -> tuple[time, ...]:
    """The times on the list, and this one."""
    is_listed = chosen is None or chosen in HALF_HOURS
    return HALF_HOURS if is_listed or chosen is None else tuple(sorted((*HALF_HOURS, chosen)))


@dataclass(frozen=True)
class Chip:
    """A link: its words, and the search that it opens."""

    words: str
    query: SearchQuery


def chips_on(query: SearchQuery) -> list[Chip]:
    """A chip for each filter in use; its link is the search without that filter."""
    return [*_talking(query), *_sets(query), *_single(query)]


def chips_to_add(query: SearchQuery) -> list[Chip]:
    """Chips for common filters that are not in use, and for the next wider radius."""
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


def address_of_place(near: str) -> str:
    """The address of a search for all that is near a place."""
    return f"/search?{urlencode([('near', near)])}"


def rest_of(query: SearchQuery) -> str:
    """What follows the place in the address of a search."""
    asked = [(name, value) for name, value in parameters(query) if name != "near"]
    return f"&{urlencode(asked)}" if asked else ""


@lru_cache(maxsize=1024)
def _chip_links(wishes: SearchQuery) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    on, more = chips_on(wishes), chips_to_add(wishes)
    return [(c.words, rest_of(c.query)) for c in on], [(c.words, rest_of(c.query)) for c in more]


def chip_links(query: SearchQuery) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The chips on and those to add: their words, and what follows the place in their addresses.

    Many people have the same filters, each at a place of their own: so what depends on the filters
    is worked out once.
    """
    return _chip_links(query.but(near=""))


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


def _label(name: str, word: ChipWord) -> str:
    if isinstance(word, Fact):
        return word.yes if name == "can" else word.no
    return word.label


def _single(query: SearchQuery) -> Iterator[Chip]:
    if query.on:
        yield Chip(day_words(query.on), query.any_day)
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


def day_words(on: date | Soon, today: date | None = None) -> str:
    """A day that a search asks for: "Today", "Tomorrow", "Friday 4 December"."""
    if isinstance(on, Soon):
        return on.value.capitalize()
    return long_date(on, today)


def on_that_day(on: date | Soon, today: date) -> str:
    """The same day within a sentence: "today", "tomorrow", "on Friday 4 December"."""
    return on.value if isinstance(on, Soon) else f"on {long_date(on, today)}"


def days_to_ask(chosen: date | Soon | None, today: date) -> list[date | Soon]:
    """The days on the list: today, tomorrow, the next five, and the one that is chosen."""
    days: list[date | Soon] = [*Soon, *(today + timedelta(days=n) for n in range(2, 7))]
    return days if chosen is None or chosen in days else [*days, chosen]


def start(app: Flask) -> None:
    """Give these filters, functions and lists to every template."""
    app.jinja_env.filters.update(
        age=age_words,
        bands=bands_words,
        day_words=day_words,
        of_what=of_what,
        on_that_day=on_that_day,
        pounds=pounds,
    )
    app.jinja_env.globals.update(
        address_of_place=address_of_place,
        chip_links=chip_links,
        count=count_words,
        days_to_ask=days_to_ask,
        examples_among=examples_among,
        page_numbers=page_numbers,
        parameters=parameters,
        url_of=url_of,
        with_age=with_age,
        with_time=with_time,
        CAN_FACTS=CAN_FACTS,
        COSTS=tuple(CostFilter),
        FORMATS=tuple(Format),
        LEVELS=tuple(TalkingLevel),
        NOT_FACTS=NOT_FACTS,
        RADII=RADII_MILES,
        SIZES=tuple(Size),
        SORTS=tuple(Sort),
        VENUES=tuple(VenueKind),
        WEEKDAYS=tuple(Weekday),
    )
