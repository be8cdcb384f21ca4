"""Backs up the whole database while people use it, and restores it.

A backup is one file: an SQLite database, or what `pg_dump` writes. It gets its name only once it is
whole and was read through. Restoring changes everything in one transaction or nothing, also while
the site is served.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from finder.operations import postgresql_tools, upgrading
from finder.platform.clock import SYSTEM_CLOCK
from finder.platform.db import migrate
from finder.platform.db.database import BUSY_MS, Database

PAGES_AT_ONCE = 2_000
UNFINISHED = ".part"
Progress = Callable[[int, int], None]


class BadBackup(Exception):
    """A file that can't be used as a copy of the database. Says why."""


class NotFinished(Exception):
    """The copy is in place, but something is left to do. Says what."""


class InTheWay(Exception):
    """Something is there already, and would be lost."""


def back_up(url: str, target: Path, progress: Progress, is_forced: bool = False) -> None:
    """Copy the database at `url` into the file `target`, as it is at one instant.

    Nobody waits meanwhile. Only the file's owner may read it: it holds addresses. InTheWay where
    the file exists, unless forced; BadBackup where the copy is not whole; ToolFailed.
    """
    if target.exists() and not is_forced:
        raise InTheWay(f"{target} is there already. Choose another name, or add --force.")
    with _unfinished_file(target) as unfinished:
        if _is_sqlite(url):
            _copy(_file_of(url), unfinished, progress)
        else:
            postgresql_tools.dump(url, unfinished)
        check(url, unfinished)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)


def put_back(url: str, source: Path, progress: Progress, is_forced: bool = False) -> None:
    """Replace the database at `url` by `source`, with the tables of this release.

    InTheWay where the database holds tables already, unless forced; BadBackup for a file that
    is broken or of a newer release: nothing is changed then. NotFinished where something was.
    """
    check(url, source)
    database = Database(url)
    try:
        if inspect(database.engine).get_table_names() and not is_forced:
            raise InTheWay("The database is in use. Add --force to put the copy in its place.")
    finally:
        database.close()
    if _is_sqlite(url):
        with _unfinished_file(_file_of(url)) as unfinished:
            _copy(source, unfinished, progress)
            _upgrade(f"sqlite:///{unfinished}")
            # One transaction of the database that is served, so it waits for its turn.
            _copy(unfinished, _file_of(url), progress)
    else:
        postgresql_tools.put_back(url, source)
        try:
            _upgrade(url)
        except SQLAlchemyError as error:
            raise NotFinished(
                "The copy is in place, but not of this release yet. Run: finder db upgrade"
            ) from error


def check(url: str, source: Path) -> None:
    """Read a copy through from end to end. BadBackup where it is broken, or can't be used here."""
    try:
        with source.open("rb") as file:
            is_sqlite_file = file.read(15) == b"SQLite format 3"
    except OSError as error:
        raise BadBackup(f"{source} can't be read.") from error
    if is_sqlite_file != _is_sqlite(url):
        raise BadBackup(f"{source} is no copy of such a database.")
    revision = _sqlite_revision(source) if is_sqlite_file else _postgresql_revision(source)
    known = ScriptDirectory(str(migrate.MIGRATIONS)).walk_revisions()
    if revision not in {script.revision for script in known}:
        raise BadBackup(
            f"{source} is of another release (tables of {revision or 'no release'}). "
            "Install the release that made it, or a newer one."
        )


def _sqlite_revision(source: Path) -> str | None:
    """The tables' revision; everything in the file was read and fits together."""
    try:
        with closing(_read_only(source)) as connection:
            (result,) = connection.execute("PRAGMA integrity_check").fetchone()
            if result != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise BadBackup(f"{source} is broken.")
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise BadBackup(f"{source} is broken, or no database of this site.") from error
    return str(row[0]) if row else None


def _postgresql_revision(source: Path) -> str | None:
    try:
        return postgresql_tools.revision_in(source)
    except postgresql_tools.ToolFailed as error:
        raise BadBackup(f"{source} is broken, or no copy made by pg_dump.") from error


def _read_only(path: Path) -> sqlite3.Connection:
    """Open to read only: a backup must stay as it was made."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _copy(source: Path, target: Path, progress: Progress) -> None:
    """SQLite's own online copy. One read transaction, so writers don't make it begin anew."""
    with closing(_read_only(source)) as old, closing(sqlite3.connect(target)) as new:
        new.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        old.isolation_level = None
        old.execute("BEGIN")
        old.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        old.backup(
            new,
            pages=PAGES_AT_ONCE,
            progress=lambda _status, left, of: progress(of - left, of),
            sleep=0.05,
        )
        if target.suffix == UNFINISHED:
            new.execute("PRAGMA journal_mode=DELETE")  # one file, not three


@contextmanager
def _unfinished_file(target: Path) -> Iterator[Path]:
    """An empty file beside `target`, readable by its owner only; gone at the end, if not moved."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-", suffix=UNFINISHED)
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
    finally:
        for path in (unfinished, *(Path(f"{unfinished}{end}") for end in ("-wal", "-shm"))):
            path.unlink(missing_ok=True)


def _upgrade(url: str) -> None:
    database = Database(url)
    upgrading.upgrade(database, SYSTEM_CLOCK.now())
    database.close()


def _is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _file_of(url: str) -> Path:
    return Path(make_url(url).database or "")
