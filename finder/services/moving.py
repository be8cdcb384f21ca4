"""Moves a whole site's data from one database to another: all of it, or nothing."""

from sqlalchemy import Connection

from finder.store import copying, migrating
from finder.store.copying import Copied, NotCopied, Progress
from finder.store.database import Database

__all__ = ["CantMove", "Copied", "move"]


class CantMove(Exception):
    """Why nothing was copied, and what to do."""


def move(source: Database, target: Database, progress: Progress) -> list[Copied]:
    """Copy every table into an empty database, in one transaction. CantMove.

    The source is read as it is at one moment, and never written. A target without any table is
    given those of this release first. Gives each table with its rows and its checksum, which
    were the same on both sides before the transaction was committed.
    """
    _refuse_unfit(source, target)
    with _one_moment(source) as reading, _writing(target) as writing, writing.begin():
        try:
            return copying.copy_all(reading, writing, progress)
        except NotCopied as error:
            raise CantMove(f"{error} Nothing was copied.") from error


def _refuse_unfit(source: Database, target: Database) -> None:
    if source.engine.url == target.engine.url:
        raise CantMove("Both addresses are those of the same database.")
    if not migrating.is_up_to_date(source):
        raise CantMove("The database to copy is not of this release. Run there: finder db upgrade")
    unknown = copying.unknown_tables(source)
    if unknown:
        raise CantMove(f"The database to copy has a table that is not ours: {min(unknown)}.")
    if not copying.table_names(target) and migrating.current(target) is None:
        migrating.upgrade(target)
    if not migrating.is_up_to_date(target):
        raise CantMove("The new database is not of this release. Run there: finder db upgrade")
    filled = copying.first_filled(target)
    if filled:
        raise CantMove(f"The new database is not empty: there are rows in {filled}.")


def _one_moment(source: Database) -> Connection:
    """A connection that sees the data as at one moment. SQLite's transactions do by themselves."""
    connection = source.engine.connect()
    if source.is_sqlite:
        return connection
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _writing(target: Database) -> Connection:
    return target.engine.execution_options(sqlite_immediate=True).connect()
