"""One database, opened the same way everywhere: SQLite for a town, PostgreSQL for a country."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel import Session as Db

from finder.platform.db import all_tables

__all__ = ["Database", "Db"]

BUSY_MS = 10_000
POOL_TIMEOUT_S = 10
# A server that is switched off answers nothing at all: nobody waits minutes for that.
SOON = {"connect_timeout": 5}
SNAPSHOT = "SELECT CAST(pg_current_snapshot() AS text)"


class Database:
    """An engine and how to open a session on it. Sessions are closed by whoever opened them."""

    def __init__(self, url: str | URL, connecting: dict[str, Any] | None = None) -> None:
        """connecting: what the driver is told besides the address, such as how long to wait."""
        all_tables.load()
        address = make_url(url)
        self.is_sqlite = address.get_backend_name() == "sqlite"
        if self.is_sqlite and address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        patience = connecting or _patience(address)
        self.engine = _engine(address, patience, pool_pre_ping=not self.is_sqlite)
        # Readers ask without a transaction. PostgreSQL gives each statement its own moment in any
        # case; and whether the server is there is not asked first, for they ask the version.
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
            self.reader: Engine = self.engine.execution_options(sqlite_only_reads=True)
        else:
            self.reader = _engine(address, patience, isolation_level="AUTOCOMMIT")
            event.listen(self.engine, "connect", _prepare_postgresql)
            event.listen(self.reader, "connect", _prepare_postgresql)
        self.versions = Versions(self.reader)

    def open(self) -> Db:
        """A session for reading and writing. Rows stay readable after a commit."""
        return Db(self.engine, expire_on_commit=False)

    def reading(self) -> Db:
        """A session that only reads, for whoever has just learned the version."""
        return Db(self.reader, expire_on_commit=False)

    @contextmanager
    def session(self) -> Iterator[Db]:
        """A session that is closed, and rolled back if uncommitted, at the end of the block."""
        with self.open() as db:
            yield db

    def writing(self, told: Callable[[], None] | None = None) -> Db:
        """A session whose transaction takes SQLite's write lock at its first statement.

        told: called after each commit.
        """
        db = Db(
            self.engine.execution_options(sqlite_immediate=True),
            expire_on_commit=False,
        )
        if told is not None:
            event.listen(db, "after_commit", lambda _db: told())
        return db

    def close(self) -> None:
        """Let go of every connection, as before a fork."""
        self.versions.close()
        self.engine.dispose()
        self.reader.dispose()


class Versions:
    """Whether anything was written since, learned without reading what was written.

    Values are compared for equality, no more. SQLite: `PRAGMA data_version` of a connection that
    never writes; some microseconds. It changes when any other connection, of this process or
    another, commits. PostgreSQL: the snapshot that a statement would see. Equal snapshots see the
    same rows. A statement, but one that touches no table; on a replica it tells what has arrived.
    """

    def __init__(self, engine: Engine) -> None:
        """engine: of PostgreSQL, one whose statements stand outside transactions."""
        self._engine = engine
        self._is_file = engine.dialect.name == "sqlite"
        self._lock = threading.Lock()
        self._watch: Any = None
        self._opened = 0

    def now(self) -> str | None:
        """The version of what a reader who starts now would see; None where nothing answers."""
        try:
            return self._of_file() if self._is_file else self._of_server()
        except (sqlite3.Error, SQLAlchemyError):
            return None

    def _of_server(self) -> str:
        try:
            return self._snapshot()
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            # The server began anew since a connection was made, and all such are dropped now.
            return self._snapshot()

    def _snapshot(self) -> str:
        with self._engine.connect() as connection:
            return str(connection.exec_driver_sql(SNAPSHOT).scalar_one())

    def _of_file(self) -> str:
        with self._lock:
            if self._watch is None:
                there = f"{Path(str(self._engine.url.database)).resolve().as_uri()}?mode=rw"
                self._watch = sqlite3.connect(there, uri=True, check_same_thread=False)
                self._opened += 1
            (number,) = self._watch.execute("PRAGMA data_version").fetchone()
            return f"{self._opened}.{number}"

    def close(self) -> None:
        """Let go of the connection, as before a fork; the next version differs from all before."""
        with self._lock:
            if self._watch is not None:
                self._watch.close()
                self._watch = None


def _engine(address: URL, patience: dict[str, Any], **more: Any) -> Engine:
    # The connection that was used last is used next: it knows the most by heart.
    return create_engine(
        address, connect_args=patience, pool_timeout=POOL_TIMEOUT_S, pool_use_lifo=True, **more
    )


def _patience(address: URL) -> dict[str, Any]:
    is_said = "connect_timeout" in address.query
    return {} if is_said or address.get_backend_name() == "sqlite" else SOON


def _prepare_sqlite(connection: Any, _record: Any) -> None:
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


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    """Wait for others as long as on SQLite, not for ever."""
    before = connection.autocommit
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {BUSY_MS}")
    connection.autocommit = before


def _begin_sqlite(connection: Any) -> None:
    """Writers take the lock at once, so that two never both read and then collide."""
    options = connection.get_execution_options()
    if not options.get("sqlite_only_reads"):
        is_writing = options.get("sqlite_immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
