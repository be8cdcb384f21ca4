"""Index files: written whole or not at all, read by any number of threads and processes."""

import fcntl
import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

VERSION = 1
BUILDING = "-building-"
PLACE_TABLES = """
CREATE TABLE place(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, latitude_e6 INTEGER NOT NULL,
    longitude_e6 INTEGER NOT NULL, nation TEXT NOT NULL, council_code TEXT NOT NULL,
    postcode TEXT NOT NULL, located TEXT NOT NULL, people INTEGER NOT NULL);
CREATE TABLE place_name(
    key TEXT NOT NULL, place_id INTEGER NOT NULL, is_main INTEGER NOT NULL,
    PRIMARY KEY (key, place_id)) WITHOUT ROWID;
"""


class IndexMissing(Exception):
    """There is no index, or it is broken or of another release. Says which command mends it."""


@contextmanager
def whole_file(path: Path, tables: str) -> Iterator[sqlite3.Connection]:
    """A new SQLite file with these tables. It appears at path only when the block ends well.

    Killed half-way, it leaves the old file as it was, and a leftover that the next build sweeps.
    Two at once are safe: each has its own file, and the last to end wins.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, building = _fresh(path)
    connection = sqlite3.connect(building, isolation_level=None)
    try:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"user_version={VERSION}"):
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(tables)
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")
        connection.close()
        building.chmod(0o644)
        os.fsync(handle)
        building.replace(path)
    finally:
        connection.close()
        building.unlink(missing_ok=True)
        os.close(handle)


def _fresh(path: Path) -> tuple[int, Path]:
    """An open, locked, empty file beside path. One builder at a time sweeps and begins."""
    with path.with_name(f"{path.name}-lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        _sweep(path)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}{BUILDING}")
        fcntl.flock(handle, fcntl.LOCK_EX)
    return handle, Path(name)


def _sweep(path: Path) -> None:
    """Remove what killed builds left: whoever is still building holds a lock on its file."""
    for leftover in path.parent.glob(f"{path.name}{BUILDING}*"):
        try:
            with leftover.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                leftover.unlink(missing_ok=True)
        except (BlockingIOError, FileNotFoundError):
            continue


def is_whole(path: Path) -> bool:
    """Whether there is an index of this release."""
    try:
        _Connection(path)
    except IndexMissing:
        return False
    return True


class IndexFile:
    """An index, read only. Each thread and each process has a connection of its own.

    When the file is replaced by a newer one, the next question opens that.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    def stamp(self) -> tuple[int, int, int]:
        """Changes when the file is replaced, or in another process. Zeros when there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return (os.getpid(), 0, 0)
        return (os.getpid(), found.st_ino, found.st_mtime_ns)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a question. IndexMissing when the file is not there or broken."""
        stamp = self.stamp()
        opened: _Connection | None = getattr(self._local, "opened", None)
        if opened is None or self._local.stamp != stamp:
            self._local.opened = opened = _Connection(self.path)
            self._local.stamp = stamp
        try:
            return opened.connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            _missing(self.path, "is broken", error)


class _Connection:
    """Closes its connection when the last who uses it is gone, as at the end of a thread."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            _missing(path, "is missing")
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self.connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        try:
            (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError as error:
            _missing(path, "is broken", error)
        if version != VERSION:
            _missing(path, "is of another release")

    def __del__(self) -> None:
        if hasattr(self, "connection"):
            self.connection.close()


def _missing(path: Path, what: str, cause: Exception | None = None) -> NoReturn:
    raise IndexMissing(f"{path.name} {what}. Run: finder load-postcodes") from cause
