"""What is believed beforehand: every table is made of chances, and ordered."""

from itertools import pairwise

import pytest

from finder.domain.talking.beliefs import (
    STARTING_FORMATS,
    STARTING_ORGANISERS,
    STARTING_PARENTS,
    STARTING_TILTS,
    Reading,
    Tables,
    log_chances,
    prior_for,
)
from finder.domain.vocabulary import Format, VenueKind


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


@pytest.mark.parametrize(
    "reading",
    [
        STARTING_ORGANISERS,
        STARTING_PARENTS,
        Reading((0.5, 1.5), (1.0, 2.5), sharpness=1.8, lean=-0.7),
        Reading((-0.3, 0.2), (2.0, 4.0), sharpness=0.5, lean=0.9),
    ],
)
def test_a_lower_report_is_always_better_news_whatever_else_was_said(reading: Reading) -> None:
    rows = log_chances(reading)

    for quieter, louder in pairwise(rows):
        odds = [q - x for q, x in zip(quieter, louder, strict=True)]
        assert all(lower >= higher - 1e-12 for lower, higher in pairwise(odds))


def test_organisers_are_read_as_people_who_understate() -> None:
    rows = log_chances(STARTING_ORGANISERS)

    assert rows[2][1] > rows[2][2] > rows[2][3]
