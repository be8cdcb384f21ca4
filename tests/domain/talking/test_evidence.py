"""The evidence reads as plain words, and never counts fewer than three parents."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.talking.evidence import evidence, sentence
from finder.domain.vocabulary import Format, TalkingLevel

ONE, TWO, THREE, FOUR, FIVE = TalkingLevel
SINGING = Format.SINGING


def said(*levels: int, age: float = 30) -> list[tuple[int, float]]:
    return [(level, age) for level in levels]


CASES = [
    (TWO, None, [], "Nobody has told us yet. Singing groups are usually like this."),
    (TWO, 2, [], "Only the organiser’s word so far."),
    (TWO, 1, [], "Only the organiser’s word so far. They say 1; groups often ask a little more."),
    (TWO, 1, said(2), "A hello. One or two parents say so; the organiser says 1."),
    (TWO, None, said(2, 2), "A hello. One or two parents say so."),
    (TWO, None, said(4), "A hello. One or two parents have told us."),
    (TWO, None, said(2, 2, 3), "A hello. Most parents say so."),
    (TWO, None, said(2, 2, 2), "A hello. All 3 parents say so."),
    (TWO, 2, said(2, 2, 2), "A hello. All 3 parents say so; so does the organiser."),
    (TWO, 1, said(*[2] * 7, 3), "A hello. 7 of 8 parents say so; the organiser says 1."),
    (TWO, None, said(1, 1, 2, 3), "A hello. 4 parents say from 1 to 3."),
    (TWO, None, said(1, 1, 1), "A hello. All 3 parents say 1."),
    (
        THREE,
        1,
        said(1, 2, 5, 5),
        "Parents disagree: some found it quiet, some were asked to introduce themselves.",
    ),
    (THREE, 1, said(1, 2, 4, 5), "Parents disagree: some found it quiet, some found it chatty."),
    (ONE, None, said(*[1] * 9, 5), "No talking needed. 9 of 10 parents say so."),
    (
        ONE,
        None,
        said(1, 1, 1, age=800),
        "No talking needed. All 3 parents say so. That was over two years ago.",
    ),
]


@pytest.mark.parametrize(("level", "claim", "reports", "words"), CASES)
def test_the_evidence_reads_so(
    level: TalkingLevel, claim: int | None, reports: list[tuple[int, float]], words: str
) -> None:
    assert sentence(level, claim, reports, SINGING) == words


def test_a_page_that_shows_the_level_beside_it_does_not_say_it_twice() -> None:
    assert evidence(TWO, 1, said(2, 2, 2), SINGING) == (
        "All 3 parents say so; the organiser says 1."
    )


@pytest.mark.parametrize("name", Format)
def test_every_format_has_a_word_for_its_groups(name: Format) -> None:
    assert sentence(TWO, None, [], name).endswith("s are usually like this.")


@given(
    st.sampled_from(TalkingLevel),
    st.none() | st.integers(1, 5),
    st.lists(st.tuples(st.integers(1, 5), st.floats(0, 2_000)), max_size=12),
    st.sampled_from(Format),
)
def test_it_is_short_plain_and_never_counts_one_or_two_parents(
    level: TalkingLevel, claim: int | None, reports: list[tuple[int, float]], name: Format
) -> None:
    words = sentence(level, claim, reports, name)

    assert len(words) < 120
    assert "!" not in words
    assert words.endswith(".")
    assert not re.search(r"\b[0-2] (of|parents)\b", words)
