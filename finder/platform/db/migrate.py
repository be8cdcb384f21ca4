"""Migrates a database's tables, up and down, by the revisions in migrations/."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from finder.platform.db.database import Database

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
VERSIONS = MIGRATIONS / "versions"
ONE_AT_A_TIME = 0x51C0  # a lock's number, the same for all who migrate


class UnknownRevision(Exception):
    """There is no such revision. Says which there are."""


def upgrade(database: Database, revision: str = "head") -> tuple[str, ...]:
    """Bring the tables up to a revision, all or nothing. UnknownRevision if there is none.

    Gives what somebody should know of it, a sentence each: what waits for moderators now.
    """
    with _config(database) as config, _naming_revisions(config):
        command.upgrade(config, revision)
        return tuple(config.attributes.get("said", ()))


def downgrade(database: Database, revision: str) -> None:
    """Take the tables back to a revision; `base` removes them all, and what is in them."""
    with _config(database) as config, _naming_revisions(config):
        command.downgrade(config, revision)


def current(database: Database) -> str | None:
    """The revision of this database, or None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_up_to_date(database: Database) -> bool:
    """Whether the tables are those of this release."""
    return current(database) == ScriptDirectory(str(MIGRATIONS)).get_current_head()


@contextmanager
def _naming_revisions(config: Config) -> Iterator[None]:
    try:
        yield
    except CommandError as error:
        revisions = ScriptDirectory.from_config(config).walk_revisions()
        names = ", ".join(sorted(script.revision for script in revisions))
        raise UnknownRevision(f"There is no such revision. There are: base, {names}") from error


@contextmanager
def _config(database: Database) -> Iterator[Config]:
    """Alembic's configuration, made here: an installed wheel has no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    engine = database.engine.execution_options(sqlite_immediate=True)
    with engine.connect() as connection, _without_foreign_keys(connection), connection.begin():
        if not database.is_sqlite:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        config.attributes["connection"] = connection
        yield config
        if database.is_sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken:
                raise RuntimeError(f"The migration would leave {broken[0]} pointing at nothing")


@contextmanager
def _without_foreign_keys(connection: sa.Connection) -> Iterator[None]:
    """SQLite changes a table by replacing it with a copy, which foreign keys would forbid.

    The pragma does nothing inside a transaction, so it is set before one begins.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
