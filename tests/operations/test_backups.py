"""A copy made while people write is whole, and gives back all that was there."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from finder.operations import backups
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.platform.db.rows import NAMES
from finder.reviews.learning import service as learning_service
from tests.support.databases import Server
from tests.support.review_parts import NOW, add_group, publish, stored

Contents = dict[str, list[Any]]


def nobody_watches(_done: int, _of: int) -> None:
    """No progress bar."""


def url_of(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def contents(database: Database) -> Contents:
    """Every row of every table."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table))))
            for table in NAMES.sorted_tables
        }


@contextmanager
def scratch(database: Database, folder: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database of the same engine."""
    if database.is_sqlite:
        other = Database(f"sqlite:///{folder / 'other.db'}")
        yield other
        other.close()
        return
    server: Server = request.getfixturevalue("postgresql")
    other = Database(server.create("quiet_scratch"))
    yield other
    other.close()
    server.drop("quiet_scratch")


@contextmanager
def reviews_all_the_while(database: Database) -> Iterator[Callable[[], int]]:
    """Somebody publishes reviews within the block. Gives how many were answered so far."""
    ended, answered = threading.Event(), [0]

    def write() -> None:
        with database.writing() as db:
            group = add_group(db, "busy")
        while not ended.is_set():
            with database.writing() as db:
                publish(db, group)
            answered[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while not answered[0]:
            ended.wait(0.01)
        yield lambda: answered[0]
    finally:
        ended.set()
        writer.join()


def test_a_copy_made_under_writes_holds_all_that_was_answered_before_and_fits_together(
    database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    target = tmp_path / "copy"
    with reviews_all_the_while(database) as answered:
        before = answered()
        backups.back_up(url_of(database), target, nobody_watches)

    assert target.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob(".*")] == []
    with scratch(database, tmp_path, request) as other:
        backups.put_back(url_of(other), target, nobody_watches)
        with other.writing() as db:
            (group,) = db.exec(sa.text("SELECT id FROM groups")).scalars()
            assert db.exec(sa.text("SELECT count(*) FROM reviews")).scalar_one() >= before
            group_id = sa.Uuid().result_processor(db.get_bind().dialect, None)
            found = group_id(group) if group_id else group
            kept = stored(db, found)
            learning_service.rebuild_levels(db, NOW)
            assert stored(db, found) == kept


def test_the_drill_what_is_put_back_is_what_was_copied_and_nothing_since(
    database: Database, tmp_path: Path
) -> None:
    with database.writing() as db:
        group = add_group(db)
        publish(db, group)
    before = contents(database)
    backups.back_up(url_of(database), tmp_path / "copy", nobody_watches)
    with database.writing() as db:
        publish(db, group)
    assert contents(database) != before

    backups.put_back(url_of(database), tmp_path / "copy", nobody_watches, is_forced=True)

    assert contents(database) == before
    assert migrate.is_up_to_date(database)


def test_a_database_in_use_is_not_replaced_unless_forced(
    database: Database, tmp_path: Path
) -> None:
    backups.back_up(url_of(database), tmp_path / "copy", nobody_watches)
    with database.writing() as db:
        add_group(db)
    before = contents(database)

    with pytest.raises(backups.InTheWay, match="--force"):
        backups.put_back(url_of(database), tmp_path / "copy", nobody_watches)

    assert contents(database) == before


def test_a_copy_is_not_replaced_unless_forced(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    target.write_text("an older copy")

    with pytest.raises(backups.InTheWay, match="--force"):
        backups.back_up(url_of(database), target, nobody_watches)
    assert target.read_text() == "an older copy"

    backups.back_up(url_of(database), target, nobody_watches, is_forced=True)
    backups.check(url_of(database), target)


def test_a_copy_of_a_newer_release_is_refused(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    release = sa.text("UPDATE alembic_version SET version_num = :name")
    with database.engine.begin() as connection:
        (now,) = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars()
        connection.execute(release, {"name": "9999"})
    with pytest.raises(backups.BadBackup, match="another release"):
        backups.back_up(url_of(database), target, nobody_watches)
    assert not target.exists()

    with database.engine.begin() as connection:
        connection.execute(release, {"name": now})
    backups.back_up(url_of(database), target, nobody_watches)
    _say_it_is_newer(database, target)
    before = contents(database)
    with pytest.raises(backups.BadBackup, match="another release"):
        backups.put_back(url_of(database), target, nobody_watches, is_forced=True)
    assert contents(database) == before


def _say_it_is_newer(database: Database, copy: Path) -> None:
    if database.is_sqlite:
        with sqlite3.connect(copy) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
    else:
        with database.engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        backups.postgresql_tools.dump(url_of(database), copy)
        with database.engine.begin() as connection:
            head = migrate.ScriptDirectory(str(migrate.MIGRATIONS)).get_current_head()
            connection.execute(
                sa.text("UPDATE alembic_version SET version_num = :head"), {"head": head}
            )


def test_a_copy_of_an_older_release_is_brought_to_this_one(
    database: Database, tmp_path: Path
) -> None:
    migrate.downgrade(database, "0003")
    backups.back_up(url_of(database), tmp_path / "copy", nobody_watches)

    backups.put_back(url_of(database), tmp_path / "copy", nobody_watches, is_forced=True)

    assert migrate.is_up_to_date(database)


@pytest.mark.parametrize("harm", ["cut", "bent", "empty", "text"])
def test_a_broken_copy_is_refused_and_changes_nothing(
    database: Database, tmp_path: Path, harm: str
) -> None:
    target = tmp_path / "copy"
    with database.writing() as db:
        group = add_group(db)
        for _ in range(20):
            publish(db, group)
    backups.back_up(url_of(database), target, nobody_watches)
    whole = target.read_bytes()
    middle = len(whole) // 2
    harmed = {
        "cut": whole[:middle],
        "bent": whole[:middle] + b"\xff" * 9_000 + whole[middle + 9_000 :],
        "empty": b"",
        "text": b"venue,name\n",
    }
    target.write_bytes(harmed[harm])
    before = contents(database)

    with pytest.raises(backups.BadBackup):
        backups.put_back(url_of(database), target, nobody_watches, is_forced=True)

    assert contents(database) == before


def test_a_copy_of_the_other_kind_of_database_is_refused(
    sqlite_database: Database, tmp_path: Path
) -> None:
    backups.back_up(url_of(sqlite_database), tmp_path / "copy", nobody_watches)

    with pytest.raises(backups.BadBackup, match="no copy of such a database"):
        backups.check("postgresql+psycopg://db.example.org/site", tmp_path / "copy")
