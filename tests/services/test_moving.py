"""A whole site moves from SQLite to PostgreSQL and back, or stays where it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from finder.services import joining, moving, reviewing
from finder.store import groups, migrating
from finder.store.database import Database
from finder.store.tables import NAMES
from tests.support.examples import SONGS, keep
from tests.support.review_parts import NOW, add_group, draft, publish, stored, submit
from tests.support.site import RHYME_TIME


def quietly(_done: int, _of: int) -> None:
    """Nobody watches."""


def fill(database: Database) -> None:
    """A site with something of most kinds in it."""
    with database.writing() as db:
        keep(db, SONGS, RHYME_TIME)
    with database.writing() as db:
        place = add_group(db)
        publish(db, place, draft(2, words="Ein schöner Vormittag – ça va? 🙂"))
        submit(db, place, draft(5))
        reviewing.learn(db, NOW)


def content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
            for table in NAMES.sorted_tables
        }


@pytest.fixture
def back(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/back.db")
    yield database
    database.close()


def test_a_site_goes_to_postgresql_and_back_without_loss(
    sqlite_database: Database, postgresql_database: Database, back: Database
) -> None:
    fill(sqlite_database)
    before = content(sqlite_database)

    there = moving.move(sqlite_database, postgresql_database, quietly)
    home = moving.move(postgresql_database, back, quietly)

    assert there == home
    assert content(postgresql_database) == content(back) == before
    assert {one.table for one in there} == set(NAMES.tables)
    assert sum(one.rows for one in there) == sum(map(len, before.values())) > 20


def test_the_site_goes_on_where_it_arrived(
    sqlite_database: Database, postgresql_database: Database
) -> None:
    with sqlite_database.writing() as db:
        place = add_group(db)
        publish(db, place, draft(2))
        before = stored(db, place)
    moving.move(sqlite_database, postgresql_database, quietly)

    with postgresql_database.writing() as db:
        assert stored(db, place) == before
        publish(db, place, draft(4))
        assert stored(db, place) != before
        assert groups.draft_of(db, place) is not None
        assert joining.tidy(db, NOW) == (0, 0)


def test_progress_ends_with_all_rows(sqlite_database: Database, back: Database) -> None:
    fill(sqlite_database)
    told: list[tuple[int, int]] = []

    copied = moving.move(sqlite_database, back, lambda done, of: told.append((done, of)))

    rows = sum(one.rows for one in copied)
    assert told[-1] == (rows, rows)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_target_with_anything_in_it_is_refused(
    sqlite_database: Database, postgresql_database: Database
) -> None:
    for database in (sqlite_database, postgresql_database):
        fill(database)
    before = content(postgresql_database)

    with pytest.raises(moving.CantMove, match="not empty"):
        moving.move(sqlite_database, postgresql_database, quietly)

    assert content(postgresql_database) == before


@pytest.mark.parametrize("which", ["to copy", "new"])
def test_a_database_of_another_release_is_refused(
    sqlite_database: Database, postgresql_database: Database, which: str
) -> None:
    old = sqlite_database if which == "to copy" else postgresql_database
    migrating.downgrade(old, "0003")

    with pytest.raises(moving.CantMove, match=f"{which}.* not of this release"):
        moving.move(sqlite_database, postgresql_database, quietly)


def test_the_same_database_twice_is_refused(sqlite_database: Database) -> None:
    with pytest.raises(moving.CantMove, match="same database"):
        moving.move(sqlite_database, sqlite_database, quietly)


def test_a_table_that_is_not_ours_is_refused_rather_than_lost(
    sqlite_database: Database, back: Database
) -> None:
    with sqlite_database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE strangers (id INTEGER)")

    with pytest.raises(moving.CantMove, match="strangers"):
        moving.move(sqlite_database, back, quietly)


def test_a_row_that_does_not_fit_leaves_nothing_behind(
    sqlite_database: Database, postgresql_database: Database
) -> None:
    fill(sqlite_database)
    with sqlite_database.engine.begin() as connection:
        # PostgreSQL keeps no such text.
        connection.execute(sa.text("UPDATE groups SET door = 'a' || char(0) || 'b'"))

    with pytest.raises(sa.exc.DBAPIError):
        moving.move(sqlite_database, postgresql_database, quietly)

    assert not any(content(postgresql_database).values())
