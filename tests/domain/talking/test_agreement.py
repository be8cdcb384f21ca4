"""What is shown, called sure and agreed on follows from the chances, and from enough parents."""

from hypothesis import given
from hypothesis import strategies as st

from finder.domain.talking.beliefs import Probabilities, Tables
from finder.domain.talking.model import agreed_level, posterior, prior_for, shown_level, sure_level
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind
from tests.domain.talking.tables import (
    Said,
    ages,
    all_tables,
    at_most,
    claims,
    levels,
    priors,
    reports,
)


@given(claims, st.lists(st.tuples(levels, ages), max_size=2), priors(), all_tables)
def test_neither_a_claim_nor_two_parents_ever_count_as_parents_agree(
    claim: int | None, said: Said, prior: Probabilities, tables: Tables
) -> None:
    assert agreed_level(claim, said, prior, tables) is None


@given(claims, priors(), all_tables)
def test_without_a_parent_nothing_is_fairly_sure(
    claim: int | None, prior: Probabilities, tables: Tables
) -> None:
    assert sure_level(posterior(claim, (), prior, tables), parents=0) is None


@given(claims, reports, priors(), levels, all_tables)
def test_parents_agree_only_where_they_would_without_the_organisers_word(
    claim: int | None, said: Said, prior: Probabilities, k: int, tables: Tables
) -> None:
    if (agreed_level(claim, said, prior, tables) or 6) <= k:
        assert at_most(posterior(claim, said, prior, tables), k) >= 0.8
        assert at_most(posterior(None, said, prior, tables), k) >= 0.8
        assert sum(age <= 1_095 for _, age in said) >= 3


@given(claims, reports, priors(), all_tables)
def test_one_more_quiet_parent_of_today_never_ends_an_agreement(
    claim: int | None, said: Said, prior: Probabilities, tables: Tables
) -> None:
    before = agreed_level(claim, said, prior, tables) or 6

    assert (agreed_level(claim, [*said, (1, 0.0)], prior, tables) or 6) <= before


def test_three_loud_parents_are_not_outvoted_by_a_claim_and_a_quiet_format() -> None:
    prior = prior_for(Format.BABY_CINEMA, VenueKind.CINEMA)

    assert (agreed_level(1, [(3, 10), (3, 10), (1, 10)], prior) or 6) > 2
    assert (agreed_level(3, [(2, 10), (2, 10), (1, 10), (2, 10)], prior) or 6) <= 2


def test_a_claim_cannot_tip_doubtful_parents_into_agreement() -> None:
    prior = prior_for(Format.SINGING, VenueKind.OTHER)
    said = [(1, 200.0), (2, 200.0), (4, 200.0)]

    assert at_most(posterior(1, said, prior), 2) > at_most(posterior(None, said, prior), 2)
    assert (agreed_level(1, said, prior) or 6) > 2


def test_long_past_reports_are_no_longer_parents_who_agree() -> None:
    prior = prior_for(Format.SINGING, VenueKind.LIBRARY)

    assert agreed_level(None, [(1, 30)] * 6, prior) == 1
    assert agreed_level(1, [(1, 1_500)] * 6, prior) is None


@given(claims, reports, priors(), levels, all_tables)
def test_the_shown_level_and_the_filter_never_contradict_each_other(
    claim: int | None, said: Said, prior: Probabilities, k: int, tables: Tables
) -> None:
    chances = posterior(claim, said, prior, tables)

    assert (at_most(chances, k) >= 0.5) == (shown_level(chances) <= k)
    # Every group keeps to introductions or less, so that they must be likely by themselves.
    sure = at_most(chances, k) if k < 5 else max(at_most(chances, 4), chances[-1])
    assert (sure >= 0.75) == ((sure_level(chances, parents=1) or 6) <= k)


def test_the_level_named_is_one_of_the_five() -> None:
    chances = posterior(None, [(5, 0.0)] * 9, prior_for(Format.CRAFT, VenueKind.CAFE))

    assert shown_level(chances) is TalkingLevel.INTRODUCTIONS
