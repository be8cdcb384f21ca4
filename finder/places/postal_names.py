"""Reads GeoNames' postal codes: names with their outward code and county.

Two shapes: `data/geonames_postal_gb.tsv`, which comes with the site, and GeoNames' own `GB.zip`
or `GB.txt`. Both are under Creative Commons Attribution 4.0.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from finder.domain.groups import Place
from finder.places.sources import BadSource

EXACT = 4
"""From this accuracy on, the point is the place's own."""
COLUMNS_OF_GEONAMES = 12


@dataclass(frozen=True)
class PostalName:
    """A name and its outward code. is_exact: the point is the place's, not the code's."""

    name: str
    outward: str
    county: str
    place: Place
    is_exact: bool


def shipped_names(source: Path) -> Iterator[PostalName]:
    """The names of the table that comes with the site."""
    with source.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["name"] and row["outward_code"]:
                yield PostalName(
                    row["name"].split(",")[0].strip(),
                    row["outward_code"],
                    row["county"],
                    Place(float(row["latitude"]), float(row["longitude"])),
                    int(row["accuracy"] or 0) >= EXACT,
                )


def is_of_geonames(source: Path) -> bool:
    """Whether a file is GeoNames' table of postal codes: a text, or a zip that holds `GB.txt`."""
    if not zipfile.is_zipfile(source):
        return source.suffix.lower() == ".txt"
    with zipfile.ZipFile(source) as archive:
        return _member(archive) is not None


def names_of_geonames(source: Path) -> Iterator[PostalName]:
    """The names of GeoNames' own file. BadSource says what is wrong with it."""
    try:
        if source.suffix.lower() == ".txt":
            with source.open(encoding="utf-8", newline="") as lines:
                yield from _rows(lines)
            return
        with zipfile.ZipFile(source) as archive:
            member = _member(archive)
            if member is None:
                raise BadSource(f"{source.name} holds no table of postal codes.")
            with archive.open(member) as raw:
                yield from _rows(io.TextIOWrapper(raw, encoding="utf-8", newline=""))
    except (zipfile.BadZipFile, UnicodeDecodeError, EOFError, csv.Error, ValueError) as error:
        raise BadSource(f"{source.name} is not a whole file of GeoNames.") from error


def _member(archive: zipfile.ZipFile) -> str | None:
    names = [name for name in archive.namelist() if "/" not in name and name.endswith(".txt")]
    return next((name for name in names if name.lower() != "readme.txt"), None)


def _rows(lines: Iterable[str]) -> Iterator[PostalName]:
    """GeoNames' columns: country, code, name, three levels of area with codes, point, accuracy."""
    for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) != COLUMNS_OF_GEONAMES:
            raise ValueError("not a row of GeoNames' postal codes")
        if row[0] == "GB" and row[1] and row[2]:
            place = Place(float(row[9]), float(row[10]))
            is_exact = bool(row[11]) and int(row[11]) >= EXACT
            yield PostalName(
                row[2].split(",")[0].strip(), row[1].split()[0].upper(), row[5], place, is_exact
            )
