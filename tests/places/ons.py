"""Small files in the shapes of the ONS and of Ordnance Survey, made for the tests."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

OLD = ("pcd", "pcd2", "pcds", "dointr", "doterm", "oslaua", "oseast1m", "osnrth1m")
NEW = ("pcd7", "pcd8", "pcds", "dointr", "doterm", "lad25cd", "east1m", "north1m")
LEITH = ("EH6 7BS", "327350", "676499", "S12000036")
BELFAST = ("BT1 5GS", "333832", "374014", "N09000003")
SHORT = ("E1 0AA", "535267", "181084", "E09000030")
ENDED = ("E1 0AB", "535349", "181185", "E09000030")
JERSEY = ("JE2 3AB", "", "", "L99999999")


def onspd_zip(
    path: Path,
    rows: Sequence[tuple[str, str, str, str]] = (LEITH, BELFAST, SHORT, ENDED, JERSEY),
    columns: Sequence[str] = NEW,
) -> Path:
    """An ONS Postcode Directory zip: the CSV in Data/, parts of it again in Data/multi_csv/."""
    lines = [columns]
    for postcode, east, north, council in rows:
        half = postcode.replace(" ", "")
        seven = f"{half[:-3]:<4}{half[-3:]}"
        ended = "202001" if postcode == ENDED[0] else ""
        lines.append(
            (seven, f"{half[:-3]:<5}{half[-3:]}", postcode, "198001", ended, council, east, north)
        )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Data/ONSPD_MAY_2026_UK.csv", _csv(lines))
        archive.writestr("Data/multi_csv/ONSPD_MAY_2026_UK_EH.csv", _csv(lines[:2]))
        archive.writestr("User Guide/notes.txt", "not data")
    return path


def open_names_row(
    name: str, east: int, north: int, kind: str = "Village", district: str = "", **other: str
) -> list[str]:
    """A row of OS Open Names: 34 columns."""
    row = [""] * 34
    row[0], row[2], row[4] = f"osgb{east}{north}", name, other.get("name2", "")
    row[6], row[7] = other.get("type", "populatedPlace"), kind
    row[8], row[9] = str(east), str(north)
    row[16], row[24], row[29] = district, other.get("county", ""), other.get("country", "Scotland")
    return row


def open_names_zip(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """An OS Open Names zip: its header apart in Doc/, its data without one in Data/."""
    header = ["ID", "NAMES_URI", "NAME1", *(["X"] * 31)]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Doc/OS_Open_Names_Header.csv", "\ufeff" + _csv([header]))
        archive.writestr("Data/NT27.csv", "\ufeff" + _csv(rows[:1]))
        archive.writestr("Data/NT28.csv", _csv(rows[1:]))
    return path


def _csv(lines: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()
