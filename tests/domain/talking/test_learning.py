"""Learned tables follow what was said, carefully."""

from dataclasses import replace
from itertools import pairwise, product
from math import exp, log

import numpy as np
import pytest

from benchmarks.talking.rankings import evidence_of
from benchmarks.talking.worlds import World, live
from finder.domain.talking import learning
from finder.domain.talking.beliefs import STARTING_TABLES, Tables
from finder.domain.talking.expectation import batch_of, expect
from finder.domain.talking.learning import GroupEvidence, learn_tables
from finder.domain.talking.misreport import SHARES, claim_chances, report_chances
from finder.domain.talking.model import posterior, prior_for
from finder.domain.vocabulary import Format, VenueKind

CRAFT, CAFE, OTHER = Format.CRAFT, VenueKind.CAFE, VenueKind.OTHER


def told(level: int, claim: int | None, count: int, kind: VenueKind = OTHER) -> list[GroupEvidence]:
    return [GroupEvidence(CRAFT, kind, claim, [(level, 20.0)] * 5)] * count


def test_without_reports_nothing_is_learned() -> None:
    claims_only = [GroupEvidence(CRAFT, OTHER, 1, [])] * 500

    assert learn_tables([]) == STARTING_TABLES
    assert learn_tables(claims_only) == STARTING_TABLES


def test_a_format_that_parents_find_chatty_is_expected_to_be_chatty() -> None:
    tables = learn_tables(told(4, None, 200))

    assert prior_for(CRAFT, OTHER, tables)[3] > 0.7
    assert prior_for(Format.SINGING, OTHER, tables) == pytest.approx(
        prior_for(Format.SINGING, OTHER), abs=0.04
    )


def test_a_few_groups_change_little() -> None:
    before, after = prior_for(CRAFT, OTHER), prior_for(CRAFT, OTHER, learn_tables(told(5, None, 2)))

    assert after[4] > before[4]
    assert max(abs(a - b) for a, b in zip(before, after, strict=True)) < 0.1


def test_a_kind_of_venue_that_is_louder_is_expected_to_be_louder() -> None:
    tables = learn_tables(told(4, None, 150, CAFE) + told(2, None, 150, VenueKind.LIBRARY))

    assert tables.tilts[CAFE] > STARTING_TABLES.tilts[CAFE]
    assert tables.tilts[VenueKind.LIBRARY] < STARTING_TABLES.tilts[VenueKind.LIBRARY]


def test_a_format_is_not_blamed_for_the_rooms_it_meets_in() -> None:
    """A report that leaves room for doubt is read as louder in a café: that is the café's."""
    learned = [
        learn_tables([GroupEvidence(CRAFT, kind, None, [(3, 400.0)])] * 200).formats[CRAFT]
        for kind in (VenueKind.CINEMA, CAFE)
    ]

    cinema, cafe = (sum(k * p for k, p in enumerate(row, 1)) for row in learned)
    assert cafe < cinema + 0.01


def test_where_organisers_prove_honest_their_word_counts_for_more() -> None:
    honest = learn_tables([t for k in (1, 2, 3, 4, 5) for t in told(k, k, 40)])
    liars = learn_tables([t for k in (1, 2, 3, 4, 5) for t in told(k, 1, 40)])
    prior = prior_for(CRAFT, OTHER)

    chances = [posterior(1, [], prior, tables)[0] for tables in (liars, STARTING_TABLES, honest)]

    assert chances == sorted(chances)
    assert chances[0] < chances[1] < chances[2]


def test_the_order_of_groups_hardly_matters_and_tables_stay_chances() -> None:
    groups = [t for k in (1, 2, 3, 4, 5) for t in told(k, max(1, k - 1), 10)]

    one, other = learn_tables(groups), learn_tables(groups[::-1])

    assert one.organisers == other.organisers
    for name in Format:
        assert one.formats[name] == pytest.approx(other.formats[name])
        assert sum(one.formats[name]) == pytest.approx(1)


def test_what_a_format_is_like_is_not_put_down_to_having_no_kind_of_venue() -> None:
    """Kinds lean against "other", so nothing that is said there can move it."""
    tables = learn_tables(told(5, None, 300))

    assert tables.tilts[OTHER] == STARTING_TABLES.tilts[OTHER]
    assert prior_for(Format.SINGING, OTHER, tables) == pytest.approx(
        prior_for(Format.SINGING, OTHER)
    )


def drawn(groups: int, seed: int = 1, **how: float) -> list[GroupEvidence]:
    """A made-up town whose people are like this."""
    town = World("a town", **how)  # type: ignore[arg-type]
    return evidence_of(live(town, groups, np.random.default_rng(seed)))


def test_where_leaders_change_reports_are_learned_to_age_and_elsewhere_to_last() -> None:
    still, moving = (learn_tables(drawn(3_000, new_leader=share)) for share in (0.0, 0.4))

    assert still.change < 0.05 < STARTING_TABLES.change < moving.change


def test_careful_and_careless_parents_are_told_apart() -> None:
    careful, careless = (learn_tables(drawn(2_000, careless=spread)) for spread in (0.5, 1.0))

    assert careful.parents.spread == pytest.approx(0.5, abs=0.05)
    assert careless.parents.spread == pytest.approx(1.0, abs=0.08)


def test_trolls_are_noticed() -> None:
    honest, trolled = (learn_tables(drawn(2_000, trolls=share)) for share in (0.0, 0.1))

    assert honest.parents.careless < 0.02
    assert trolled.parents.careless > 0.06


def test_parents_who_err_together_are_noticed() -> None:
    apart, together = (learn_tables(drawn(3_000, group_spread=spread)) for spread in (0.0, 0.4))

    assert apart.parents.shared < 0.2
    assert together.parents.shared > 0.4


def test_what_parents_share_is_never_learned_to_be_above_half_a_level() -> None:
    """Above it, level 2 with loud parents would seem louder than level 3 with quiet ones."""
    together = learn_tables(drawn(1_000, group_spread=1.2))

    assert together.parents.shared == 0.5


def test_organisers_who_take_off_more_are_read_so() -> None:
    mild, strong = (learn_tables(drawn(2_000, understate=by, always_1=0)) for by in (0.2, 1.4))

    assert mild.organisers.lean < 0.5
    assert strong.organisers.lean > 1.0


def test_a_small_town_learns_little_of_what_groups_are_like() -> None:
    tables = learn_tables(drawn(150, reviews=2.0))

    for name, row in STARTING_TABLES.formats.items():
        assert tables.formats[name] == pytest.approx(row, abs=0.2)
    for kind, tilt in STARTING_TABLES.tilts.items():
        assert tables.tilts[kind] == pytest.approx(tilt, abs=0.25)


def test_each_round_explains_what_was_said_at_least_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    groups = drawn(400)
    told = batch_of([group for group in groups if group.reports])
    likelihoods = []
    for rounds in (1, 3, 9):
        monkeypatch.setattr(learning, "MOST_ROUNDS", rounds)
        likelihoods.append(expect(told, learn_tables(groups)).likelihood)

    assert likelihoods == sorted(likelihoods)


def test_what_a_batch_is_expected_to_be_is_what_each_group_is_rated_by_the_bare_model() -> None:
    """One claim and three reports, worked out by hand over all paths of levels."""
    tables = replace(STARTING_TABLES, change=0.5)
    group = GroupEvidence(CRAFT, CAFE, 2, [(1, 900.0), (3, 400.0), (3, 400.0)])

    counts = expect(batch_of([group]), tables)

    assert counts.likelihood == pytest.approx(by_all_paths(group, tables))
    assert counts.reports.sum() == pytest.approx(3)
    assert counts.claims.sum() == pytest.approx(1)
    assert counts.draws.sum() == pytest.approx(1 + counts.redrawn.sum())


def by_all_paths(group: GroupEvidence, tables: Tables) -> float:
    """The log of the chance of all that was said of a group with three reports."""
    prior = prior_for(group.format, group.venue_kind, tables)
    chances, claims = report_chances(tables.parents), claim_chances(tables.organisers)
    ages = [*(age for _, age in group.reports), 0.0]
    stays = [exp(-tables.change * (b - a) / 365) for b, a in pairwise(ages)]
    total = 0.0
    for side, share in enumerate(SHARES):
        for path in product(range(5), repeat=4):
            chance = share * prior[path[0]] * claims[path[3]][(group.claim or 0) - 1]
            for (level, _), at in zip(group.reports, path, strict=False):
                chance *= chances[3 * at + side][level - 1]
            for (before, after), stay in zip(pairwise(path), stays, strict=True):
                chance *= stay * (before == after) + (1 - stay) * prior[after]
            total += chance
    return log(total)
