import zipfile
from pathlib import Path

import numpy as np
import pytest

from finder.places.sources import BadSource, onspd, packaged
from tests.places import ons


def test_the_package_holds_the_whole_country() -> None:
    first = next(iter(packaged()))

    assert first.postcodes[0].startswith("AB1")
    assert len(first.postcodes) > 30_000
    assert 0 < first.read < 0.1


@pytest.mark.parametrize("columns", [ons.OLD, ons.NEW])
def test_a_directory_of_any_year_is_read_by_its_columns(
    tmp_path: Path, columns: tuple[str, ...]
) -> None:
    (batch,) = onspd(ons.onspd_zip(tmp_path / "onspd.zip", columns=columns))

    assert batch.postcodes[0] == "EH6 7BS"
    assert batch.councils[1] == "N09000003"
    assert list(batch.east[:2]) == [327350, 333832]
    assert np.isnan(batch.north[-1])
    assert batch.read == 1


def test_a_file_that_is_no_zip_is_refused_in_plain_words(tmp_path: Path) -> None:
    source = tmp_path / "onspd.zip"
    source.write_text("not a zip")

    with pytest.raises(BadSource, match=r"onspd\.zip is not a whole zip"):
        list(onspd(source))


def test_half_a_download_is_refused(tmp_path: Path) -> None:
    source = ons.onspd_zip(tmp_path / "onspd.zip")
    source.write_bytes(source.read_bytes()[:300])

    with pytest.raises(BadSource):
        list(onspd(source))


def test_another_zip_is_refused_and_the_right_one_named(tmp_path: Path) -> None:
    source = tmp_path / "other.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("readme.txt", "hello")

    with pytest.raises(BadSource, match="Use the ONS Postcode Directory zip"):
        list(onspd(source))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    columns = [name if name != "east1m" else "x" for name in ons.NEW]

    with pytest.raises(BadSource, match="no column for the east"):
        list(onspd(ons.onspd_zip(tmp_path / "onspd.zip", columns=columns)))
