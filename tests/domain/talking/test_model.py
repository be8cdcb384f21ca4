"""The talking model keeps its promises, whatever people say and whatever was learned."""

from itertools import combinations_with_replacement, pairwise, permutations, product
from statistics import median

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from finder.domain.talking.beliefs import (
    Organisers,
    Parents,
    Probabilities,
    Tables,
)
from finder.domain.talking.model import (
    FRESH_DAYS,
    posterior,
    prior_for,
    shown_level,
    weight_of,
)
from finder.domain.vocabulary import Format, VenueKind
from tests.domain.talking.tables import (
    UP_TO,
    Said,
    all_tables,
    at_most,
    claims,
    few_reports,
    formats,
    is_no_louder,
    kinds,
    levels,
    priors,
    reports,
)


@given(claims, reports, priors(), all_tables)
def test_the_five_chances_sum_to_one(
    claim: int | None, said: Said, prior: Probabilities, tables: Tables
) -> None:
    chances = posterior(claim, said, prior, tables)

    assert len(chances) == 5
    assert sum(chances) == pytest.approx(1)
    assert min(chances) >= 0


@given(
    claims,
    reports.flatmap(lambda r: st.tuples(st.just(r), st.permutations(r))),
    priors(),
    all_tables,
)
def test_the_order_of_reading_changes_nothing_at_all(
    claim: int | None, both: tuple[Said, Said], prior: Probabilities, tables: Tables
) -> None:
    said, shuffled = both

    assert posterior(claim, said, prior, tables) == posterior(claim, shuffled, prior, tables)


def test_every_order_of_a_few_reports_gives_the_very_same_numbers() -> None:
    prior = prior_for(Format.SENSORY, VenueKind.COUNCIL)
    said = [(1, 12.3), (1, 800.1), (1, 77.7), (4, 3.3), (2, 411.0)]

    assert len({posterior(2, list(order), prior) for order in permutations(said)}) == 1


CHANGING = Tables(
    parents=Parents(2.0, 0.4, 0.5), organisers=Organisers(0.5, 0.3, 0.001), change=3.0
)
"""Parents who hardly say anything, and an organiser whose word is taken for nearly certain."""


@given(claims, few_reports | reports, priors(), all_tables)
@example(1, [(1, 0.0), (1, 0.0)], prior_for(Format.CRAFT, VenueKind.CAFE), CHANGING)
@example(2, [(2, 0.0), (4, 0.0)], prior_for(Format.CRAFT, VenueKind.CAFE), CHANGING)
def test_one_more_quiet_report_of_today_never_makes_a_group_louder(
    claim: int | None, said: Said, prior: Probabilities, tables: Tables
) -> None:
    before = posterior(claim, said, prior, tables)

    after = posterior(claim, [*said, (1, 0.0)], prior, tables)

    assert is_no_louder(after, than=before)


@given(claims, few_reports | reports, priors(), all_tables)
@example(5, [(5, 0.0), (5, 0.0)], prior_for(Format.CRAFT, VenueKind.CAFE), CHANGING)
def test_one_more_report_of_introductions_today_never_makes_a_group_quieter(
    claim: int | None, said: Said, prior: Probabilities, tables: Tables
) -> None:
    before = posterior(claim, said, prior, tables)

    after = posterior(claim, [*said, (5, 0.0)], prior, tables)

    assert is_no_louder(before, than=after)


@given(claims, few_reports | reports, priors(), st.tuples(levels, levels), all_tables)
def test_a_quieter_answer_of_today_never_makes_a_group_louder_than_a_louder_one(
    claim: int | None,
    said: Said,
    prior: Probabilities,
    answers: tuple[int, int],
    tables: Tables,
) -> None:
    quieter = posterior(claim, [*said, (min(answers), 0.5)], prior, tables)
    louder = posterior(claim, [*said, (max(answers), 0.5)], prior, tables)

    assert is_no_louder(quieter, than=louder)


@given(few_reports | reports, priors(), st.tuples(levels, levels), all_tables)
def test_a_quieter_claim_never_makes_a_group_louder(
    said: Said, prior: Probabilities, answers: tuple[int, int], tables: Tables
) -> None:
    quieter = posterior(min(answers), said, prior, tables)
    louder = posterior(max(answers), said, prior, tables)

    assert is_no_louder(quieter, than=louder)


@given(
    claims,
    st.lists(st.tuples(levels, st.floats(0, FRESH_DAYS)), min_size=3, max_size=12),
    priors(),
    all_tables,
)
def test_the_level_shown_is_at_most_one_from_the_middle_of_what_parents_said(
    claim: int | None, said: Said, prior: Probabilities, tables: Tables
) -> None:
    """With three reports or more of the last year, of which each still weighs over half."""
    fresh = [(level, age) for level, age in said if weight_of(age, tables) > 0.5]
    if len(fresh) < 3:
        return

    shown = shown_level(posterior(claim, fresh, prior, tables))

    assert abs(shown - median(level for level, _ in fresh)) <= 1


def test_an_organiser_no_longer_outvotes_four_parents() -> None:
    prior = prior_for(Format.SINGING, VenueKind.CHURCH_HALL)

    chances = posterior(2, [(1, 10.0), (1, 20.0), (1, 30.0), (2, 40.0)], prior)

    assert shown_level(chances) == 1


@given(levels)
def test_from_the_third_parent_on_a_claim_counts_half(claim: int) -> None:
    """What the claim adds, as odds of neighbouring levels, is the root of what it added before."""
    prior = prior_for(Format.CRAFT, VenueKind.CAFE)
    two = [(2, 10.0), (3, 20.0)]
    three = [*two, (3, 30.0)]

    def odds(said: Said, of: int | None) -> list[float]:
        return [a / b for a, b in pairwise(posterior(of, said, prior))]

    whole = [a / b for a, b in zip(odds(two, claim), odds(two, None), strict=True)]
    half = [a / b for a, b in zip(odds(three, claim), odds(three, None), strict=True)]

    assert half == pytest.approx([factor**0.5 for factor in whole], rel=1e-6)


@given(claims, priors(), levels)
def test_six_fresh_parents_who_say_the_same_outweigh_any_claim_and_format(
    claim: int | None, prior: Probabilities, level: int
) -> None:
    assert abs(shown_level(posterior(claim, [(level, 10)] * 6, prior)) - level) <= 1


@given(claims, formats, kinds, levels)
def test_six_fresh_parents_are_believed_against_any_format_of_ours(
    claim: int | None, name: Format, kind: VenueKind, level: int
) -> None:
    assert shown_level(posterior(claim, [(level, 10)] * 6, prior_for(name, kind))) == level


def test_one_troll_among_ten_moves_the_shown_level_by_at_most_one() -> None:
    """Whoever claims what, where the nine others are at most two levels apart: every case."""
    names = (Format.BABY_CINEMA, Format.STAY_AND_PLAY, Format.ANTENATAL_OR_POSTNATAL)
    for name, claim in product(names, (None, 1, 3, 5)):
        prior = prior_for(name, VenueKind.OTHER)
        for nine in combinations_with_replacement(UP_TO, 9):
            if max(nine) - min(nine) > 2:
                continue
            said = [(level, 0.0) for level in nine]
            without = shown_level(posterior(claim, said, prior))
            quietest, loudest = (
                shown_level(posterior(claim, [*said, (tenth, 0.0)], prior)) for tenth in (1, 5)
            )
            assert quietest <= without <= loudest, (name, claim, nine)
            assert loudest - quietest <= 1, (name, claim, nine)


def test_where_nothing_ever_changes_an_old_report_keeps_its_worth() -> None:
    prior = prior_for(Format.STAY_AND_PLAY, VenueKind.COUNCIL)
    still = Tables(change=0.002)

    old, new = (posterior(None, [(1, age)], prior, still) for age in (900.0, 0.0))

    assert old == pytest.approx(new, abs=0.01)


def test_where_leaders_change_an_old_report_is_forgotten() -> None:
    prior = prior_for(Format.STAY_AND_PLAY, VenueKind.COUNCIL)

    old = posterior(None, [(1, 2_000.0)], prior, Tables(change=2.0))

    assert old == pytest.approx(prior, abs=0.001)


def test_a_new_leader_is_noticed_though_more_parents_spoke_of_the_old_one() -> None:
    prior = prior_for(Format.SINGING, VenueKind.LIBRARY)

    assert shown_level(posterior(1, [(1, 900)] * 8 + [(4, 20)] * 4, prior)) > 2


def test_parents_of_one_group_who_err_together_never_make_it_certain() -> None:
    """Forty who say 2 of a group of chatty parents: it may be 3, with all erring to one side."""
    prior = prior_for(Format.CRAFT, VenueKind.LIBRARY)
    together, apart = (Tables(parents=Parents(0.9, 0.03, shared)) for shared in (0.5, 0.0))
    said = [(2, 5.0), (3, 5.0)] * 20

    unsure, sure = (max(posterior(None, said, prior, tables)) for tables in (together, apart))

    assert unsure < sure


@pytest.mark.parametrize("age", [-1.0, 0.0, 0.9])
def test_a_report_of_tomorrow_or_of_the_last_hours_counts_as_of_today(age: float) -> None:
    prior = prior_for(Format.CRAFT, VenueKind.LIBRARY)

    assert posterior(None, [(2, age)], prior) == posterior(None, [(2, 0)], prior)


def test_organisers_understate_so_a_claim_of_one_counts_for_less_than_a_parents() -> None:
    prior = prior_for(Format.STAY_AND_PLAY, VenueKind.CHURCH_HALL)

    claimed, reported = posterior(1, [], prior), posterior(None, [(1, 0)], prior)

    assert at_most(claimed, 1) < at_most(reported, 1)


@pytest.mark.parametrize(("claim", "said"), [(0, []), (6, []), (None, [(0, 1.0)]), (2, [(6, 1.0)])])
def test_a_level_that_is_none_is_refused(claim: int | None, said: Said) -> None:
    with pytest.raises(ValueError, match="a talking level is 1 to 5"):
        posterior(claim, said, prior_for(Format.CRAFT, VenueKind.CAFE))
