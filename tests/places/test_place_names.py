import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places.build import build
from finder.places.districts import Nearest, Postcodes
from finder.places.gazetteer import Gazetteer
from finder.places.index_files import IndexMissing
from finder.places.open_names import OS_COLUMNS
from finder.places.place_names import load
from finder.places.rules import Choices, Found, NotFound
from finder.places.sources import BadSource
from tests.places import ons

EDINBURGH = "City of Edinburgh"
LEITH = ons.open_names_row("Leith", 327000, 676000, "Suburban Area", "EH6", county=EDINBURGH)
DERVAIG = ons.open_names_row(
    "Dervaigmore", 143100, 752000, "Village", "PA75", name2="Dearbhaig Mhor"
)
ROAD = ons.open_names_row("Great Junction Street", 326700, 676100, "Named Road", type="transport")


@pytest.fixture
def data_dir(tmp_path: Path, gazetteer_path: Path) -> Path:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    return tmp_path


def test_names_of_ordnance_survey_make_more_places_findable(data_dir: Path) -> None:
    assert isinstance(Gazetteer(data_dir).find("Dervaigmore"), NotFound)
    source = ons.open_names_zip(data_dir / "names.zip", [LEITH, DERVAIG, ROAD])
    told: list[tuple[int, int]] = []

    count = load(data_dir, source, lambda *done: told.append(done))

    gazetteer = Gazetteer(data_dir)
    leith, dervaig = gazetteer.find("leith"), gazetteer.find("Dearbhaig Mhor")
    assert count == 2
    assert isinstance(leith, Found)
    assert isinstance(dervaig, Found)
    assert (leith.nation, leith.council_code) == (Nation.SCOTLAND, "S12000036")
    assert dervaig.label == "Dervaigmore"
    assert dervaig.place.latitude == pytest.approx(56.588, abs=0.01)
    assert isinstance(gazetteer.find("Great Junction Street"), NotFound)
    assert told == [(1, 2), (2, 2)]


def test_a_county_tells_namesakes_of_ordnance_survey_apart(data_dir: Path) -> None:
    rows = [
        ons.open_names_row("Blackford Mains", 320000, 670000, "Hamlet", "EH16", county=EDINBURGH),
        ons.open_names_row("Blackford Mains", 289000, 708000, "Hamlet", "PH4", county="Perth"),
    ]
    load(data_dir, ons.open_names_zip(data_dir / "names.zip", rows))

    answer = Gazetteer(data_dir).find("Blackford Mains")

    assert isinstance(answer, Choices)
    labels = [suggestion.label for suggestion in answer.suggestions]
    assert any("City of Edinburgh EH" in label for label in labels)
    assert any("Perth PH4" in label for label in labels)


def test_a_place_of_two_sources_is_offered_once(data_dir: Path) -> None:
    rows = [ons.open_names_row("Pitlochry", 294000, 758100, "Town", "PH16"), LEITH]
    load(data_dir, ons.open_names_zip(data_dir / "names.zip", rows))

    assert isinstance(Gazetteer(data_dir).find("Pitlochry"), Found)


def geonames_zip(path: Path, *rows: str) -> Path:
    """GeoNames' own zip: its readme beside a table without a header."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "not data")
        archive.writestr("GB.txt", "\n".join(rows) + "\n")
    return path


NEWER = "GB\tEH6\tNewshore\tScotland\tSCT\tCity of Edinburgh\t00\t\t\t55.9713\t-3.1723\t4"
SLIP = "GB\tG51\tFarshore\tScotland\tSCT\tCity of Edinburgh\t00\t\t\t55.9713\t-3.1723\t4"


def test_names_of_a_newer_geonames_come_beside_those_of_ordnance_survey(data_dir: Path) -> None:
    load(data_dir, ons.open_names_zip(data_dir / "names.zip", [LEITH, DERVAIG]))

    count = load(data_dir, geonames_zip(data_dir / "GB.zip", NEWER, SLIP))

    gazetteer = Gazetteer(data_dir)
    found = gazetteer.find("Newshore, Edinburgh")
    assert count == 1
    assert isinstance(found, Found)
    assert found.place.latitude == pytest.approx(55.9713)
    assert isinstance(gazetteer.find("Dervaigmore"), Found)
    assert isinstance(gazetteer.find("Farshore"), NotFound)


def test_a_torn_file_of_geonames_changes_nothing(data_dir: Path) -> None:
    load(data_dir, geonames_zip(data_dir / "GB.zip", NEWER))

    with pytest.raises(BadSource, match="not a whole file of GeoNames"):
        load(data_dir, geonames_zip(data_dir / "GB.zip", NEWER, "GB\tEH6"))

    assert isinstance(Gazetteer(data_dir).find("Newshore"), Found)


def test_names_loaded_by_another_release_are_left_out_and_told(data_dir: Path) -> None:
    load(data_dir, ons.open_names_zip(data_dir / "names.zip", [LEITH, DERVAIG]))
    with closing(sqlite3.connect(data_dir / "places.db")) as connection:
        connection.execute("PRAGMA user_version=1")

    gazetteer = Gazetteer(data_dir)

    assert isinstance(gazetteer.find("Leith"), Found)
    assert isinstance(gazetteer.find("Dervaigmore"), NotFound)
    assert gazetteer.unusable() == ["places.db"]


def test_building_postcodes_anew_keeps_the_names_that_were_loaded(tmp_path: Path) -> None:
    source = ons.onspd_zip(tmp_path / "onspd.zip")
    build(tmp_path, source)
    load(tmp_path, ons.open_names_zip(tmp_path / "names.zip", [LEITH, DERVAIG]))

    build(tmp_path, source)

    assert isinstance(Gazetteer(tmp_path).find("Dervaigmore"), Found)


def test_a_wrong_zip_leaves_the_names_as_they_were(data_dir: Path) -> None:
    load(data_dir, ons.open_names_zip(data_dir / "names.zip", [LEITH, DERVAIG]))
    torn = shutil.copy(data_dir / "names.zip", data_dir / "torn.zip")
    Path(torn).write_bytes(Path(torn).read_bytes()[:200])

    with pytest.raises(BadSource, match=r"torn\.zip is not a whole"):
        load(data_dir, Path(torn))
    with pytest.raises(BadSource, match="holds no places"):
        load(data_dir, ons.open_names_zip(data_dir / "roads.zip", [ROAD]))

    assert isinstance(Gazetteer(data_dir).find("Leith"), Found)


def test_names_need_the_postcodes_first(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="Run: finder load-postcodes"):
        load(tmp_path, ons.open_names_zip(tmp_path / "names.zip", [LEITH]))


def test_the_nearest_postcode_is_the_one_that_a_full_scan_finds() -> None:
    chance = np.random.default_rng(7)
    points = np.column_stack(
        (chance.integers(50_000_000, 58_000_000, 3000), chance.integers(-5_000_000, 0, 3000))
    )
    keys = np.array([f"{n:07d}" for n in range(3000)], dtype="S7")
    every = Postcodes(keys, points.astype(np.int32), np.zeros(3000, dtype=np.int32))
    nearest = Nearest(every, ["E1"])

    for latitude, longitude in chance.uniform((50, -5), (58, 0), (100, 2)):
        squeeze = np.cos(np.radians(latitude))
        away = (points[:, 0] / 1e6 - latitude) ** 2
        away += ((points[:, 1] / 1e6 - longitude) * squeeze) ** 2
        key, _council = nearest.to(Place(latitude, longitude))
        assert int(key) == int(np.argmin(away))


def test_the_columns_are_those_that_ordnance_survey_publishes() -> None:
    assert len(OS_COLUMNS) == 34
    assert OS_COLUMNS[2] == "NAME1"
    assert OS_COLUMNS[29] == "COUNTRY"
