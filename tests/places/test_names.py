from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places.gazetteer import Gazetteer
from finder.places.rules import Choices, Found, NamedPlace, NotFound, name_key

HAVEN = NamedPlace("Quiethaven", Place(55.976, -3.166), Nation.SCOTLAND, "S12000036", "EH6 7BS")
UP_THE_ROAD = replace(HAVEN, place=Place(55.970, -3.172), postcode="EH6 8RR")


class Venues:
    """Venues' areas as a test wants them, and the names that were asked for."""

    def __init__(self, *places: NamedPlace) -> None:
        self.places = list(places)
        self.asked: list[set[str]] = []

    def called(self, keys: Collection[str]) -> list[NamedPlace]:
        self.asked.append(set(keys))
        return [place for place in self.places if name_key(place.name) in keys]

    def names(self) -> list[tuple[str, str]]:
        return [(name_key(place.name), place.name) for place in self.places]


def test_a_name_in_several_places_offers_a_choice(gazetteer: Gazetteer) -> None:
    answer = gazetteer.find("newport")

    assert isinstance(answer, Choices)
    labels = [suggestion.label for suggestion in answer.suggestions]
    assert labels[0] == "Newport, Wales NP20"
    assert "Newport, near Telford TF10" in labels
    assert len(set(labels)) == len(labels) >= 6


@pytest.mark.parametrize("name", ["Newport", "Whitchurch", "Newcastle", "Walton", "Richmond"])
def test_each_choice_finds_exactly_its_own_place(gazetteer: Gazetteer, name: str) -> None:
    answer = gazetteer.find(name)
    assert isinstance(answer, Choices)

    again = [gazetteer.find(suggestion.near) for suggestion in answer.suggestions]

    points = {found.place for found in again if isinstance(found, Found)}
    assert len(points) == len(answer.suggestions)


@pytest.mark.parametrize(
    ("typed", "outward_latitude"),
    [
        ("Newport, NP20", 51.588),
        ("Newport (TF10)", 52.767),
        ("Bangor, Wales", 53.228),
        ("Bangor Northern Ireland", 54.65),
        ("Whitchurch near Cardiff", 51.512),
        ("Didsbury, Manchester", 53.417),
    ],
)
def test_more_words_say_which_one(
    gazetteer: Gazetteer, typed: str, outward_latitude: float
) -> None:
    found = gazetteer.find(typed)

    assert isinstance(found, Found)
    assert found.place.latitude == pytest.approx(outward_latitude, abs=0.02)


@pytest.mark.parametrize("typed", ["London", "Cambridge", "Perth", "Poole", "Edinburgh"])
def test_a_city_is_meant_rather_than_a_hamlet_of_its_name(gazetteer: Gazetteer, typed: str) -> None:
    found = gazetteer.find(typed)

    assert isinstance(found, Found)
    assert found.label == typed


def test_a_small_place_is_not_swallowed_by_a_city_spelled_alike(gazetteer: Gazetteer) -> None:
    answer = gazetteer.find("Briston")

    assert isinstance(answer, Choices)
    assert answer.suggestions[0].label.startswith("Briston")


def test_welsh_and_other_names_find_the_same_place(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Caerdydd")

    assert isinstance(found, Found)
    assert (found.label, found.nation) == ("Cardiff", Nation.WALES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Hebdon Bridge", "Hebden Bridge"),
        ("Ukfield", "Uckfield"),
        ("Shetlnd", "Shetland"),
        ("Edinbrugh", "Edinburgh"),
        ("Manchster", "Manchester"),
        ("Pitlochrie", "Pitlochry"),
        ("Newport, Shropshyre", "Newport"),
    ],
)
def test_a_near_miss_is_asked_back(gazetteer: Gazetteer, typed: str, meant: str) -> None:
    answer = gazetteer.find(typed)

    assert isinstance(answer, NotFound)
    ask = "one of these" if len(answer.suggestions) > 1 else meant
    assert answer.message == f"We can't find {typed}. Did you mean {ask}?"
    assert answer.suggestions[0].label == meant
    for suggestion in answer.suggestions:
        assert not isinstance(gazetteer.find(suggestion.near), NotFound)


def test_nothing_like_it_suggests_nothing(gazetteer: Gazetteer) -> None:
    answer = gazetteer.find("qwertyuiop")

    assert answer == NotFound("We can't find qwertyuiop. Check the spelling, or try a postcode.")


def test_a_venue_makes_its_locality_findable(gazetteer_dir: Path) -> None:
    assert isinstance(Gazetteer(gazetteer_dir).find("Quiethaven"), NotFound)

    found = Gazetteer(gazetteer_dir, venue_places=Venues(HAVEN, UP_THE_ROAD)).find("quiethaven")

    assert isinstance(found, Found)
    assert found.place == Place(55.973, -3.169)
    assert (found.nation, found.council_code) == (Nation.SCOTLAND, "S12000036")
    assert found.is_approximate


def test_a_venue_is_a_near_miss_as_well(gazetteer_dir: Path) -> None:
    answer = Gazetteer(gazetteer_dir, venue_places=Venues(HAVEN)).find("Quiethavn")

    assert isinstance(answer, NotFound)
    assert "Quiethaven" in [suggestion.label for suggestion in answer.suggestions]


def test_two_localities_of_one_name_are_a_choice(gazetteer_dir: Path) -> None:
    other = replace(HAVEN, place=Place(57.1, -2.1), postcode="AB10 1AB", council_code="S12000033")
    venues = Venues(HAVEN, UP_THE_ROAD, other)
    gazetteer = Gazetteer(gazetteer_dir, venue_places=venues)

    answer = gazetteer.find("Quiethaven")

    assert isinstance(answer, Choices)
    assert [s.near for s in answer.suggestions] == ["Quiethaven, EH6", "Quiethaven, AB10"]
    assert answer.suggestions[0].label == "Quiethaven, Scotland EH6"
    found = gazetteer.find("Quiethaven, AB10")
    assert isinstance(found, Found)
    assert found.place == other.place


def test_a_known_town_with_our_venues_in_it_is_still_one_town(gazetteer_dir: Path) -> None:
    inside = replace(HAVEN, name="Pitlochry", place=Place(56.71, -3.74), postcode="PH16 5BX")

    answer = Gazetteer(gazetteer_dir, venue_places=Venues(inside)).find("Pitlochry")

    assert isinstance(answer, Found)


def test_a_postcode_never_asks_for_the_venues(gazetteer_dir: Path) -> None:
    venues = Venues(HAVEN)

    Gazetteer(gazetteer_dir, venue_places=venues).find("EH6 7BS")

    assert venues.asked == []


def test_a_city_is_found_without_asking_for_the_venues_in_it(gazetteer_dir: Path) -> None:
    venues = Venues(replace(HAVEN, name="London", place=Place(51.51, -0.13)))

    found = Gazetteer(gazetteer_dir, venue_places=venues).find("London")

    assert isinstance(found, Found)
    assert venues.asked == []


def test_a_name_with_more_said_is_looked_up_among_our_venues_at_once(gazetteer_dir: Path) -> None:
    venues = Venues(HAVEN)

    found = Gazetteer(gazetteer_dir, venue_places=venues).find(
        "Quiethaven near old docks Edinburgh"
    )

    assert isinstance(found, NotFound)
    assert set.union(*venues.asked) >= {
        "quiethaven",
        "quiethaven near",
        "quiethaven near old docks",
    }
    assert len(venues.asked) <= 3


@pytest.mark.parametrize(
    "typed", ["Quiethaven, Edinburgh", "Quiethaven Scotland", "Quiethaven (EH6)"]
)
def test_a_venues_area_is_found_with_more_said(gazetteer_dir: Path, typed: str) -> None:
    away = replace(HAVEN, place=Place(51.2, -0.4), nation=Nation.ENGLAND, postcode="RH5 6AA")
    other = replace(away, council_code="E07000210")

    found = Gazetteer(gazetteer_dir, venue_places=Venues(HAVEN, other)).find(typed)

    assert isinstance(found, Found)
    assert found.place == HAVEN.place


def test_a_venues_area_tells_which_namesake_beside_it_is_meant(gazetteer_dir: Path) -> None:
    beside = replace(HAVEN, name="Harbour Row", place=Place(55.98, -3.17))
    elsewhere = replace(beside, place=Place(51.2, -0.4), nation=Nation.ENGLAND)
    gazetteer = Gazetteer(gazetteer_dir, venue_places=Venues(HAVEN, beside, elsewhere))

    found = gazetteer.find("Harbour Row, Quiethaven")

    assert isinstance(found, Found)
    assert found.place == beside.place
