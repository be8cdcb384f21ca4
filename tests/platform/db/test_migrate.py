"""The tables go up, down and up again, and are those of tables.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from finder.listings import drafts
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.platform.db.rows import NAMES
from tests.house import new_migration
from tests.support.examples import SONGS, keep


def differences(database: Database) -> list[object]:
    with database.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), NAMES))


def checks(database: Database) -> set[str]:
    inspector = sa.inspect(database.engine)
    return {
        str(check["name"])
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }


def test_the_migrations_make_the_tables_of_this_release(database: Database) -> None:
    assert migrate.is_up_to_date(database)
    assert differences(database) == []


def test_a_migration_that_is_written_now_changes_nothing(
    database: Database, tmp_path: Path
) -> None:
    path = new_migration.write("Nothing", database, tmp_path / "revisions")

    assert "op." not in path.read_text().partition("def upgrade")[2]


def test_every_word_and_rule_is_guarded_by_a_named_check(database: Database) -> None:
    wanted = {
        str(constraint.name)
        for table in NAMES.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }

    # Alembic can't see checks, so that this is not part of the comparison above.
    assert checks(database) == wanted
    assert {"ck_groups_cost", "ck_sessions_ends_after_start", "ck_group_facts_fact"} <= wanted


def test_a_comparison_sees_a_table_that_no_migration_made(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE steps")

    assert differences(database) != []


def test_tables_go_down_and_up_again_and_then_hold_groups(database: Database) -> None:
    with database.writing() as db:
        keep(db, SONGS)

    migrate.downgrade(database, "base")

    assert migrate.current(database) is None
    assert set(sa.inspect(database.engine).get_table_names()) == {"alembic_version"}
    assert not migrate.is_up_to_date(database)

    migrate.upgrade(database)

    with database.writing() as db:
        [saved] = keep(db, SONGS)
        assert drafts.draft_of(db, saved.public_id) == SONGS


def test_an_unknown_revision_is_refused_with_those_that_there_are(database: Database) -> None:
    with pytest.raises(migrate.UnknownRevision, match="base, 0001"):
        migrate.downgrade(database, "next-week")

    assert migrate.is_up_to_date(database)


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/fresh.db")
    yield database
    database.close()


def test_an_empty_database_is_not_up_to_date(fresh: Database) -> None:
    assert migrate.current(fresh) is None
    assert not migrate.is_up_to_date(fresh)


def test_a_migration_that_would_leave_a_group_without_its_venue_changes_nothing(
    fresh: Database,
) -> None:
    migrate.upgrade(fresh)
    with fresh.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("INSERT INTO venue_facts VALUES ('nowhere', 'parking', 1, NULL)")
        driver.execute("PRAGMA foreign_keys=ON")

    with pytest.raises(RuntimeError, match="venue_facts"):
        migrate.upgrade(fresh)


def test_foreign_keys_hold_again_after_a_migration(fresh: Database) -> None:
    migrate.upgrade(fresh)

    with fresh.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_new_revision_needs_no_sqlmodel(fresh: Database, tmp_path: Path) -> None:
    migrate.upgrade(fresh)
    with fresh.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE steps")

    path = new_migration.write("Steps again", fresh, tmp_path / "revisions")

    text = path.read_text()
    assert "create_table" in text
    assert "sa.String(length=200)" in text
    assert "sqlmodel" not in text
