"""How facts read: plain words, no jargon, each its own."""

import pytest

from finder.domain.fact_words import QUESTIONS, SAYS


@pytest.mark.parametrize("word", SAYS)
def test_yes_and_no_read_differently(word: str) -> None:
    yes, no = SAYS[word]

    assert yes != no
    assert not yes.endswith(".")
    assert "!" not in yes + no


@pytest.mark.parametrize("word", QUESTIONS)
def test_a_question_is_a_question(word: str) -> None:
    assert QUESTIONS[word].endswith("?")


def test_no_two_facts_ask_the_same() -> None:
    assert len(set(QUESTIONS.values())) == len(QUESTIONS)
