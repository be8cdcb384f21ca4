"""One database, opened the same way everywhere: SQLite for a town, PostgreSQL for a country.

And the column types that read the same on both: enums stored by value, and instants in UTC.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, SQLModel

from finder.platform.db import all_tables

BUSY_MS = 10_000
POOL_TIMEOUT_S = 10
# A server that is switched off never answers: give up soon.
TIMEOUTS = {"connect_timeout": 5}
Db = Session
"""A database session. In the domain, a Session is a group's weekly slot."""
Found = TypeVar("Found")
VERSION = """SELECT CASE WHEN pg_is_in_recovery() THEN CAST(pg_last_wal_replay_lsn() AS text)
    ELSE CAST(pg_current_snapshot() AS text) END"""
TAKE_DOWNS = "SELECT coalesce(max(mark), 0) FROM take_downs"


class Database:
    """An engine and how to open a session on it. Sessions are closed by whoever opened them."""

    def __init__(self, url: str | URL, connecting: Mapping[str, int] | None = None) -> None:
        """connecting: more arguments for the driver, such as how long to wait."""
        all_tables.load()
        address = make_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        if self.is_sqlite and address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine_on = partial(
            create_engine,
            address,
            connect_args=connecting or _timeouts(address),
            pool_timeout=POOL_TIMEOUT_S,
            # The connection that was used last is used next: its caches are the warmest.
            pool_use_lifo=True,
        )
        self.engine = engine_on(pool_pre_ping=not self.is_sqlite)
        # Readers ask without a transaction: PostgreSQL gives each statement its own snapshot in
        # any case. They need no ping, since they ask the version first.
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
            self.reader: Engine = self.engine.execution_options(sqlite_only_reads=True)
            self.versions: Versions = SqliteVersions(address)
        else:
            self.reader = engine_on(isolation_level="AUTOCOMMIT")
            self.versions = PostgresqlVersions(self.reader)
            event.listen(self.engine, "connect", _prepare_postgresql)
            event.listen(self.reader, "connect", _prepare_postgresql)

    def open(self) -> Db:
        """A session for reading and writing. Rows stay readable after a commit."""
        return Db(self.engine, expire_on_commit=False)

    def reading(self) -> Db:
        """A session that only reads, for a request that has just asked the version."""
        return Db(self.reader, expire_on_commit=False)

    @contextmanager
    def session(self) -> Iterator[Db]:
        """A session that is closed, and rolled back if uncommitted, at the end of the block."""
        with self.open() as db:
            yield db

    def writing(self, after_commit: Callable[[], None] | None = None) -> Db:
        """A session whose transaction takes SQLite's write lock at its first statement.

        after_commit: called after each commit.
        """
        db = Db(self.engine.execution_options(sqlite_immediate=True), expire_on_commit=False)
        if after_commit is not None:
            event.listen(db, "after_commit", lambda _db: after_commit())
        return db

    def close(self) -> None:
        """Close every connection, as before a fork."""
        self.versions.close()
        self.engine.dispose()
        self.reader.dispose()


class Versions(Protocol):
    """Whether anything was written since, learned without reading what was written.

    Values are compared for equality, no more.
    """

    def now(self) -> str | None:
        """The version of what a reader who starts now would see; None where nothing answers."""

    def take_downs(self) -> int | None:
        """A number that each take-down changes in its own commit; None where nothing answers."""

    def close(self) -> None:
        """Close the connection, as before a fork; the next version differs from all before."""


class SqliteVersions:
    """`PRAGMA data_version` of a connection that never writes; some microseconds.

    It changes when any other connection, of this process or another, commits.
    """

    def __init__(self, url: URL) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._opened = 0

    def now(self) -> str | None:
        """The version; None where the file is not there."""
        try:
            with self._lock:
                if self._connection is None:
                    there = f"{Path(str(self._url.database)).resolve().as_uri()}?mode=rw"
                    self._connection = sqlite3.connect(there, uri=True, check_same_thread=False)
                    self._opened += 1
                (number,) = self._connection.execute("PRAGMA data_version").fetchone()
                return f"{self._opened}.{number}"
        except sqlite3.Error:
            return None

    def take_downs(self) -> int:
        """Always the same: a file has no replica that could be behind it."""
        return 0

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


class PostgresqlVersions:
    """The snapshot that a statement would see: equal snapshots see the same rows.

    A statement, but one that touches no table. A standby's snapshot names no transactions that
    run, so that two commits may leave it the same: there it is how far the log has been replayed.
    """

    def __init__(self, engine: Engine) -> None:
        """engine: one whose statements stand outside transactions. Whoever made it closes it."""
        self._engine = engine

    def now(self) -> str | None:
        """The version; None where the server does not answer."""
        found = self._answer(VERSION)
        return None if found is None else str(found)

    def take_downs(self) -> int | None:
        """The mark of the last take-down; None where the server does not answer."""
        found = self._answer(TAKE_DOWNS)
        return None if found is None else int(found)

    def _answer(self, statement: str) -> str | int | None:
        try:
            return self._of_server(statement)
        except SQLAlchemyError:
            return None

    def _of_server(self, statement: str) -> str | int:
        try:
            return self._ask(statement)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            # The server has restarted; all connections of before are dropped now.
            return self._ask(statement)

    def _ask(self, statement: str) -> str | int:
        with self._engine.connect() as connection:
            found: str | int = connection.exec_driver_sql(statement).scalar_one()
            return found

    def close(self) -> None:
        """Nothing is open beside the engine."""


def lock_rows(db: Db, row: type[SQLModel], ids: Iterable[UUID]) -> None:
    """Lock rows until the commit, lowest id first, and forget what was read before.

    On PostgreSQL others wait who write or lock them. SQLite has one writer anyway.
    """
    db.flush()
    key: sa.ColumnElement[UUID] = sa.inspect(row).local_table.c.id
    db.execute(sa.select(key).where(key.in_(sorted(ids))).order_by(key).with_for_update()).all()
    db.expire_all()


def read_locked(
    db: Db,
    look: Callable[[], Found],
    row: type[SQLModel],
    ids_of: Callable[[Found], Iterable[UUID]],
) -> Found:
    """What `look` finds, read again once its rows are locked. Then check, write and commit.

    A decision on what was read before the lock may be one on what is gone meanwhile. ids_of: the
    rows to lock for what was found; it is asked again, since that may have moved.
    """
    found, locked = look(), set[UUID]()
    while missing := set(ids_of(found)) - locked:
        lock_rows(db, row, missing)
        locked |= missing
        found = look()
    return found


def _timeouts(address: URL) -> Mapping[str, int]:
    is_set = "connect_timeout" in address.query
    return {} if is_set or address.get_backend_name() == "sqlite" else TIMEOUTS


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        "mmap_size=268435456",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Wait for a lock as long as on SQLite, not for ever."""
    before = connection.autocommit
    connection.autocommit = True
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"SET lock_timeout = {BUSY_MS}")
    connection.autocommit = before


def _begin_sqlite(connection: Connection) -> None:
    """Let writers take the lock at once, so that two never both read and then collide."""
    options = connection.get_execution_options()
    if not options.get("sqlite_only_reads"):
        is_writing = options.get("sqlite_immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def words(kind: type[Enum]) -> sa.Enum:
    """A column type that stores an enum by its value, guarded by a CHECK."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        values_callable=lambda members: [m.value for m in members],
        name=kind.__name__.lower(),
        length=32,
    )


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware datetime, given back in UTC, since SQLite stores no time zone.

    ValueError for a naive datetime: nobody could say when it is.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """The same instant in UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """The instant that was stored."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
