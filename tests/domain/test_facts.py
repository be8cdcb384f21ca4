"""What is known of a fact, and how it reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.fact_words import QUESTIONS, SAYS
from finder.domain.facts import (
    CAN_FACTS,
    NOT_FACTS,
    PARENTS_ONLY,
    VENUE_FACTS,
    Answers,
    Fact,
    Topic,
    probability_of_yes,
)

COUNTS = st.integers(0, 50)
FAIRLY_SURE = 0.75


def test_every_fact_has_its_words_and_no_words_are_left_over() -> None:
    assert set(SAYS) == set(QUESTIONS) == {fact.value for fact in Fact}


def test_a_fact_that_nobody_answered_is_not_known() -> None:
    assert probability_of_yes(Answers()) is None


def test_the_organisers_word_alone_is_probable_and_never_fairly_sure() -> None:
    chance = probability_of_yes(Answers(organiser=True))

    assert chance is not None
    assert 0.5 < chance < FAIRLY_SURE


def test_two_parents_outweigh_the_organiser() -> None:
    chance = probability_of_yes(Answers(organiser=True, parents_no=2))

    assert chance is not None
    assert chance < 0.5


@given(st.sampled_from([None, True, False]), COUNTS, COUNTS)
def test_one_more_yes_never_makes_a_fact_less_likely(
    organiser: bool | None, yes: int, no: int
) -> None:
    before = probability_of_yes(Answers(organiser, yes, no))
    after = probability_of_yes(Answers(organiser, yes + 1, no))

    assert after is not None
    assert before is None or after > before


def test_ten_facts_decide_whether_somebody_goes_and_eight_of_them_are_asked_here() -> None:
    leading = [fact for fact in Fact if fact.topic is Topic.HAVE_TO]

    # The other two, phoning to book and buying a block, are read off booking and cost.
    assert len(leading) == 8


def test_organisers_are_not_asked_about_being_left_out() -> None:
    assert all(not fact.is_asked_of_organisers for fact in PARENTS_ONLY)
    assert Fact.SING.is_asked_of_organisers


@pytest.mark.parametrize("fact", sorted({*CAN_FACTS, *NOT_FACTS, *VENUE_FACTS}))
def test_what_a_search_asks_has_one_bit_of_its_own(fact: Fact) -> None:
    others = [other.bit for other in Fact if other is not fact]

    assert fact.bit not in others
    assert fact.bit.bit_count() == 1
    assert fact.bit < 2**62
