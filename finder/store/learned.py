"""The talking model's tables as learned from published reviews: one row, or none yet."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from finder.domain.talking_learning import GroupEvidence
from finder.domain.talking_tables import STARTING_TABLES, Reading, Tables
from finder.domain.vocabulary import Format, VenueKind
from finder.store.database import Db
from finder.store.heard import heard_of_each
from finder.store.tables import GroupRow, VenueRow
from finder.store.tables_people import LearnedTablesRow

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


def told_of_groups(db: Db, at: datetime) -> Iterator[GroupEvidence]:
    """What was said of each group that has a published review, some hundreds at a time."""
    rows = db.execute(
        select(
            col(GroupRow.id),
            col(GroupRow.main_format),
            col(VenueRow.kind),
            col(GroupRow.claimed_level),
        )
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(GroupRow.reported_on).is_not(None))
        .order_by(col(GroupRow.id))
    ).all()
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        heard = heard_of_each(db, _ids(some), at.date())
        for group_id, main_format, kind, claim in some:
            if reports := heard[group_id].reports:
                yield GroupEvidence(main_format, kind, claim, reports)


def _ids(rows: Iterable[Any]) -> list[UUID]:
    return [row[0] for row in rows]


def _words_of(tables: Tables) -> dict[str, Any]:
    return {
        "formats": {name.value: chances for name, chances in tables.formats.items()},
        "tilts": {kind.value: tilt for kind, tilt in tables.tilts.items()},
        "organisers": [tables.organisers.sharpness, tables.organisers.lean],
        "parents": [tables.parents.sharpness, tables.parents.lean],
    }


def _from_words(kept: dict[str, Any]) -> Tables:
    """Only what is learned is kept: the costs of misreporting stay those of this release."""
    return replace(
        STARTING_TABLES,
        formats={f: tuple(kept["formats"][f]) for f in Format if f in kept["formats"]},
        tilts={kind: kept["tilts"][kind] for kind in VenueKind if kind in kept["tilts"]},
        organisers=_reading(STARTING_TABLES.organisers, kept["organisers"]),
        parents=_reading(STARTING_TABLES.parents, kept["parents"]),
    )


def _reading(start: Reading, learned: list[float]) -> Reading:
    sharpness, lean = learned
    return replace(start, sharpness=sharpness, lean=lean)
