"""The talking rating: what it may never do, whatever people say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.talking import (
    agreed_level,
    at_most,
    band,
    parents_agree,
    posterior,
    prior_for,
    rate,
    shown_level,
    sure_level,
)
from finder.domain.vocabulary import Band, Format, TalkingLevel, VenueKind

LEVELS = st.integers(1, 5)
REPORTS = st.lists(st.tuples(LEVELS, st.floats(0, 3000)), max_size=30)
CLAIMS = st.none() | LEVELS
PRIORS = st.builds(prior_for, st.sampled_from(list(Format)), st.sampled_from(list(VenueKind)))
TODAY = 0.0
SINGING = prior_for(Format.SINGING, VenueKind.LIBRARY)


@given(CLAIMS, REPORTS, PRIORS)
def test_the_five_chances_sum_to_one(claim, reports, prior) -> None:  # type: ignore[no-untyped-def]
    chances = posterior(claim, reports, prior)

    assert len(chances) == 5
    assert sum(chances) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in chances)


@given(CLAIMS, REPORTS, PRIORS, st.randoms())
def test_the_order_of_reports_does_not_matter(claim, reports, prior, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(reports)
    random.shuffle(shuffled)

    assert posterior(claim, shuffled, prior) == posterior(claim, reports, prior)


@given(CLAIMS, st.lists(st.tuples(LEVELS, st.just(TODAY)), max_size=20), PRIORS)
def test_one_more_report_of_no_talking_never_makes_a_group_louder(claim, reports, prior) -> None:  # type: ignore[no-untyped-def]
    before = posterior(claim, reports, prior)
    after = posterior(claim, [*reports, (1, TODAY)], prior)

    assert shown_level(after) <= shown_level(before)


@given(LEVELS, LEVELS, CLAIMS, PRIORS)
def test_one_troll_among_ten_moves_the_shown_level_by_at_most_one(  # type: ignore[no-untyped-def]
    level, troll, claim, prior
) -> None:
    honest = [(level, TODAY)] * 9
    before = shown_level(posterior(claim, honest, prior))
    after = shown_level(posterior(claim, [*honest, (troll, TODAY)], prior))

    assert abs(after - before) <= 1


@given(LEVELS, PRIORS, st.lists(st.tuples(LEVELS, st.just(TODAY)), max_size=2), LEVELS)
def test_fewer_than_three_parents_never_agree_whatever_is_claimed(  # type: ignore[no-untyped-def]
    claim, prior, reports, k
) -> None:
    assert not parents_agree(claim, reports, prior, k)


def test_three_parents_who_say_the_same_agree() -> None:
    assert parents_agree(1, [(1, TODAY)] * 5, SINGING, 2)
    assert agreed_level(None, [(1, TODAY)] * 5, SINGING) is not None


def test_a_group_of_which_nobody_spoke_shows_its_formats_usual_level_as_a_guess() -> None:
    talking = rate(None, [], Format.COFFEE_AND_CHAT, VenueKind.CAFE)

    assert not talking.is_known
    assert talking.level >= TalkingLevel.SOME_CHAT
    assert "Nobody has told us" in talking.sentence


def test_the_organisers_word_alone_is_said_to_be_that() -> None:
    assert "Only the organiser" in rate(1, [], Format.SINGING, VenueKind.LIBRARY).sentence


def test_parents_are_counted_in_the_sentence() -> None:
    reports = [(2, TODAY)] * 7 + [(4, TODAY)]
    talking = rate(1, reports, Format.STAY_AND_PLAY, VenueKind.CHURCH_HALL)

    assert talking.sentence.startswith("A hello. 7 of 8 parents say so")
    assert "the organiser says 1" in talking.sentence


def test_fewer_than_three_parents_are_one_or_two() -> None:
    talking = rate(None, [(2, TODAY)], Format.SINGING, VenueKind.LIBRARY)

    assert "ne or two parents" in talking.sentence


@given(CLAIMS, REPORTS, PRIORS)
def test_what_is_shown_and_what_a_filter_finds_agree(claim, reports, prior) -> None:  # type: ignore[no-untyped-def]
    chances = posterior(claim, reports, prior)

    for k in range(1, 6):
        assert (shown_level(chances) <= k) == (at_most(chances, k) >= 0.5) or at_most(
            chances, k
        ) == pytest.approx(0.5)


def test_every_answer_comes_in_one_of_three_bands() -> None:
    sure, torn = (0.9, 0.1, 0, 0, 0), (0.3, 0.3, 0.4, 0, 0)

    assert band(sure, 1) is Band.FAIRLY_SURE
    assert band(torn, 2) is Band.PROBABLY
    assert band(sure, 1, is_known=False) is Band.NOT_KNOWN
    assert sure_level(torn) == 3


def test_a_report_counts_half_after_a_year() -> None:
    fresh = posterior(None, [(5, TODAY)], SINGING)[4]
    old = posterior(None, [(5, 365.0)], SINGING)[4]
    ancient = posterior(None, [(5, 36500.0)], SINGING)[4]

    assert fresh > old > ancient
    assert ancient == pytest.approx(SINGING[4], abs=0.001)


@pytest.mark.parametrize("level", [0, 6, -1])
def test_a_level_that_is_none_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="level"):
        posterior(None, [(level, TODAY)], SINGING)
