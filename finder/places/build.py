"""Builds the index of postcodes, with the place names of GeoNames beside them."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from finder.places import areas, doubts, place_names, sources
from finder.places.districts import Integers, Nearest, Postcodes, of_all
from finder.places.index_files import (
    AREA_TABLES,
    PLACE_TABLES,
    POSTCODE_TABLES,
    POSTCODES,
    is_whole,
    whole_file,
)
from finder.places.merging import Merger
from finder.places.postal_names import shipped_names
from finder.places.sources import BadSource, Batch
from finder.settings import shipped

Progress = Callable[[int, int], None]
"""Takes how much is done, and of how much: (40, 100)."""

BRITISH_GRID, IRISH_GRID, WGS84 = "EPSG:27700", "EPSG:29902", "EPSG:4326"
SOUTH, NORTH, WEST, EAST = 49.0, 61.5, -9.0, 2.5


def is_built(data_dir: Path) -> bool:
    """Whether the index is there, whole and of this release."""
    return is_whole(data_dir / POSTCODES)


def build(data_dir: Path, onspd: Path | None = None, progress: Progress | None = None) -> int:
    """Build `postcodes.db` in data_dir. Returns how many postcodes it holds.

    onspd: an ONS Postcode Directory zip; without it the installed package is read. Postcodes
    without coordinates are left out. The old index stays until the new one is whole, so a
    killed build does no harm; `places.db` is not touched. BadSource says what is wrong with a
    source.
    """
    report = progress or (lambda _done, _total: None)
    batches = sources.onspd(onspd) if onspd else sources.packaged()
    with whole_file(
        data_dir / POSTCODES, POSTCODE_TABLES + PLACE_TABLES + AREA_TABLES
    ) as connection:
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
        every = _ordered(np.concatenate(keys), np.concatenate(points), np.concatenate(councils))
        _write_doubts(connection, every)
        _write_names(connection, every, writing.codes)
        (count,) = connection.execute("SELECT COUNT(*) FROM postcode").fetchone()
        report(100, 100)
    return int(count)


def _ordered(keys: NDArray[np.bytes_], points_e6: Integers, councils: Integers) -> Postcodes:
    order = np.argsort(keys, kind="stable")
    return Postcodes(keys[order], points_e6[order], councils[order])


def _write_doubts(connection: sqlite3.Connection, every: Postcodes) -> None:
    """Move doubtful postcodes to the middle of their sector; keep where the directory has them."""
    for key, north, east in list(doubts.doubts(every.keys, every.points_e6)):
        text = key.decode()
        connection.execute(
            "INSERT INTO doubtful"
            " SELECT key, latitude_e6, longitude_e6 FROM postcode WHERE key = ?",
            (text,),
        )
        connection.execute(
            "UPDATE postcode SET latitude_e6 = ?, longitude_e6 = ? WHERE key = ?",
            (north, east, text),
        )


def _write_names(connection: sqlite3.Connection, every: Postcodes, codes: list[str]) -> None:
    """Write towns, districts and villages as one place each, then areas and names abroad."""
    data = shipped("data")
    known_areas = areas.read_areas(data / "areas.csv")
    nearest = Nearest(every, codes)
    merger = Merger(of_all(every, codes), nearest, areas.counties(known_areas))
    towns, abroad = place_names.cities()
    place_names.merge_towns(merger, towns, nearest)
    place_names.merge_districts(merger, data / "city_districts.csv")
    for row in shipped_names(data / "geonames_postal_gb.tsv"):
        merger.postal(row)
    place_names.write_places(connection, merger.places())
    called = merger.town_names()
    areas.write_areas(connection, known_areas, every, codes, called)
    place_names.write_abroad(connection, abroad)


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
        keys = np.array(
            [
                # A call for each of 2.7 million takes a second; most are keys already.
                code if len(code) == 7 and " " not in code[4:] and code.isupper() else key_of(code)
                for code in batch.postcodes
            ]
        )
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
