"""The evidence reads as plain words, counts parents from three on, and never contradicts itself."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.talking.evidence import (
    NONE_SAID,
    Counts,
    counted_to,
    counts_of,
    difference,
    first_timers,
    sentence,
)
from finder.domain.talking.rating import rate
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind

ONE, TWO, THREE, FOUR, FIVE = TalkingLevel
levels = st.integers(1, 5)
shown = st.sampled_from(TalkingLevel)
claims = st.none() | levels
reports = st.lists(st.tuples(levels, st.floats(0, 2_000)), max_size=30)
PARENTS = re.compile(r"(?:All )?(\d+)(?: of (\d+))? parents: (.+?)\.(?: The other (\d+): (.+)\.)?$")


def said(*levels: int) -> Counts:
    return counts_of(levels)


SENTENCES = [
    (THREE, None, said(), "Nobody has told us. Groups like this usually ask for some chat."),
    (TWO, 1, said(), "The organiser says: no talking at all. No parent has told us yet."),
    (TWO, None, said(1), "One or two parents: no talking at all."),
    (TWO, 2, said(1, 1), "One or two parents: no talking at all."),
    (TWO, None, said(3), "One or two parents: some chat."),
    (TWO, None, said(1, 4), "One or two parents; they don’t agree."),
    (TWO, 1, said(1, 1, 1, 2, 2, 3), "5 of 6 parents: a hello or less."),
    (TWO, None, said(2, 2, 2), "All 3 parents: a hello or less."),
    (ONE, None, said(*[1] * 6, 2), "6 of 7 parents: no talking at all."),
    (TWO, None, said(1, 2, 2, 3, 3), "3 of 5 parents: a hello or less. The other 2: some chat."),
    (
        TWO,
        1,
        said(1, 2, 2, 4, 5),
        "3 of 5 parents: a hello or less. The other 2: a lot of chat or more.",
    ),
    (FIVE, None, said(5, 5, 5, 4), "3 of 4 parents: introductions."),
    (
        FIVE,
        None,
        said(5, 5, 5, 2, 4),
        "3 of 5 parents: introductions. The other 2: a lot of chat or less.",
    ),
    (FOUR, 3, said(4, 4, 5), "2 of 3 parents: a lot of chat or less."),
    (TWO, 1, said(3, 3, 3), "All 3 parents: some chat or less."),
]  # fmt: skip


@pytest.mark.parametrize(("level", "claim", "counts", "words"), SENTENCES)
def test_the_sentence_counts_parents(
    level: TalkingLevel, claim: int | None, counts: Counts, words: str
) -> None:
    assert sentence(level, counts, claim) == words


DIFFERENCES = [
    (TWO, 1, said(1, 1, 1, 1, 2, 2), "We say 2, not 1: two of six were greeted at the door."),
    (TWO, 1, said(1, 1, 1, 2), "We say 2, not 1: one of four was greeted at the door."),
    (TWO, 1, said(1, 1, 1, 2, 2, 3), "We say 2, not 1: three of six were spoken to."),
    (THREE, 1, said(2, 2, 2, 3, 4), "We say 3, not 2: two of five found some chat or more."),
    (FIVE, 1, said(1, 1, 1, 5, 5), "We say 5, not 1: two of five were asked to speak."),
    (ONE, 1, said(1, 1, 2, 2, 2), "We say 1, not 2: two of five had no need to talk."),
    (TWO, 2, said(1, 1, 1), "We say 2, not 1: the organiser says 2."),
    (
        TWO,
        2,
        said(3, 3, 3),
        "We say 2, not 3: we also weigh how old answers are, what is usual in such groups and"
        " what the organiser says.",
    ),
    (
        TWO,
        None,
        said(1, 1, 3, 3),
        "We say 2: 1 and 3 were said equally often, so we weigh all together.",
    ),
    (
        TWO,
        1,
        said(),
        "We say 2, not 1: groups like this often ask a little more than their organisers say.",
    ),
    (ONE, None, said(1, 1, 1, 2, 2, 3, 3), "We say 1, not 2: three of seven had no need to talk."),
    (FIVE, None, said(1, 1, 5, 5), "We say 5, not 1: two of four were asked to speak."),
    (TWO, None, said(2, 2, 2, 1), ""),
    (TWO, None, said(), ""),
    (TWO, None, said(1, 4), ""),
]  # fmt: skip


@pytest.mark.parametrize(("level", "claim", "counts", "words"), DIFFERENCES)
def test_a_level_that_is_not_what_most_said_has_its_reason(
    level: TalkingLevel, claim: int | None, counts: Counts, words: str
) -> None:
    assert difference(level, counts, claim) == words


def test_first_timers_are_counted_apart_from_three_on() -> None:
    counts = said(1, 1, 1, 2, 2, 3)

    assert first_timers(TWO, counts, said(1, 2)) == ""
    assert (
        first_timers(TWO, counts, said(1, 1, 2))
        == "3 of 3 who came for the first time said the same."
    )
    assert (
        first_timers(TWO, counts, said(1, 2, 3))
        == "2 of 3 who came for the first time said the same."
    )
    assert (
        first_timers(ONE, said(1, 1, 1, 2, 2, 2), said(2, 2, 2))
        == "None of the 3 who came for the first time said the same."
    )


@given(
    shown,
    st.lists(levels, max_size=40).map(counts_of),
    claims,
    st.lists(levels, max_size=40).map(counts_of),
)
def test_nothing_counts_one_or_two_parents_in_all(
    level: TalkingLevel, counts: Counts, claim: int | None, first: Counts
) -> None:
    first = NONE_SAID if sum(counts) < sum(first) else first
    words = [sentence(level, counts, claim), difference(level, counts, claim)]

    if sum(counts) < 3:
        assert not any(re.search(r"\d (of|parents)|\b(one|two) of\b", one) for one in words)
        assert first_timers(level, counts, first) == ""
    if sum(first) < 3:
        assert first_timers(level, counts, first) == ""


@given(shown, st.lists(levels, max_size=40).map(counts_of), claims)
def test_every_sentence_is_short_and_plain_and_says_no_season(
    level: TalkingLevel, counts: Counts, claim: int | None
) -> None:
    for words in (sentence(level, counts, claim), difference(level, counts, claim)):
        assert len(words) < 130
        assert "!" not in words
        assert "%" not in words
        assert not words or words.endswith(".")
        assert not re.search(r"spring|summer|autumn|winter|new|last|first time|since", words)


@given(claims, reports, st.sampled_from(Format), st.sampled_from(VenueKind))
def test_headline_counts_and_sentence_agree_for_any_reviews(
    claim: int | None, told: list[tuple[int, float]], name: Format, kind: VenueKind
) -> None:
    """The sentence counts what is drawn, and a level that is another has its reason."""
    talking = rate(claim, told, name, kind)
    counts, level = talking.counts, talking.level

    assert sum(counts) == talking.parents == len(told)
    assert talking.is_known == bool(told or claim)
    if talking.parents >= 3:
        match = PARENTS.fullmatch(talking.sentence)
        assert match, talking.sentence
        kept, total = int(match[1]), int(match[2] or match[1])
        reached = counted_to(level, counts)
        agreeing = counts[4] if reached is FIVE else sum(counts[:reached])
        assert (kept, total, match[3]) == (agreeing, len(told), reached.at_most)
        assert kept * 2 >= total
        assert not match[4] or int(match[4]) == total - kept
        # The headline is the level that is counted to, or a sentence says why it is another.
        assert reached is level or difference(level, counts, claim)


@given(shown, st.lists(levels, min_size=3, max_size=40).map(counts_of), claims)
def test_whatever_a_model_says_another_level_than_most_parents_said_has_its_reason(
    level: TalkingLevel, counts: Counts, claim: int | None
) -> None:
    most = [k for k in TalkingLevel if counts[k - 1] == max(counts)]
    agrees = level in most and counted_to(level, counts) is level

    why = difference(level, counts, claim)

    assert why == "" if agrees else why.startswith(f"We say {int(level)}")


@given(claims, st.lists(st.tuples(levels, st.floats(0, 400)), max_size=2))
def test_without_a_parent_nothing_is_more_than_probable(
    claim: int | None, told: list[tuple[int, float]]
) -> None:
    for name in Format:
        for kind in VenueKind:
            assert not rate(claim, [], name, kind).is_sure


def test_introductions_are_sure_only_where_they_are_likely_themselves() -> None:
    name, kind = Format.STAY_AND_PLAY, VenueKind.OTHER
    split = rate(5, [(5, 10.0), (5, 10.0), (3, 10.0), (2, 10.0)], name, kind)
    alike = rate(5, [(5, 10.0)] * 6, name, kind)

    assert alike.level is FIVE
    assert alike.is_sure
    assert not (split.level is FIVE and split.is_sure and split.probabilities[4] < 0.75)


@pytest.mark.parametrize("level", [0, 6])
def test_a_level_that_is_none_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        counts_of([level])
