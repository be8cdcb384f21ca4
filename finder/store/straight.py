"""Asks a statement without a session, for the two that are asked for nearly every page.

What they bring is ids and numbers, and takes SQLAlchemy as long to ask for by a session as the
database needs to find it.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from finder.store.database import Db

MOST_READY = 1024


def rows(db: Db, statement: Any, values: Mapping[str, Any]) -> Sequence[Any]:
    """The rows of a statement, as `db.execute(statement, values).all()` would give them.

    statement: one that is built once and asked often, whose columns come as they are kept. A
    session that is in the middle of something is asked itself: it may see what others don't.
    """
    engine: Any = db.get_bind()
    ready = None if db.in_transaction() else _ready(statement, engine.dialect)
    if ready is None:
        return db.execute(statement, values).all()
    text, literals, order = ready
    given = {**literals, **values}
    with engine.connect() as connection:
        asked: Any = tuple([given[name] for name in order]) if order else given
        found: Sequence[Any] = connection.exec_driver_sql(text, asked).all()
    return found


@lru_cache(maxsize=MOST_READY)
def _ready(
    statement: Any, dialect: Any
) -> tuple[str, Mapping[str, Any], Sequence[str] | None] | None:
    """A statement as the driver takes it, the values that are in it already, and the order of
    all of them where the driver goes by order; None where it would not take them as they are.
    """
    compiled = statement.compile(dialect=dialect)
    if any(isinstance(bind.type, (sa.Time, sa.Date)) for bind in compiled.binds.values()):
        return None
    literals = {name: value for name, value in compiled.params.items() if value is not None}
    return str(compiled), literals, compiled.positiontup
