"""What people type, with what is right: tables, every district of our own, any place at all."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.domain.groups import Place
from finder.places.districts import Districts
from finder.places.gazetteer import Gazetteer
from finder.places.index_files import IndexFile
from finder.places.rules import Choices, Found, kilometres_between
from tests.places.judging import districts, is_near, is_offered, is_right
from tests.support.paths import DATA

HERE = Path(__file__).parent
FIELD = {  # what is right in field_places.csv, as `is_right` reads it
    "Clapham": "SW4?",
    "Dalston": "E8?",
    "Everton": "L6?",
    "Clapham, SW4": "SW4",
    "Beeston": "NG9?",
    "Clifton": "BS8?",
    "Levenshulme": "M19",
    "Harborne": "B17",
    "Roath": "CF24",
    "Govan": "G51",
    "10 Adelaide Street, Stamford, PE9 2EN, GBR": "=PE9 2EN",
    "12 Shore, Leith, Edinburgh EH6 6QN, UK": "=EH6 6QN",
    "liverpool UK": "L1",
    "Leith, Edinburgh, UK": "EH6",
    "Bristol BS8": "BS8",
    "Ashford, Kent": "TN23",
    "EC1": "EC1V",
    "SW1": "SW1H",
    "WC2": "WC2E",
    "Shetland": "ZE2",
    "Orkney": "KW15",
    "Great Ormond Street, London": "WC2N",
    "Perth Road, Dundee": "DD1",
    "BT41 3UB": "BT41",
}
WITHIN_KM = 3.0


@pytest.fixture(scope="module")
def within(gazetteer_dir: Path) -> Districts:
    return districts(gazetteer_dir)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_what_people_typed_in_the_field_is_found_or_asked(
    gazetteer: Gazetteer, within: Districts
) -> None:
    typed = [row["typed"] for row in rows(HERE / "field_places.csv")]

    wrong = [text for text in typed if not is_right(gazetteer, within, text, FIELD[text])]

    assert wrong == []


def test_four_hundred_typed_places_have_the_right_answer(
    gazetteer: Gazetteer, within: Districts
) -> None:
    table = rows(HERE / "typed_places.csv")

    wrong = [
        (row["typed"], row["right"])
        for row in table
        if not is_right(gazetteer, within, row["typed"], row["right"])
    ]

    assert wrong == []
    assert len({row["typed"] for row in table}) >= 400


def test_every_district_of_the_table_stands_in_its_outward_codes(within: Districts) -> None:
    """Each code is live, and within a city's reach of the others of its city."""
    table = rows(DATA / "city_districts.csv")
    middles = {
        city: [
            within.middle(row["outward_codes"].split()[0]) for row in table if row["city"] == city
        ]
        for city in {row["city"] for row in table}
    }

    wrong = []
    for row in table:
        near = [middle for middle in middles[row["city"]] if middle]
        latitude = sorted(middle.latitude for middle in near)[len(near) // 2]
        longitude = sorted(middle.longitude for middle in near)[len(near) // 2]
        reach = 30 if row["city"] == "London" else 18
        for code in row["outward_codes"].split():
            middle = within.middle(code)
            city = Place(latitude, longitude)
            if middle is None or kilometres_between(middle, city) > reach:
                wrong.append((row["name"], row["city"], code))

    assert wrong == []
    assert len({(row["name"], row["city"]) for row in table}) == len(table) >= 600
    assert len(middles) >= 60
    assert all(row["source"] for row in table)


def test_every_district_is_found_by_its_bare_name_or_stands_in_the_choice(
    gazetteer: Gazetteer, within: Districts
) -> None:
    lost = []
    for row in rows(DATA / "city_districts.csv"):
        answer, codes = gazetteer.find(row["name"]), row["outward_codes"].split()
        others = answer.others if isinstance(answer, Found) else ()
        is_there = any(
            is_near(within, answer, code) or is_offered(gazetteer, within, answer, code)
            for code in codes
        ) or any(
            is_near(within, gazetteer.find(one.near), code) for one in others for code in codes
        )
        if not is_there:
            lost.append((row["name"], row["city"]))

    assert lost == []


class Known(list[tuple[str, Place, str, str]]):
    """Every place of the index in the United Kingdom: name, point, outward code, county."""

    def __repr__(self) -> str:
        return f"{len(self):,} places"


@pytest.fixture(scope="module")
def known(gazetteer_dir: Path) -> Known:
    found = IndexFile(gazetteer_dir / "postcodes.db").rows(
        "SELECT name, latitude_e6, longitude_e6, outwards, county FROM place"
        " WHERE nation <> '' AND outwards <> '' ORDER BY id"
    )
    return Known(
        (name, Place(north / 1e6, east / 1e6), outwards.split()[0], county)
        for name, north, east, outwards, county in found
    )


def comes_back(gazetteer: Gazetteer, typed: str, place: Place) -> bool:
    """Whether a place is found within three kilometres, or stands so in the choice or one tap away.

    Crewe in Cheshire is the town of 70,000; the hamlet of the same county is the tap away.
    """
    answer = gazetteer.find(typed)
    points = [answer.place] if isinstance(answer, Found) else []
    offered = answer.others if isinstance(answer, Found) else answer.suggestions
    if isinstance(answer, Found | Choices):
        points += [one.place for one in offered if one.place]
    return any(kilometres_between(place, point) <= WITHIN_KM for point in points)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    st.integers(0, 2**31),
    st.sampled_from([str.upper, str.lower, str.title, str]),
    st.sampled_from(["{}, {}", "{} {}", "{},{}", "{} ({})", " {} ,  {}. ", "{}; {}, UK", "{}/{}"]),
    st.booleans(),
)
def test_any_place_comes_back_by_its_name_with_its_outward_code_or_its_county(
    gazetteer: Gazetteer,
    known: Known,
    number: int,
    cased: Callable[[str], str],
    written: str,
    is_by_county: bool,
) -> None:
    name, place, outward, county = known[number % len(known)]
    added = county if is_by_county and county else outward

    assert comes_back(gazetteer, cased(written.format(name, added)), place), (name, added)
