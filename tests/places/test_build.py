import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from finder.places.build import build, degrees, is_built
from finder.places.gazetteer import Gazetteer
from finder.places.rules import Covers, Found, NotFound
from finder.places.sources import BadSource
from tests.places import ons

SLOW = """
import sys, time
from pathlib import Path
from finder.places.build import build

def hang(done, total):
    print(done, flush=True)
    time.sleep(60)

build(Path(sys.argv[1]), Path(sys.argv[2]), hang)
"""


def test_a_newer_directory_of_the_ons_takes_the_place_of_the_package(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    count = build(tmp_path, ons.onspd_zip(tmp_path / "onspd.zip"), lambda *done: told.append(done))

    gazetteer = Gazetteer(tmp_path)
    leith, belfast = gazetteer.find("EH6 7BS"), gazetteer.find("BT1 5GS")
    assert count == 4
    assert isinstance(leith, Found)
    assert isinstance(belfast, Found)
    assert leith.place.latitude == pytest.approx(55.9760, abs=0.0002)
    assert belfast.place.longitude == pytest.approx(-5.9301, abs=0.0002)
    assert isinstance(gazetteer.find("E1 0AB"), Found)
    assert isinstance(gazetteer.find("JE2 3AB"), NotFound)
    assert told[-1] == (100, 100)


def test_a_gazetteer_that_knew_a_postcode_learns_where_the_newer_index_has_it(
    tmp_path: Path,
) -> None:
    gazetteer = Gazetteer(tmp_path)
    found = []
    for row in (ons.LEITH, ("EH6 7BS", "327350", "677499", "S12000036")):
        build(tmp_path, ons.onspd_zip(tmp_path / "onspd.zip", rows=[row]))
        found.append(gazetteer.find("EH6 7BS"))

    before, after = found
    assert isinstance(before, Found)
    assert isinstance(after, Found)
    assert after.place.latitude - before.place.latitude == pytest.approx(0.009, abs=0.0002)


def test_a_postcode_without_coordinates_never_bends_a_centre(tmp_path: Path) -> None:
    blank = ("EH6 7ZZ", "", "", "S12000036")
    build(tmp_path, ons.onspd_zip(tmp_path / "onspd.zip", rows=[ons.LEITH, blank]))

    district, full = Gazetteer(tmp_path).find("EH6"), Gazetteer(tmp_path).find("EH6 7BS")

    assert isinstance(district, Found)
    assert isinstance(full, Found)
    assert district.covers is Covers.DISTRICT
    assert district.place == full.place


def test_missing_metres_stay_missing_degrees() -> None:
    keys = np.array(["EH6 7BS", "BT1 5GS"])

    points = degrees(keys, np.array([np.nan, 333832]), np.array([676499, np.inf]))

    assert np.isnan(points).all()


def test_northern_ireland_is_read_on_the_irish_grid() -> None:
    same = np.array([333832.0, 333832.0]), np.array([374014.0, 374014.0])

    irish, british = degrees(np.array(["BT1 5GS", "CH1 1AA"]), *same)

    assert irish == pytest.approx((54.5966, -5.9301), abs=0.0002)
    assert british[0] == pytest.approx(53.26, abs=0.01)


def test_a_source_without_postcodes_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, ons.onspd_zip(tmp_path / "good.zip"))

    with pytest.raises(BadSource, match="no postcodes"):
        build(tmp_path, ons.onspd_zip(tmp_path / "bare.zip", rows=[ons.JERSEY]))

    assert isinstance(Gazetteer(tmp_path).find("EH6 7BS"), Found)


def test_a_build_that_is_killed_leaves_nothing_half_written(tmp_path: Path) -> None:
    source = ons.onspd_zip(tmp_path / "onspd.zip")
    data = tmp_path / "data"
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, str(data), str(source)], stdout=subprocess.PIPE
    ) as killed:
        assert killed.stdout
        killed.stdout.readline()
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert len(list(data.glob("*-building-*"))) == 1
    assert not is_built(data)
    assert isinstance(Gazetteer(data).find("EH6 7BS"), NotFound)

    build(data, source)

    assert is_built(data)
    assert list(data.glob("*-building-*")) == []


def test_two_builds_at_once_both_end_well(tmp_path: Path) -> None:
    source = ons.onspd_zip(tmp_path / "onspd.zip")
    counts: list[int] = []
    builds = [
        threading.Thread(target=lambda: counts.append(build(tmp_path, source))) for _ in range(2)
    ]

    for one in builds:
        one.start()
    for one in builds:
        one.join()

    assert counts == [4, 4]
    assert isinstance(Gazetteer(tmp_path).find("EH6 7BS"), Found)
