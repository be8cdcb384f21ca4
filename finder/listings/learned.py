"""The talking model's tables as learned from published reviews: one row, or none yet."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import TypedDict

from finder.domain.talking.beliefs import (
    MODEL,
    STARTING_TABLES,
    Organisers,
    Parents,
    Probabilities,
    Tables,
)
from finder.domain.vocabulary import Format, VenueKind
from finder.listings.tables_history import LearnedTablesRow
from finder.platform.db.database import Db


class KeptTables(TypedDict):
    """The tables as JSON."""

    version: str
    formats: dict[str, Sequence[float]]
    tilts: dict[str, float]
    organisers: dict[str, float]
    parents: dict[str, float]
    change: float


ONLY = 1
AT_ONCE = 500
_REMEMBERED = "learned_tables"


def tables_in_use(db: Db) -> Tables:
    """The tables that were learned last, or the starting ones. Asked once for each session.

    What an earlier release's model learned is not used: its numbers mean something else.
    """
    if _REMEMBERED not in db.info:
        row = db.get(LearnedTablesRow, ONLY)
        db.info[_REMEMBERED] = _from_words(json.loads(row.tables)) if row else STARTING_TABLES
    tables: Tables = db.info[_REMEMBERED]
    return tables


def keep_tables(db: Db, tables: Tables, groups: int, at: datetime) -> Tables:
    """Use these tables from now on, under the next version; the caller commits.

    groups: how many taught them. Gives them with their version.
    """
    row = db.get(LearnedTablesRow, ONLY) or LearnedTablesRow(
        id=ONLY, tables="", groups=0, learned_at=at
    )
    tables = replace(tables, version=_after(tables_in_use(db).version))
    row.tables, row.groups, row.learned_at = words_of(tables), groups, at
    db.add(row)
    db.flush()
    db.info[_REMEMBERED] = tables
    return tables


def words_of(tables: Tables) -> str:
    """The tables as JSON."""
    kept: KeptTables = {
        "version": tables.version,
        "formats": {name.value: chances for name, chances in tables.formats.items()},
        "tilts": {kind.value: tilt for kind, tilt in tables.tilts.items()},
        "organisers": asdict(tables.organisers),
        "parents": asdict(tables.parents),
        "change": tables.change,
    }
    return json.dumps(kept, indent=1)


def _after(version: str) -> str:
    _, times = version.split(".")
    return f"{MODEL}.{int(times) + 1}"


def _from_words(kept: KeptTables) -> Tables:
    if not kept.get("version", "").startswith(f"{MODEL}."):
        return STARTING_TABLES
    return Tables(
        formats={f: _chances(kept["formats"][f]) for f in Format if f in kept["formats"]},
        tilts={kind: kept["tilts"][kind] for kind in VenueKind if kind in kept["tilts"]},
        organisers=Organisers(**kept["organisers"]),
        parents=Parents(**kept["parents"]),
        change=kept["change"],
        version=kept["version"],
    )


def _chances(learned: Sequence[float]) -> Probabilities:
    first, second, third, fourth, fifth = learned
    return first, second, third, fourth, fifth
