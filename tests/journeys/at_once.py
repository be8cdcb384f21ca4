"""Two people who change the same thing at one moment, on two connections.

On PostgreSQL both really wait: a third connection holds a row until each of the two
waits for a lock, as the server itself says. The one that began to wait first goes on first. SQLite
has one writer, so that there the second simply follows the first.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.listings.tables import GroupRow
from finder.platform.db.database import Database, Db
from finder.reviews.tables import ReviewRow
from tests.support.waiting import PATIENCE_S, wait_until

Deed = Callable[[Db], object]
_WAITING = sa.text(
    "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND pid IN"
    " (SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend')"  # the server's own cleaning may wait as well
)


def one_after_the_other(database: Database, *deeds: Deed) -> list[str]:
    """Do each when the one before is done. Gives what came of each: nothing, or the error."""
    return [_outcome(database, deed) for deed in deeds]


def at_once(
    database: Database,
    row_id: UUID,
    first: Deed,
    second: Deed,
    row: type[GroupRow | ReviewRow] = GroupRow,
) -> list[str]:
    """Do both at one moment, the first a little earlier. Gives the same.

    row, row_id: what the third connection holds meanwhile.
    """
    if database.is_sqlite:
        return one_after_the_other(database, first, second)
    with ThreadPoolExecutor(2) as pool, database.open() as holder:
        holder.exec(select(row.id).where(col(row.id) == row_id).with_for_update()).one()
        doing: list[Future[str]] = []
        for number, deed in enumerate((first, second), 1):
            doing.append(pool.submit(_outcome, database, deed))
            _until_waiting(database, number, doing)
        holder.rollback()
        return [one.result(PATIENCE_S) for one in doing]


def _until_waiting(database: Database, count: int, doing: list[Future[str]]) -> None:
    with database.reader.connect() as watching:

        def are_waiting() -> bool:
            done = sum(one.done() for one in doing)
            waiting: int = watching.execute(_WAITING).scalar_one()
            return waiting + done >= count

        wait_until(are_waiting, "nobody waited")


def _outcome(database: Database, deed: Deed) -> str:
    with database.writing() as db:
        try:
            deed(db)
        except Exception as error:
            return type(error).__name__
    return ""
