from pathlib import Path

import pytest

from finder.places.areas import counties, read_areas
from finder.places.gazetteer import Gazetteer
from finder.places.index_files import IndexFile
from finder.places.rules import Choices, Covers, Found, NotFound, kilometres_between
from tests.support.paths import DATA


@pytest.mark.parametrize(
    ("typed", "label", "least_km", "most_km"),
    [
        ("Shetland", "Shetland", 20, 60),
        ("Hants", "Hampshire", 30, 60),
        ("Co. Antrim", "County Antrim", 20, 50),
        ("Rutland", "Rutland", 5, 20),
        ("Isle of Skye", "Isle of Skye", 15, 50),
        ("Outer Hebrides", "Western Isles", 50, 130),
    ],
)
def test_a_county_a_council_or_an_island_is_found_with_its_reach(
    gazetteer: Gazetteer, typed: str, label: str, least_km: float, most_km: float
) -> None:
    found = gazetteer.find(typed)

    assert isinstance(found, Found)
    assert (found.label, found.covers) == (label, Covers.AREA)
    assert least_km <= found.reach_km <= most_km
    assert found.is_approximate


def test_the_town_is_meant_where_a_county_bears_its_name_and_the_county_is_a_tap_away(
    gazetteer: Gazetteer,
) -> None:
    found = gazetteer.find("Durham")

    assert isinstance(found, Found)
    assert found.covers is Covers.TOWN
    county = gazetteer.find("County Durham")
    assert isinstance(county, Found)
    assert county.covers is Covers.AREA


@pytest.mark.parametrize("nation", ["Scotland", "Wales", "England", "N. Ireland", "UK"])
def test_a_whole_nation_asks_for_a_town_there(gazetteer: Gazetteer, nation: str) -> None:
    answer = gazetteer.find(nation)

    assert isinstance(answer, NotFound)
    assert answer.message.endswith(" is large. Type a town or a postcode there.")


def test_every_area_of_the_file_has_postcodes(gazetteer_dir: Path) -> None:
    areas = read_areas(DATA / "areas.csv")

    rows = IndexFile(gazetteer_dir / "postcodes.db").rows("SELECT name, reach_m FROM area")

    assert {name for name, _ in rows} == {area.name for area in areas}
    assert all(reach > 0 for _, reach in rows)


def test_every_council_of_the_directory_is_an_area(gazetteer_dir: Path) -> None:
    members = {code for area in read_areas(DATA / "areas.csv") for code in area.members}

    rows = IndexFile(gazetteer_dir / "postcodes.db").rows("SELECT code FROM council")

    assert {code for (code,) in rows if code[:1] in "EWSN"} - members == set()


def test_a_council_is_in_todays_county_never_in_a_former_one() -> None:
    found = counties(read_areas(DATA / "areas.csv"))

    assert found["E06000023"] == "Bristol"
    assert found["E07000105"] == "Kent"
    assert found["W06000022"] == "Newport"


def test_choices_are_told_apart_and_the_largest_comes_first(gazetteer: Gazetteer) -> None:
    answer = gazetteer.find("Clapham")

    assert isinstance(answer, Choices)
    labels = [one.label for one in answer.suggestions]
    assert labels[:2] == ["Clapham, London SW4", "Clapham, near Bedford MK41"]
    assert len(set(labels)) == len(labels)
    assert all(one.place for one in answer.suggestions)


def test_where_one_is_plainly_meant_the_others_stand_one_tap_away(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Barry")

    assert isinstance(found, Found)
    assert found.label == "Barry"
    [angus] = [one for one in found.others if "DD7" in one.label]
    other = gazetteer.find(angus.near)
    assert isinstance(other, Found)
    assert angus.place
    assert kilometres_between(other.place, angus.place) < 1


def test_a_name_that_is_larger_in_jersey_says_so(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("St Helier")

    assert isinstance(found, Found)
    assert "Jersey" in found.note
