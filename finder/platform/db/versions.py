"""Whether anything was written since, learned without reading what was written.

SQLite: `PRAGMA data_version` of a connection that never writes; some microseconds. It changes
when any other connection, of this process or another, commits.
PostgreSQL: the snapshot that a statement would see. Equal snapshots see the same rows. A
statement, but one that touches no table; on a replica it tells what has arrived there.
"""

import sqlite3
import threading
from pathlib import Path
from typing import Any

import sqlalchemy as sa

SNAPSHOT = "SELECT CAST(pg_current_snapshot() AS text)"


class Versions:
    """What version a database's contents have. Values are compared for equality, no more."""

    def __init__(self, engine: sa.Engine) -> None:
        """engine: of PostgreSQL, one whose statements stand outside transactions."""
        self._engine = engine
        self._lock = threading.Lock()
        self._watch: Any = None
        self._opened = 0

    def now(self) -> str | None:
        """The version of what a reader who starts now would see; None where nothing answers."""
        try:
            return self._of_file() if self._is_file else self._of_server()
        except (sqlite3.Error, sa.exc.SQLAlchemyError):
            return None

    @property
    def _is_file(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def _of_server(self) -> str:
        try:
            return self._snapshot()
        except sa.exc.DBAPIError as error:
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
