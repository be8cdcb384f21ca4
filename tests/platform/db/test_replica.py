"""A replica that is there is read; one that is away is left alone."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from finder.platform.db.database import Database
from finder.platform.db.replica import Replica

NOBODY_THERE = "postgresql+psycopg://postgres@127.0.0.1:1/none"


def test_where_there_is_no_replica_nobody_reads_it() -> None:
    assert Replica("").open() is None


def test_a_replica_that_is_there_gives_a_session(tmp_path: Path) -> None:
    replica = Replica(f"sqlite:///{tmp_path}/copy.db")
    db = replica.open()

    assert db is not None
    assert db.execute(text("SELECT 1")).scalar() == 1
    db.close()
    replica.close()


def test_the_version_is_that_of_what_has_arrived_and_of_nothing_where_it_is_away(
    sqlite_database: Database,
) -> None:
    there, away = Replica(str(sqlite_database.engine.url)), Replica(NOBODY_THERE)
    first = there.version()
    with sqlite_database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE arrived (n INTEGER)")

    assert first is not None
    assert there.version() not in {None, first}
    assert away.version() is None
    assert away.open() is None
    assert Replica("").version() is None
    there.close()


def test_one_that_is_away_is_said_once_and_then_left_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    replica = Replica(NOBODY_THERE)

    assert [replica.open() for _ in range(5)] == [None] * 5
    assert "".join(capsys.readouterr()).count("replica_away") == 1


def test_only_the_databases_own_errors_are_put_on_it(sqlite_database: Database) -> None:
    url = str(sqlite_database.engine.url)
    replica = Replica(url)

    assert not replica.failed(ValueError())
    db = replica.open()
    assert db is not None
    db.close()
    assert replica.failed(OperationalError("", {}, Exception()))
    assert replica.open() is None
    replica.close()
