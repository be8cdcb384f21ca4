"""Whoever keeps what was read learns that something was written since."""

from pathlib import Path

import sqlalchemy as sa

from finder.platform.db.database import Database
from tests.support.examples import group, keep


def test_the_version_stays_while_nobody_writes(database: Database) -> None:
    before = database.versions.now()
    with database.session() as db:
        db.execute(sa.text("SELECT count(*) FROM groups"))

    assert before is not None
    assert database.versions.now() == before


def test_a_commit_changes_the_version(database: Database) -> None:
    before = database.versions.now()
    with database.session() as db:
        keep(db, group("new"))

    assert database.versions.now() != before


def test_what_was_rolled_back_leaves_no_reader_with_something_old(database: Database) -> None:
    with database.writing() as db:
        db.execute(sa.text("DELETE FROM groups"))
        during = database.versions.now()
        db.rollback()
    with database.session() as db:
        keep(db, group("new"))

    assert database.versions.now() != during


def test_versions_of_before_a_fork_are_not_mistaken_for_those_after(database: Database) -> None:
    before = database.versions.now()
    if database.is_sqlite:
        database.close()
        assert database.versions.now() != before


def test_a_database_that_is_gone_has_no_version_and_is_not_made(tmp_path: Path) -> None:
    gone = Database(f"sqlite:///{tmp_path}/gone.db")

    assert gone.versions.now() is None
    assert not (tmp_path / "gone.db").exists()


def test_a_server_that_began_anew_is_asked_again_at_once(postgresql_database: Database) -> None:
    others = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert postgresql_database.versions.now() is not None
    with postgresql_database.session() as db:
        assert any(db.execute(sa.text(others)).scalars())

    assert postgresql_database.versions.now() is not None
    with postgresql_database.reading() as db:
        assert db.execute(sa.text("SELECT 1")).scalar_one() == 1
