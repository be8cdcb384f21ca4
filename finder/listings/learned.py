"""The talking model's tables as learned from published reviews: one row, or none yet."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypedDict

from finder.domain.talking.beliefs import STARTING_TABLES, Probabilities, Reading, Tables
from finder.domain.vocabulary import Format, VenueKind
from finder.listings.tables_history import LearnedTablesRow
from finder.platform.db.database import Db


class KeptTables(TypedDict):
    """The learned part of the tables, as JSON."""

    formats: dict[str, Sequence[float]]
    tilts: dict[str, float]
    organisers: Sequence[float]
    parents: Sequence[float]


ONLY = 1
AT_ONCE = 500
_REMEMBERED = "learned_tables"


def tables_in_use(db: Db) -> Tables:
    """The tables that were learned last, or the starting ones. Asked once for each session."""
    if _REMEMBERED not in db.info:
        row = db.get(LearnedTablesRow, ONLY)
        db.info[_REMEMBERED] = _from_words(json.loads(row.tables)) if row else STARTING_TABLES
    tables: Tables = db.info[_REMEMBERED]
    return tables


def keep_tables(db: Db, tables: Tables, groups: int, at: datetime) -> None:
    """Use these tables from now on; the caller commits. groups: how many taught them."""
    row = db.get(LearnedTablesRow, ONLY) or LearnedTablesRow(
        id=ONLY, tables="", groups=0, learned_at=at
    )
    row.tables, row.groups, row.learned_at = json.dumps(_words_of(tables)), groups, at
    db.add(row)
    db.flush()
    db.info[_REMEMBERED] = tables


def _words_of(tables: Tables) -> KeptTables:
    return {
        "formats": {name.value: chances for name, chances in tables.formats.items()},
        "tilts": {kind.value: tilt for kind, tilt in tables.tilts.items()},
        "organisers": [tables.organisers.sharpness, tables.organisers.lean],
        "parents": [tables.parents.sharpness, tables.parents.lean],
    }


def _from_words(kept: KeptTables) -> Tables:
    """Only what is learned is kept: the costs of misreporting stay those of this release."""
    return replace(
        STARTING_TABLES,
        formats={f: _chances(kept["formats"][f]) for f in Format if f in kept["formats"]},
        tilts={kind: kept["tilts"][kind] for kind in VenueKind if kind in kept["tilts"]},
        organisers=_reading(STARTING_TABLES.organisers, kept["organisers"]),
        parents=_reading(STARTING_TABLES.parents, kept["parents"]),
    )


def _chances(learned: Sequence[float]) -> Probabilities:
    first, second, third, fourth, fifth = learned
    return first, second, third, fourth, fifth


def _reading(start: Reading, learned: Sequence[float]) -> Reading:
    sharpness, lean = learned
    return replace(start, sharpness=sharpness, lean=lean)
