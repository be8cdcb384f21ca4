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

Stamp = tuple[int, int, int]
"""A process and the file that it sees: see IndexFile.stamp."""

VERSION = 2
BUILDING = "-building-"
POSTCODES, OPEN_NAMES, GEONAMES = "postcodes.db", "places.db", "places-geonames.db"
PLACE_TABLES = """
CREATE TABLE place(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, latitude_e6 INTEGER NOT NULL,
    longitude_e6 INTEGER NOT NULL, nation TEXT NOT NULL, council_code TEXT NOT NULL,
    postcode TEXT NOT NULL, located TEXT NOT NULL, people INTEGER NOT NULL,
    outwards TEXT NOT NULL, county TEXT NOT NULL);
CREATE INDEX place_by_latitude ON place(latitude_e6);
CREATE TABLE place_name(
    key TEXT NOT NULL, place_id INTEGER NOT NULL, is_main INTEGER NOT NULL,
    PRIMARY KEY (key, place_id)) WITHOUT ROWID;
"""
AREA_TABLES = """
CREATE TABLE area(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, latitude_e6 INTEGER NOT NULL,
    longitude_e6 INTEGER NOT NULL, nation TEXT NOT NULL, council_code TEXT NOT NULL,
    postcode TEXT NOT NULL, people INTEGER NOT NULL, reach_m INTEGER NOT NULL);
CREATE TABLE area_name(
    key TEXT NOT NULL, area_id INTEGER NOT NULL, is_main INTEGER NOT NULL,
    PRIMARY KEY (key, area_id)) WITHOUT ROWID;
CREATE TABLE area_member(
    area_id INTEGER NOT NULL, code TEXT NOT NULL, PRIMARY KEY (area_id, code)) WITHOUT ROWID;
CREATE TABLE abroad(key TEXT PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL) WITHOUT ROWID;
"""
POSTCODE_TABLES = """
CREATE TABLE council(id INTEGER PRIMARY KEY, code TEXT NOT NULL);
CREATE TABLE postcode(
    key TEXT PRIMARY KEY, latitude_e6 INTEGER NOT NULL, longitude_e6 INTEGER NOT NULL,
    council INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE doubtful(
    key TEXT PRIMARY KEY, latitude_e6 INTEGER NOT NULL,
    longitude_e6 INTEGER NOT NULL) WITHOUT ROWID;
"""


class IndexMissing(Exception):
    """There is no index, or it is broken or of another release. Says which command to run."""


@contextmanager
def whole_file(path: Path, tables: str) -> Iterator[sqlite3.Connection]:
    """A new SQLite file with these tables. It appears at path only when the block ends well.

    A build that is killed leaves the old file as it was, and a leftover that the next build
    removes. Two builds at once are safe: each has its own file, and the last to end wins.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, building = _new_file(path)
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


def _new_file(path: Path) -> tuple[int, Path]:
    """An open, locked, empty file beside path. A lock lets one build at a time begin."""
    with path.with_name(f"{path.name}-lock").open("w") as lock_file:
        fcntl.flock(lock_file, fcntl.LOCK_EX)
        _remove_leftovers(path)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}{BUILDING}")
        fcntl.flock(handle, fcntl.LOCK_EX)
    return handle, Path(name)


def _remove_leftovers(path: Path) -> None:
    """Remove the files of builds that were killed. A running build holds a lock on its file."""
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
    """An index, read only. Each thread and each process has its own connection.

    When a newer file replaces it, the next query opens that one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._checked: tuple[Stamp, bool] | None = None

    def is_usable(self) -> bool:
        """Whether the file is there and of this release. Looked at once for each file."""
        stamp = self.stamp()
        if self._checked is None or self._checked[0] != stamp:
            self._checked = (stamp, is_whole(self.path))
        return self._checked[1]

    def stamp(self) -> Stamp:
        """Changes when the file is replaced, or in another process. Zeros when there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return (os.getpid(), 0, 0)
        return (os.getpid(), found.st_ino, found.st_mtime_ns)

    def rows(self, sql: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. IndexMissing when the file is not there or broken."""
        stamp = self.stamp()
        own: _Connection | None = getattr(self._local, "own", None)
        if own is None or self._local.stamp != stamp:
            self._local.own = own = _Connection(self.path)
            self._local.stamp = stamp
        try:
            return own.connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            _missing(self.path, "is broken", error)


class _Connection:
    """A connection that is closed with its last user, as at the end of a thread."""

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
