"""The talking rating keeps its promises, whatever people say."""

from itertools import combinations_with_replacement, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.talking.beliefs import Probabilities, Tables, prior_for
from finder.domain.talking.rating import (
    agreed_level,
    posterior,
    rate,
    shown_level,
    sure_level,
)
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind

levels = st.integers(1, 5)
ages = st.floats(0, 4_000)
reports = st.lists(st.tuples(levels, ages), max_size=30)
claims = st.none() | levels
priors = st.builds(prior_for, st.sampled_from(Format), st.sampled_from(VenueKind))
UP_TO = (1, 2, 3, 4, 5)
A_BIT = 1e-9


def at_most(chances: Probabilities, k: int) -> float:
    """The chance that the level is k or lower."""
    return 1.0 if k == UP_TO[-1] else sum(chances[:k])


def parents_agree(
    claim: int | None, said: list[tuple[int, float]], prior: Probabilities, k: int
) -> bool:
    """Whether parents agree that the group asks for at most level k."""
    return (agreed_level(claim, said, prior) or 6) <= k


@given(claims, reports, priors)
def test_the_five_chances_sum_to_one(
    claim: int | None, said: list[tuple[int, float]], prior: Probabilities
) -> None:
    chances = posterior(claim, said, prior)

    assert len(chances) == 5
    assert sum(chances) == pytest.approx(1)
    assert min(chances) >= 0


@given(claims, reports.flatmap(lambda r: st.tuples(st.just(r), st.permutations(r))), priors)
def test_the_order_of_reports_changes_nothing_at_all(
    claim: int | None,
    both: tuple[list[tuple[int, float]], list[tuple[int, float]]],
    prior: Probabilities,
) -> None:
    said, shuffled = both

    assert posterior(claim, said, prior) == posterior(claim, shuffled, prior)


@given(claims, reports, priors, ages)
def test_one_more_quiet_report_never_makes_a_group_louder(
    claim: int | None, said: list[tuple[int, float]], prior: Probabilities, age: float
) -> None:
    before = posterior(claim, said, prior)

    after = posterior(claim, [*said, (1, age)], prior)

    assert all(at_most(after, k) >= at_most(before, k) - A_BIT for k in UP_TO)
    assert shown_level(after) <= shown_level(before)


@given(claims, reports, priors, ages)
def test_one_more_report_of_introductions_never_makes_a_group_quieter(
    claim: int | None, said: list[tuple[int, float]], prior: Probabilities, age: float
) -> None:
    before = posterior(claim, said, prior)

    after = posterior(claim, [*said, (5, age)], prior)

    assert all(at_most(after, k) <= at_most(before, k) + A_BIT for k in UP_TO)


@given(claims, reports, priors, ages, st.tuples(levels, levels))
def test_a_quieter_answer_in_place_of_a_louder_one_never_makes_a_group_louder(
    claim: int | None,
    said: list[tuple[int, float]],
    prior: Probabilities,
    age: float,
    answers: tuple[int, int],
) -> None:
    quieter = posterior(claim, [*said, (min(answers), age)], prior)
    louder = posterior(claim, [*said, (max(answers), age)], prior)

    assert all(at_most(quieter, k) >= at_most(louder, k) - A_BIT for k in UP_TO)


@given(reports, priors, st.tuples(levels, levels))
def test_a_quieter_claim_never_makes_a_group_louder(
    said: list[tuple[int, float]], prior: Probabilities, answers: tuple[int, int]
) -> None:
    quieter = posterior(min(answers), said, prior)
    louder = posterior(max(answers), said, prior)

    assert all(at_most(quieter, k) >= at_most(louder, k) - A_BIT for k in UP_TO)


@given(claims, priors, levels)
def test_six_fresh_parents_who_say_the_same_outweigh_any_claim_and_format(
    claim: int | None, prior: Probabilities, level: int
) -> None:
    assert shown_level(posterior(claim, [(level, 10)] * 6, prior)) == level


def test_one_troll_among_ten_moves_the_shown_level_by_at_most_one() -> None:
    """Whatever the nine others said, whoever claims what: every case there is."""
    formats = (Format.BABY_CINEMA, Format.STAY_AND_PLAY, Format.ANTENATAL_OR_POSTNATAL)
    for name, claim in product(formats, (None, 1, 3, 5)):
        prior = prior_for(name, VenueKind.OTHER)
        for nine in combinations_with_replacement(UP_TO, 9):
            said = [(level, 0.0) for level in nine]
            without = shown_level(posterior(claim, said, prior))
            quietest, loudest = (
                shown_level(posterior(claim, [*said, (tenth, 0.0)], prior)) for tenth in (1, 5)
            )
            assert quietest <= without <= loudest, (name, claim, nine)
            assert loudest - quietest <= 1, (name, claim, nine)


@given(
    st.integers(1, 4),
    st.lists(st.tuples(st.integers(0, 1), st.floats(0, 365)), min_size=9, max_size=9),
    st.tuples(levels, levels),
    claims,
    priors,
)
def test_where_nine_agree_to_a_level_it_hardly_matters_what_the_tenth_says(
    low: int,
    nine: list[tuple[int, float]],
    tenth: tuple[int, int],
    claim: int | None,
    prior: Probabilities,
) -> None:
    said = [(low + more, age) for more, age in nine]

    one, other = (shown_level(posterior(claim, [*said, (t, 0)], prior)) for t in tenth)

    assert abs(one - other) <= 1


@given(st.sampled_from(Format), st.sampled_from(VenueKind))
def test_a_group_nobody_spoke_of_shows_its_formats_usual_level_as_a_guess(
    name: Format, kind: VenueKind
) -> None:
    talking = rate(None, [], name, kind)

    assert talking.probabilities == pytest.approx(prior_for(name, kind))
    assert talking.level == shown_level(prior_for(name, kind))
    assert not talking.is_known
    usual = talking.level.asks
    assert talking.sentence == f"Nobody has told us. Groups like this usually ask for {usual}."


@given(claims, st.lists(st.tuples(levels, ages), max_size=2), priors, levels)
def test_neither_a_claim_nor_two_parents_ever_count_as_parents_agree(
    claim: int | None, said: list[tuple[int, float]], prior: Probabilities, k: int
) -> None:
    assert not parents_agree(claim, said, prior, k)


@given(claims, reports, priors, levels)
def test_parents_agree_only_where_they_would_without_the_organisers_word(
    claim: int | None, said: list[tuple[int, float]], prior: Probabilities, k: int
) -> None:
    if parents_agree(claim, said, prior, k):
        assert at_most(posterior(claim, said, prior), k) >= 0.8
        assert at_most(posterior(None, said, prior), k) >= 0.8
        assert sum(age <= 1_095 for _, age in said) >= 3


def test_three_loud_parents_are_not_outvoted_by_a_claim_and_a_quiet_format() -> None:
    prior = prior_for(Format.BABY_CINEMA, VenueKind.CINEMA)

    assert not parents_agree(1, [(3, 10), (3, 10), (1, 10)], prior, 2)
    assert parents_agree(3, [(2, 10), (2, 10), (1, 10), (2, 10)], prior, 2)


def test_a_claim_cannot_tip_doubtful_parents_into_agreement() -> None:
    prior = prior_for(Format.SINGING, VenueKind.OTHER)
    said = [(1, 200.0), (2, 200.0), (4, 200.0)]

    assert at_most(posterior(1, said, prior), 2) >= 0.8
    assert not parents_agree(1, said, prior, 2)


def test_long_past_reports_are_no_longer_parents_who_agree() -> None:
    prior = prior_for(Format.SINGING, VenueKind.LIBRARY)

    assert agreed_level(None, [(1, 30)] * 6, prior) == 1
    assert agreed_level(1, [(1, 1_500)] * 6, prior) is None


@given(claims, reports, priors, ages)
def test_one_more_quiet_parent_never_ends_an_agreement(
    claim: int | None, said: list[tuple[int, float]], prior: Probabilities, age: float
) -> None:
    before = agreed_level(claim, said, prior) or 6

    assert (agreed_level(claim, [*said, (1, age)], prior) or 6) <= before


@given(claims, reports, priors, levels)
def test_the_shown_level_and_the_filter_never_contradict_each_other(
    claim: int | None, said: list[tuple[int, float]], prior: Probabilities, k: int
) -> None:
    chances = posterior(claim, said, prior)

    assert (at_most(chances, k) >= 0.5) == (shown_level(chances) <= k)
    assert (at_most(chances, k) >= 0.75) == (sure_level(chances) <= k)
    assert shown_level(chances) <= sure_level(chances)


def test_old_reports_count_half_after_a_year() -> None:
    prior = prior_for(Format.STAY_AND_PLAY, VenueKind.COUNCIL)

    assert posterior(None, [(1, 365)] * 2, prior) == pytest.approx(posterior(None, [(1, 0)], prior))


def test_a_new_leader_is_noticed_though_more_parents_spoke_of_the_old_one() -> None:
    prior = prior_for(Format.SINGING, VenueKind.LIBRARY)

    assert shown_level(posterior(1, [(1, 900)] * 8 + [(4, 20)] * 4, prior)) > 2


def test_a_report_dated_tomorrow_counts_as_today() -> None:
    prior = prior_for(Format.CRAFT, VenueKind.LIBRARY)

    assert posterior(None, [(2, -1)], prior) == posterior(None, [(2, 0)], prior)


def test_organisers_understate_so_a_claim_of_one_counts_for_less_than_a_parents() -> None:
    prior = prior_for(Format.STAY_AND_PLAY, VenueKind.CHURCH_HALL)

    claimed, reported = posterior(1, [], prior), posterior(None, [(1, 0)], prior)

    assert at_most(claimed, 1) < at_most(reported, 1)


@pytest.mark.parametrize("name", Format)
def test_an_organiser_who_owns_up_to_talking_is_not_shown_as_quieter(name: Format) -> None:
    for claim in UP_TO:
        assert rate(claim, [], name, VenueKind.OTHER).level >= min(claim, 4)


@pytest.mark.parametrize("level", [0, 6, -1])
def test_a_level_outside_one_to_five_is_refused(level: int) -> None:
    prior = prior_for(Format.CRAFT, VenueKind.LIBRARY)

    with pytest.raises(ValueError, match="1 to 5"):
        posterior(level, [], prior)
    with pytest.raises(ValueError, match="1 to 5"):
        posterior(None, [(level, 0)], prior)


def test_rating_brings_all_that_a_page_shows() -> None:
    talking = rate(1, [(2, 40)] * 7 + [(3, 90)], Format.SINGING, VenueKind.LIBRARY)

    assert talking.level is TalkingLevel.HELLO
    assert talking.sentence == "7 of 8 parents: a hello or less."
    assert talking.is_known
    assert (talking.parents, talking.claimed_level) == (8, TalkingLevel.NO_TALKING)


def test_learned_tables_change_what_is_believed() -> None:
    loud = Tables(formats={Format.SINGING: (0.02, 0.08, 0.2, 0.3, 0.4)})

    assert rate(None, [], Format.SINGING, VenueKind.OTHER, loud).level >= 4


def test_every_order_of_a_few_reports_gives_the_very_same_numbers() -> None:
    prior = prior_for(Format.SENSORY, VenueKind.COUNCIL)
    said = [(1, 12.3), (1, 800.1), (1, 77.7), (4, 3.3), (2, 411.0)]

    assert len({posterior(2, list(order), prior) for order in permutations(said)}) == 1
