"""How pages say numbers, distances, times and chances."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.facts import Fact
from finder.domain.groups import Talking
from finder.domain.nearness import METRES_PER_MILE
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import TalkingLevel, Weekday
from finder.listings.template_filters import away, percents, step_time
from finder.search.rules import Bands, SearchQuery
from finder.search.template_filters import (
    bands_words,
    count_words,
    of_what,
    page_numbers,
    with_age,
    with_time,
)
from tests.support.site import RHYME_TIME


@pytest.mark.parametrize(
    ("miles", "said"),
    [
        (0.01, "Under 0.1 miles, a minute’s walk"),
        (0.4, "0.4 miles, 10 minutes’ walk"),
        (1.0, "1 mile, 25 minutes’ walk"),
        (2.6, "2.6 miles"),
    ],
)
def test_a_walk_is_said_only_where_one_would_walk(miles: float, said: str) -> None:
    assert away(miles * METRES_PER_MILE) == said


def test_one_is_one_and_many_are_many() -> None:
    assert count_words(1, "group", "groups") == "1 group"
    assert count_words(1_204, "group", "groups") == "1,204 groups"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (SearchQuery(""), ""),
        (SearchQuery("", talking=TalkingLevel.HELLO), "a hello or less"),
        (
            SearchQuery("", talking=TalkingLevel.NO_TALKING, is_sure=True),
            "no talking at all, parents agree",
        ),
        (
            SearchQuery(
                "",
                talking=TalkingLevel.HELLO,
                can=frozenset({Fact.SIT_AND_WATCH}),
                must_not=frozenset({Fact.SING}),
            ),
            "a hello or less, sit and watch, no singing",
        ),
    ],
)
def test_a_band_says_of_what(query: SearchQuery, words: str) -> None:
    assert of_what(query) == words
    assert bool(words) == query.asks_what_may_be_unknown


def test_bands_are_counted_in_words() -> None:
    assert bands_words(Bands(4, 6, 9)) == "4 fairly sure, 6 probably, 9 not known"


@given(st.lists(st.floats(0.001, 1), min_size=5, max_size=5))
def test_chances_sum_to_a_hundred_and_stay_near_the_truth(weights: list[float]) -> None:
    chances = tuple(weight / sum(weights) for weight in weights)

    shown = percents(Talking(TalkingLevel.HELLO, chances, "", is_known=True))
    assert sum(percent for _, percent in shown) == 100
    assert all(abs(p - c * 100) < 1 for (_, p), c in zip(shown, chances, strict=True))


def test_steps_have_clock_times_only_where_all_sessions_start_alike() -> None:
    later = Session(Weekday.THU, time(14), time(15))
    both = replace(RHYME_TIME, sessions=(*RHYME_TIME.sessions, later))

    assert [step_time(step, RHYME_TIME) for step in RHYME_TIME.steps] == ["10:30", "10:35", "10:55"]
    assert [step_time(step, both) for step in both.steps] == ["Start", "5 min", "25 min"]


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (4, 9, [1, 2, 3, 4, 5, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_page_numbers_leave_gaps_but_never_for_one_page(
    page: int, pages: int, shown: list[int | None]
) -> None:
    assert page_numbers(page, pages) == shown


def test_a_list_holds_what_was_asked_even_where_it_is_odd() -> None:
    assert 13 in with_age(13)
    assert list(with_time(time(10, 10))) == sorted(with_time(time(10, 10)))
    assert time(10, 10) in with_time(time(10, 10))
