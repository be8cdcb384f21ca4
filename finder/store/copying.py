"""Copies every table of one database into another, which may be of the other engine.

What was written is read back and compared: a count of rows, and a checksum of every value in
them as the code sees it, so that a time, an id or a word that one engine keeps in another way
is the same.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

import sqlalchemy as sa

from finder.store import (  # noqa: F401 - their tables too
    tables_feeds,
    tables_organise,
    tables_people,
    tables_trust,
    tables_was_it_on,
)
from finder.store.database import Database
from finder.store.tables import NAMES

AT_ONCE = 2_000
VERSIONS = "alembic_version"
PRINT = 2**256

Progress = Callable[[int, int], None]


class NotCopied(Exception):
    """What was read back is not what was read. Says of which table."""


@dataclass(frozen=True)
class Copied:
    """One table that is the same on both sides now. checksum: 16 hex digits, whatever the order."""

    table: str
    rows: int
    checksum: str


def table_names(database: Database) -> set[str]:
    """The tables that a database has, Alembic's own left out."""
    return set(sa.inspect(database.engine).get_table_names()) - {VERSIONS}


def unknown_tables(database: Database) -> set[str]:
    """Tables that this release does not know, so that a copy would lose them."""
    return table_names(database) - set(NAMES.tables)


def first_filled(database: Database) -> str | None:
    """A table with something in it, or None where all are empty."""
    with database.engine.connect() as connection:
        for table in NAMES.sorted_tables:
            if connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
                return table.name
    return None


def copy_all(source: sa.Connection, target: sa.Connection, progress: Progress) -> list[Copied]:
    """Every table, parents before children, each compared when it is written. NotCopied.

    Both connections are in a transaction; whoever began it commits. progress: rows so far, and
    of how many.
    """
    tables = NAMES.sorted_tables
    counts = {table.name: count(source, table) for table in tables}
    of, done = sum(counts.values()), 0
    copied = []
    for table in tables:
        copied.append(_copy(source, target, table, partial(_tell, progress, done, of)))
        done += counts[table.name]
    if target.dialect.name == "postgresql":
        set_sequences(target)
    return copied


def _tell(progress: Progress, before: int, of: int, more: int) -> None:
    progress(before + more, of)


def _copy(
    source: sa.Connection, target: sa.Connection, table: sa.Table, tell: Callable[[int], None]
) -> Copied:
    done, read = 0, 0
    for rows in batches(source, table):
        target.execute(sa.insert(table), [dict(row._mapping) for row in rows])
        read = (read + sum(fingerprint(row) for row in rows)) % PRINT
        done += len(rows)
        tell(done)
    written = checksum(target, table)
    if (done, read) != written:
        raise NotCopied(f"The table {table.name} did not arrive as it was.")
    return Copied(table.name, done, f"{read:064x}"[:16])


def batches(connection: sa.Connection, table: sa.Table) -> Iterator[list[sa.Row[Any]]]:
    """All rows of a table, some at a time: a table may be larger than memory."""
    streamed = connection.execute(sa.select(table), execution_options={"yield_per": AT_ONCE})
    yield from map(list, streamed.partitions(AT_ONCE))


def count(connection: sa.Connection, table: sa.Table) -> int:
    """How many rows a table has."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def checksum(connection: sa.Connection, table: sa.Table) -> tuple[int, int]:
    """How many rows a table has, and the sum of their fingerprints: engines order differently."""
    rows, total = 0, 0
    for batch in batches(connection, table):
        rows += len(batch)
        total = (total + sum(fingerprint(row) for row in batch)) % PRINT
    return rows, total


def fingerprint(row: sa.Row[Any]) -> int:
    """A number for what a row says, the same on every engine."""
    said = [value.value if isinstance(value, Enum) else value for value in row]
    return int.from_bytes(hashlib.sha256(repr(said).encode()).digest())


def set_sequences(connection: sa.Connection) -> None:
    """Let PostgreSQL count on after the highest number that was copied."""
    for table in NAMES.sorted_tables:
        for column in table.primary_key.columns:
            if not isinstance(column.type, sa.Integer):
                continue
            asked = sa.select(sa.func.pg_get_serial_sequence(f'"{table.name}"', column.name))
            sequence = connection.execute(asked).scalar()
            highest = connection.execute(sa.select(sa.func.max(column))).scalar()
            if sequence:
                start = (highest or 1, highest is not None)
                connection.execute(sa.select(sa.func.setval(sequence, *start)))
