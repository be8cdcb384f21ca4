"""Words of a search for templates."""

from collections.abc import Collection
from datetime import time

from flask import Flask

from finder.domain.facts import CAN_FACTS, NOT_FACTS
from finder.domain.groups import Card
from finder.domain.vocabulary import (
    RADII_MILES,
    CostFilter,
    Format,
    Size,
    Sort,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.search.chips import age_words, chips_on, chips_to_add
from finder.search.forms import parameters, pounds, url_of
from finder.search.rules import METRES_PER_MILE, Bands

# Eighty metres a minute, on streets that are a quarter longer than the straight line.
WALKED_M_A_MINUTE = 80 / 1.25
FURTHEST_WALK_M = 2.05 * METRES_PER_MILE
HALF_HOURS = tuple(time(hour, minute) for hour in range(8, 20) for minute in (0, 30))
AGES = (*range(12), 12, 15, 18, 21, 24, 30, 36, 42, 48, 54, 60)


def away(metres: float) -> str:
    """How far: "0.4 miles, 10 minutes’ walk", the walk only where one would."""
    miles = metres / METRES_PER_MILE
    far = "Under 0.1 miles" if miles < 0.05 else f"{miles:.1f} miles"
    far = "1 mile" if far == "1.0 miles" else far
    if metres > FURTHEST_WALK_M:
        return far
    minutes = max(1, round(metres / WALKED_M_A_MINUTE))
    return f"{far}, {minutes} minutes’ walk" if minutes > 1 else f"{far}, a minute’s walk"


def count_words(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 group", "14 groups", "1,204 groups"."""
    return f"{number:,} {one if number == 1 else many}"


def examples_among(cards: Collection[Card]) -> str:
    """Which of these groups are made up: "all", "some", or "" for none of them."""
    made_up = sum(card.is_example for card in cards)
    if not made_up:
        return ""
    return "all" if made_up == len(cards) else "some"


def bands_words(bands: Bands) -> str:
    """How many are how sure: "4 fairly sure, 6 probably, 9 not known"."""
    return (
        f"{bands.fairly_sure:,} fairly sure, {bands.probably:,} probably, "
        f"{bands.not_known:,} not known"
    )


def page_numbers(page: int, pages: int) -> list[int | None]:
    """The pages to link: the first, the last and those beside this one; None is a gap."""
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
    """The ages on the list, with this one among them."""
    return AGES if months is None or months in AGES else tuple(sorted((*AGES, months)))


def with_time(chosen: time | None) -> tuple[time, ...]:
    """The times on the list, with this one among them."""
    is_listed = chosen is None or chosen in HALF_HOURS
    return HALF_HOURS if is_listed or chosen is None else tuple(sorted((*HALF_HOURS, chosen)))


def start(app: Flask) -> None:
    """Give the words of a search to every template."""
    app.jinja_env.filters.update(age=age_words, away=away, bands=bands_words, pounds=pounds)
    app.jinja_env.globals.update(
        chips_on=chips_on,
        chips_to_add=chips_to_add,
        count=count_words,
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
