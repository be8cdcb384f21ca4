"""Somebody types where they are, and is understood, offline."""

from pathlib import Path

import pytest
from geopy.distance import geodesic
from geopy.exc import GeocoderServiceError

from finder.domain.places import Choices, Found, NotFound
from finder.store.gazetteer import Gazetteer

ODD = """;DROP TABLE|'|"|%|_|*|EH6 7BS EH6 7BT|EH|E|6|67|0|00000|ZZ99 9ZZ|AAAAAAA|A1|<script>|
é|Ynys Môn|🍼|EH6-7BS|eh6.7bs..|(EH6 7BS)|EH6 7BS, Leith|in Leith|near me|here|postcode|null|
None|NaN|nan|-1|1e9|EH6 7|EH6 7B|EH67BSX|GIR 0AA|NPT|NP9|BFPO 1|BX1 1LT|SW1A 1AA|JE2 3AB|GY1 1AA|
IM1 1AA|St|Saint|st. ives|The|of|-|--|...|   |\t|London|london |LONDON|Lndon|Edinbrugh|Newprot|
Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch|a b c d e f g h"""


def found(gazetteer: Gazetteer, text: str) -> Found:
    answer = gazetteer.find(text)
    assert isinstance(answer, Found), answer
    return answer


@pytest.mark.parametrize(
    "typed",
    ["EH6 7BS", "eh67bs", " eh6  7bs. ", "EH6.7BS", "12 Shore, Leith EH6 7BS"],
)
def test_a_full_postcode_is_found_however_it_is_typed(gazetteer: Gazetteer, typed: str) -> None:
    leith = found(gazetteer, typed)

    assert leith.label == "EH6 7BS"
    assert not leith.is_approximate
    assert (leith.place.latitude, leith.place.longitude) == pytest.approx(
        (55.9760, -3.1657), abs=0.0002
    )


def test_an_o_for_a_zero_and_an_i_for_a_one_are_forgiven(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "EHI IBB").label == "EH1 1BB"
    assert found(gazetteer, "SW1A OAA").label == "SW1A 0AA"


@pytest.mark.parametrize("typed", ["EH6", "EH6 7"])
def test_part_of_a_postcode_gives_the_middle_of_what_it_covers(
    gazetteer: Gazetteer, typed: str
) -> None:
    part = found(gazetteer, typed)

    apart = geodesic((55.976, -3.1657), (part.place.latitude, part.place.longitude)).miles
    assert part.is_approximate
    assert apart < 2


def test_belfast_is_in_ireland_and_not_in_cheshire(gazetteer: Gazetteer) -> None:
    belfast = found(gazetteer, "BT1 5GS").place

    assert (belfast.latitude, belfast.longitude) == pytest.approx((54.5966, -5.9301), abs=0.0002)


def test_a_town_is_found_by_its_name(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "hebden bridge").is_approximate


def test_a_name_that_several_places_have_offers_a_choice_that_finds_each(
    gazetteer: Gazetteer,
) -> None:
    answer = gazetteer.find("Newport")

    assert isinstance(answer, Choices)
    assert len(answer.suggestions) >= 2
    places = {found(gazetteer, suggestion.near).place for suggestion in answer.suggestions}
    assert len(places) == len(answer.suggestions)


def test_a_near_miss_is_offered(gazetteer: Gazetteer) -> None:
    answer = gazetteer.find("Hebdon Bridge")

    assert isinstance(answer, NotFound)
    assert "Hebden Bridge" in [suggestion.label for suggestion in answer.suggestions]


@pytest.mark.parametrize(
    ("typed", "island"),
    [("JE2 3AB", "Jersey"), ("GY1 1AA", "Guernsey"), ("IM1 1AA", "Isle of Man")],
)
def test_the_islands_are_told_why_not(gazetteer: Gazetteer, typed: str, island: str) -> None:
    answer = gazetteer.find(typed)

    assert isinstance(answer, NotFound)
    assert island in answer.message


@pytest.mark.parametrize("typed", [part.strip("\n") for part in ODD.split("|")])
def test_odd_things_are_answered_kindly(gazetteer: Gazetteer, typed: str) -> None:
    answer = gazetteer.find(typed)

    assert isinstance(answer, Found | Choices | NotFound)
    if isinstance(answer, NotFound):
        assert answer.message.endswith((".", "?"))


def test_without_an_index_it_says_so_and_does_not_break(tmp_path: Path) -> None:
    answer = Gazetteer(tmp_path).find("EH6 7BS")

    assert isinstance(answer, NotFound)


def test_it_is_a_geopy_geocoder_that_never_uses_the_network(gazetteer: Gazetteer) -> None:
    assert gazetteer.geocode("EH6 7BS").latitude == pytest.approx(55.976, abs=0.001)

    with pytest.raises(GeocoderServiceError):
        gazetteer.adapter.get_json("https://example.org", timeout=1, headers={})
