"""Learned tables follow what was said, carefully."""

import pytest

from finder.domain.talking.beliefs import STARTING_TABLES, prior_for
from finder.domain.talking.learning import GroupEvidence, learn_tables
from finder.domain.talking.rating import posterior
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
