"""Builds the index of postcodes, with the place names of GeoNames beside them."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from finder.places import sources
from finder.places.index_files import PLACE_TABLES, is_whole, whole_file
from finder.places.place_names import Integers, Nearest, geonames, write_places
from finder.places.sources import BadSource, Batch

Progress = Callable[[int, int], None]
"""Takes how much is done, and of how much: (40, 100)."""

FILE_NAME = "postcodes.db"
BRITISH_GRID, IRISH_GRID, WGS84 = "EPSG:27700", "EPSG:29902", "EPSG:4326"
SOUTH, NORTH, WEST, EAST = 49.0, 61.5, -9.0, 2.5
TABLES = """
CREATE TABLE council(id INTEGER PRIMARY KEY, code TEXT NOT NULL);
CREATE TABLE postcode(
    key TEXT PRIMARY KEY, latitude_e6 INTEGER NOT NULL, longitude_e6 INTEGER NOT NULL,
    council INTEGER NOT NULL) WITHOUT ROWID;
"""


def is_built(data_dir: Path) -> bool:
    """Whether the index is there, whole and of this release."""
    return is_whole(data_dir / FILE_NAME)


def build(data_dir: Path, onspd: Path | None = None, progress: Progress | None = None) -> int:
    """Build `postcodes.db` in data_dir. Returns how many postcodes it holds.

    onspd: an ONS Postcode Directory zip; without it the installed package is read. Postcodes
    without coordinates are left out. The old index stays until the new one is whole, so a
    killed build does no harm; `places.db` is not touched. BadSource says what is wrong with a
    source.
    """
    report = progress or (lambda _done, _total: None)
    batches = sources.onspd(onspd) if onspd else sources.packaged()
    with whole_file(data_dir / FILE_NAME, TABLES + PLACE_TABLES) as connection:
        keys, points, councils = [], [], []
        writing = _Writer(connection)
        for batch in batches:
            written = writing.write(batch)
            keys.append(written[0])
            points.append(written[1])
            councils.append(written[2])
            report(round(90 * batch.read), 100)
        if not writing.codes:
            raise BadSource("The source holds no postcodes with coordinates.")
        nearest = Nearest(
            np.concatenate(keys), np.concatenate(points), np.concatenate(councils), writing.codes
        )
        write_places(connection, geonames(nearest))
        (count,) = connection.execute("SELECT COUNT(*) FROM postcode").fetchone()
        report(100, 100)
    return int(count)


class _Writer:
    """Writes batches, and numbers the councils in the order in which they come."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.numbers: dict[str, int] = {}

    @property
    def codes(self) -> list[str]:
        """The councils' codes, by number."""
        return list(self.numbers)

    def write(self, batch: Batch) -> tuple[NDArray[np.bytes_], Integers, Integers]:
        """Write one batch. Returns keys, points (millionths of a degree) and councils' numbers."""
        keys = np.array([key_of(postcode) for postcode in batch.postcodes])
        points = degrees(keys, batch.east, batch.north)
        is_known = np.isfinite(points).all(axis=1)
        is_known &= (points[:, 0] >= SOUTH) & (points[:, 0] <= NORTH)
        is_known &= (points[:, 1] >= WEST) & (points[:, 1] <= EAST)
        rounded = np.rint(points[is_known] * 1e6).astype(np.int32)
        known = np.flatnonzero(is_known).tolist()
        councils = np.array([self._number(batch.councils[i]) for i in known], dtype=np.int32)
        kept = keys[is_known]
        rows = zip(
            kept.tolist(),
            rounded[:, 0].tolist(),
            rounded[:, 1].tolist(),
            councils.tolist(),
            strict=True,
        )
        self.connection.executemany("INSERT OR REPLACE INTO postcode VALUES (?,?,?,?)", rows)
        return kept.astype("S7"), rounded, councils

    def _number(self, code: str) -> int:
        if code not in self.numbers:
            self.numbers[code] = len(self.numbers)
            self.connection.execute("INSERT INTO council VALUES (?,?)", (self.numbers[code], code))
        return self.numbers[code]


def key_of(postcode: str) -> str:
    """The seven-character key of a full postcode, however the source spaces it."""
    compact = postcode.replace(" ", "").upper()
    return f"{compact[:-3]:<4}{compact[-3:]}"


def degrees(
    keys: NDArray[np.str_], east: NDArray[np.float64], north: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Latitude and longitude (WGS84) of grid metres: two columns, NaN where not known.

    Northern Ireland (BT) is on the Irish grid, all else on the British one (ONS Postcode
    Directory user guide). A missing coordinate is NaN in the source; pyproj would turn it
    into infinity.
    """
    points = np.full((len(keys), 2), np.nan)
    is_irish = np.char.startswith(keys, "BT")
    is_known = np.isfinite(east) & np.isfinite(north)
    for grid, chosen in ((BRITISH_GRID, is_known & ~is_irish), (IRISH_GRID, is_known & is_irish)):
        if chosen.any():
            change = Transformer.from_crs(grid, WGS84, always_xy=True)
            longitude, latitude = change.transform(east[chosen], north[chosen])
            points[chosen] = np.column_stack((latitude, longitude))
    return points
