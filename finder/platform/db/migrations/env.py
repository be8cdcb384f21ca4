"""Alembic's environment: migrations run on the connection that platform/db/migrate.py gives.

SQLite can't change most of a table, so changes there are made in a copy (render_as_batch).
Revisions name SQLAlchemy's types only: `render` keeps SQLModel's string type and our own out of them.
"""

from typing import Literal

from alembic import context
from alembic.runtime.migration import MigrationContext
from sqlmodel.sql.sqltypes import AutoString

from finder.platform.db import all_tables
from finder.platform.db.database import Instant
from finder.platform.db.rows import NAMES

BRACKETS = "()'"


def render(kind: str, item: object, _context: object) -> str | Literal[False]:
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def is_another_default(
    context: MigrationContext, _there: object, _wanted: object, there: str | None, *wanted: object
) -> bool | None:
    """Alembic takes SQLite's brackets and quotes around an empty default for a difference."""
    if context.dialect.name != "sqlite":
        return None  # which has Alembic compare them
    return (there or "").strip(BRACKETS) != str(wanted[-1] or "").strip(BRACKETS)


all_tables.load()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=NAMES,
    render_as_batch=True,
    render_item=render,
    compare_server_default=is_another_default,
)
with context.begin_transaction():
    context.run_migrations()
