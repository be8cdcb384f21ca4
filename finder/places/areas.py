"""Councils, counties and islands as areas: each with its middle and how far it reaches.

Read from `data/areas.csv` while the index is built. Columns: name, kind (council, county, region,
island, or former for a county that is no more), also (other names), nation, members (GSS codes of
councils, or outward codes and sectors). Middle and reach come from the postcodes of its members.
"""

import csv
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places.districts import PEOPLE_A_POSTCODE, Postcodes, joined, of_all
from finder.places.rules import name_key
from finder.places.sources import BadSource

NATIONS = {nation.value: nation for nation in Nation}
COUNCIL, COUNTY = "council", "county"
LEAST_REACH_M = 1_000
MOST_OF_IT = 90
"""The percent of an area's postcodes that lie within its reach."""


@dataclass(frozen=True)
class Area:
    """An area as the file has it."""

    name: str
    kind: str
    also: tuple[str, ...]
    nation: Nation
    members: tuple[str, ...]

    @property
    def keys(self) -> list[str]:
        """Its names as names are compared."""
        keys = map(name_key, (self.name, *self.also))
        return list(dict.fromkeys(filter(None, keys)))


def read_areas(source: Path) -> list[Area]:
    """The areas of the file, each name once."""
    with source.open(encoding="utf-8", newline="") as lines:
        areas = [
            Area(
                row["name"],
                row["kind"],
                tuple(filter(None, row["also"].split(";"))),
                NATIONS[row["nation"]],
                tuple(row["members"].split(";")),
            )
            for row in csv.DictReader(lines)
        ]
    if len({area.name for area in areas}) < len(areas):
        raise BadSource(f"{source.name} has an area twice.")
    return areas


def counties(areas: Sequence[Area]) -> dict[str, str]:
    """Today's county of each council, by its code. Of a council that is in none: its own name.

    The counties of Northern Ireland cross its councils' borders, so no council there has one.
    """
    found: dict[str, str] = {}
    for kind in (COUNTY, COUNCIL):
        for area in areas:
            if area.kind == kind and area.nation is not Nation.NORTHERN_IRELAND:
                for code in area.members:
                    found.setdefault(code, area.name)
    return found


def write_areas(
    connection: sqlite3.Connection,
    areas: Sequence[Area],
    every: Postcodes,
    council_codes: Sequence[str],
    towns: Collection[tuple[str, str]],
) -> None:
    """Write the areas that have postcodes.

    towns: name keys of towns with their council's code. A council that is called as its own town
    is not found by that name, since people who type Bedford mean the town; it still tells where
    other places are.
    """
    by_council = _by_council(every, council_codes)
    districts = of_all(every, council_codes)
    for number, area in enumerate(areas):
        parts = [by_council.get(code) or districts.within(code) for code in area.members]
        found = [part for part in parts if part]
        if not found:
            continue
        _write(connection, number, area, joined(found), council_codes)
        is_town = area.kind == COUNCIL and any(
            (name_key(area.name), code) in towns for code in area.members
        )
        connection.executemany(
            "INSERT OR IGNORE INTO area_name VALUES (?,?,?)",
            [(key, number, int(not is_town)) for key in area.keys],
        )
        connection.executemany(
            "INSERT INTO area_member VALUES (?,?)", [(number, code) for code in area.members]
        )


def _write(
    connection: sqlite3.Connection,
    number: int,
    area: Area,
    whole: Postcodes,
    council_codes: Sequence[str],
) -> None:
    middle = Place(*map(float, whole.points_e6.mean(axis=0) / 1e6))
    away = whole.away_km(middle)
    best = int(np.argmin(away))
    connection.execute(
        "INSERT INTO area VALUES (?,?,?,?,?,?,?,?,?)",
        (
            number,
            area.name,
            round(middle.latitude * 1e6),
            round(middle.longitude * 1e6),
            area.nation.value,
            council_codes[whole.councils[best]],
            whole.keys[best].decode(),
            PEOPLE_A_POSTCODE * len(away),
            max(LEAST_REACH_M, round(float(np.percentile(away, MOST_OF_IT)) * 1000)),
        ),
    )


def _by_council(every: Postcodes, council_codes: Sequence[str]) -> dict[str, Postcodes]:
    """The postcodes of each council."""
    order = np.argsort(every.councils, kind="stable")
    edges = np.searchsorted(every.councils[order], np.arange(len(council_codes) + 1))
    return {
        code: every.some(order[first:last])
        for code, first, last in zip(council_codes, edges[:-1], edges[1:], strict=True)
    }
