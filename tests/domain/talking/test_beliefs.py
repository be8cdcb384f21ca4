"""What is believed beforehand: every table is made of chances, and ordered."""

from itertools import pairwise

import pytest
from hypothesis import given

from finder.domain.talking.beliefs import (
    STARTING_FORMATS,
    STARTING_TILTS,
    Organisers,
    Parents,
    Tables,
)
from finder.domain.talking.misreport import (
    claim_chances,
    claim_weights,
    ordered,
    report_chances,
    report_weights,
)
from finder.domain.talking.model import prior_for
from finder.domain.vocabulary import Format, VenueKind
from tests.domain.talking.tables import organisers, parents


def test_every_format_and_kind_of_venue_has_a_row() -> None:
    assert set(STARTING_FORMATS) == set(Format)
    assert set(STARTING_TILTS) == set(VenueKind)


@pytest.mark.parametrize("name", Format)
def test_every_formats_row_is_written_so_that_it_sums_to_one(name: Format) -> None:
    assert sum(STARTING_FORMATS[name]) == pytest.approx(1, abs=1e-9)
    assert min(STARTING_FORMATS[name]) > 0


@pytest.mark.parametrize("kind", VenueKind)
def test_a_group_anywhere_has_chances_that_sum_to_one(kind: VenueKind) -> None:
    assert sum(prior_for(Format.SINGING, kind)) == pytest.approx(1)


def test_singing_and_swimming_are_usually_quieter_than_coffee_and_chat() -> None:
    chatty = prior_for(Format.COFFEE_AND_CHAT, VenueKind.OTHER)

    for name in (Format.SINGING, Format.SWIMMING):
        quiet = prior_for(name, VenueKind.OTHER)
        assert sum(quiet[:2]) > 0.6
        assert sum(chatty[:2]) < 0.25


def test_a_library_is_quieter_than_a_cafe_for_the_same_format() -> None:
    library = prior_for(Format.STORY_TIME, VenueKind.LIBRARY)
    cafe = prior_for(Format.STORY_TIME, VenueKind.CAFE)

    assert all(sum(library[:k]) > sum(cafe[:k]) for k in (1, 2, 3, 4))


def test_a_format_that_learned_tables_lack_counts_as_other() -> None:
    tables = Tables(formats={Format.OTHER: (0.1, 0.2, 0.4, 0.2, 0.1)}, tilts={})

    assert prior_for(Format.ANIMALS, VenueKind.CAFE, tables) == pytest.approx(
        (0.1, 0.2, 0.4, 0.2, 0.1)
    )


@given(parents, organisers)
def test_what_people_say_is_made_of_chances(one: Parents, other: Organisers) -> None:
    for row in (*report_chances(one), *claim_chances(other)):
        assert sum(row) == pytest.approx(1)
        assert min(row) > 0


@given(parents, organisers)
def test_a_lower_report_is_always_better_news_whatever_else_was_said(
    one: Parents, other: Organisers
) -> None:
    for rows in (ordered(report_chances(one)), ordered(claim_chances(other))):
        for quieter, louder in pairwise(rows):
            odds = [q - x for q, x in zip(quieter, louder, strict=True)]
            assert all(lower >= higher - 1e-12 for lower, higher in pairwise(odds))


def test_careless_reports_alone_would_make_a_five_better_news_than_a_four() -> None:
    """Why rows are put in order: one parent in ten says 1 or 5 whatever is so."""
    rows = report_chances(Parents(spread=0.75, careless=0.1, shared=0.0))
    two, three = rows[4], rows[7]

    assert two[4] / three[4] > two[3] / three[3]


def test_organisers_are_read_as_people_who_understate() -> None:
    at_three = claim_chances(Tables().organisers)[2]

    assert at_three[1] + at_three[0] > at_three[3] + at_three[4]
    assert at_three[1] > at_three[3]


def test_weights_are_worked_out_once_for_the_same_numbers() -> None:
    tables = Tables()

    assert report_weights(tables.parents) is report_weights(Tables().parents)
    assert claim_weights(tables.organisers) is claim_weights(Tables().organisers)
