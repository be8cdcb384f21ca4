"""One database, opened the same way everywhere."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from finder.platform.db.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path / 'deep' / 'finder.db'}")
    with database.writing() as db:
        db.execute(text("CREATE TABLE counts (n INTEGER NOT NULL)"))
        db.execute(text("INSERT INTO counts VALUES (0)"))
        db.commit()
    return database


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("busy_timeout", 10_000)],
)
def test_sqlite_keeps_what_it_acknowledged(
    database: Database, pragma: str, value: str | int
) -> None:
    with database.session() as db:
        assert db.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_what_was_not_committed_is_gone(database: Database) -> None:
    with database.session() as db:
        db.execute(text("UPDATE counts SET n = 5"))

    with database.session() as db:
        assert db.execute(text("SELECT n FROM counts")).scalar() == 0


def test_writers_at_the_same_time_lose_nothing(database: Database) -> None:
    def add_one(_: int) -> None:
        with database.writing() as db:
            n = db.execute(text("SELECT n FROM counts")).scalar_one()
            db.execute(text("UPDATE counts SET n = :n"), {"n": n + 1})
            db.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add_one, range(40)))

    with database.session() as db:
        assert db.execute(text("SELECT n FROM counts")).scalar() == 40
    database.close()


def test_a_reader_leaves_no_transaction_open_on_a_server(postgresql_database: Database) -> None:
    idle = "SELECT state FROM pg_stat_activity WHERE pid = :pid"
    with postgresql_database.reading() as db, postgresql_database.session() as watcher:
        pid = db.execute(text("SELECT pg_backend_pid()")).scalar_one()
        assert watcher.execute(text(idle), {"pid": pid}).scalar_one() == "idle"


def test_a_reader_sees_what_was_written_meanwhile(database: Database) -> None:
    with database.reading() as reading:
        assert reading.execute(text("SELECT n FROM counts")).scalar() == 0
        with database.writing() as db:
            db.execute(text("UPDATE counts SET n = 7"))
            db.commit()
        assert reading.execute(text("SELECT n FROM counts")).scalar() == 7
