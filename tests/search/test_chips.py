"""Chips: everything that narrows a search can be seen, and taken off by one tap."""

from datetime import time

import pytest

from finder.domain.facts import Fact
from finder.domain.vocabulary import CostFilter, Format, TalkingLevel
from finder.search.rules import SearchQuery
from finder.search.template_filters import Chip, age_words, chips_on, chips_to_add
from tests.search.test_what_is_typed import EVERY_FIELD


def words(chips: list[Chip]) -> list[str]:
    return [chip.words for chip in chips]


def test_a_plain_search_has_nothing_to_take_off() -> None:
    assert chips_on(SearchQuery("Leith")) == []


def test_everything_that_narrows_a_search_has_a_chip() -> None:
    assert words(chips_on(EVERY_FIELD)) == [
        "Little or no small talk",
        "Only where parents agree",
        "Singing",
        "Craft",
        "Library",
        "Free",
        "Donation",
        "Monday",
        "Tuesday",
        "Sit and watch",
        "Step-free",
        "No speaking in a circle",
        "Up to 8 families",
        "Tomorrow",
        "Up to £4.50",
        "Not before 10:00",
        "Over by 15:30",
        "Age 7 months",
        "Just turn up",
        "Not known too",
    ]


def test_taking_off_every_chip_leaves_the_plain_search() -> None:
    query = EVERY_FIELD
    while on := chips_on(query):
        query = on[0].query

    assert query == SearchQuery("EH6 7BS", radius_miles=5, sort=EVERY_FIELD.sort)


def test_a_chip_leads_back_to_the_first_page() -> None:
    assert {chip.query.page for chip in chips_on(EVERY_FIELD)} == {1}


def test_a_chip_takes_off_only_itself() -> None:
    query = SearchQuery("Leith", formats=frozenset({Format.SINGING, Format.CRAFT}))

    assert chips_on(query)[0].query.formats == {Format.CRAFT}


@pytest.mark.parametrize(
    ("level", "said"),
    [(1, "No talking needed"), (2, "Little or no small talk"), (3, "Up to “Some chat”")],
)
def test_the_talking_chip_says_how_much(level: int, said: str) -> None:
    query = SearchQuery("Leith", talking=list(TalkingLevel)[level - 1])

    assert words(chips_on(query)) == [said]


def test_common_wishes_are_offered_until_they_are_asked() -> None:
    offered = words(chips_to_add(SearchQuery("Leith")))
    asked = SearchQuery(
        "Leith",
        radius_miles=25,
        costs=frozenset({CostFilter.FREE}),
        starts_after=time(10),
        can=frozenset({Fact.SIT_AND_WATCH}),
    )

    assert offered == [
        "Within 5 miles",
        "Free",
        "Just turn up",
        "Not before 10:00",
        "Sit and watch",
        "Leave early",
    ]
    assert words(chips_to_add(asked)) == ["Just turn up", "Leave early"]


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (0, "newborn"),
        (1, "1 month"),
        (7, "7 months"),
        (12, "1 year"),
        (18, "18 months"),
        (24, "2 years"),
        (30, "2 and a half years"),
        (40, "3 years 4 months"),
    ],
)
def test_an_age_is_said_as_a_parent_says_it(months: int, said: str) -> None:
    assert age_words(months) == said
