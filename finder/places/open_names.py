"""Reads the towns, villages and suburbs of an OS Open Names CSV zip."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pyproj import Transformer

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places.districts import Districts
from finder.places.merging import Named
from finder.places.rules import NamedPlace
from finder.places.sources import BadSource

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


def open_names(
    source: Path, districts: Districts, report: Callable[[int, int], None]
) -> Iterator[Named]:
    """The places of the zip. BadSource says what is wrong with it."""
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


def _of_open_names(row: dict[str, str], districts: Districts, change: Transformer) -> Named:
    longitude, latitude = change.transform(float(row["GEOMETRY_X"]), float(row["GEOMETRY_Y"]))
    place = Place(latitude, longitude)
    outward = row["POSTCODE_DISTRICT"]
    beside = districts.beside(place, outward)
    postcode, council = (beside.postcode, beside.council) if beside else ("", "")
    nation = next((n for n in Nation if n.label == row["COUNTRY"]), Nation.ENGLAND)
    where = row["COUNTY_UNITARY"] or row["DISTRICT_BOROUGH"] or row["REGION"] or nation.label
    people = OS_PEOPLE.get(row["LOCAL_TYPE"], OS_PEOPLE_ELSE)
    outwards = (outward,) if beside else ()
    named = NamedPlace(
        row["NAME1"],
        place,
        nation,
        council,
        postcode,
        where,
        people,
        outwards,
        row["COUNTY_UNITARY"],
    )
    return named, (row["NAME2"],) if row["NAME2"] else ()
