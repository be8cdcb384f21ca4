"""A site moves from SQLite to PostgreSQL by pgloader, with the load file of docs/deploy.md."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from finder.platform.db.database import Database
from finder.platform.db.rows import NAMES
from finder.reviews.learning import service as learning_service
from tests.support.databases import TEMPLATE, Server
from tests.support.examples import SONGS, keep
from tests.support.paths import TOP
from tests.support.review_parts import NOW, add_group, draft, publish, stored, submit
from tests.support.site import RHYME_TIME

DEPLOY = (TOP / "docs" / "deploy.md").read_text()
LOAD_FILE = re.search(r"^LOAD DATABASE$.*?;$", DEPLOY, re.MULTILINE | re.DOTALL)
NUMBERS = count(1)
CONSTRAINTS = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
)

pytestmark = pytest.mark.skipif(not shutil.which("pgloader"), reason="pgloader is not installed")


@pytest.fixture
def target(postgresql: Server) -> Iterator[Database]:
    """A database with our tables, on a server whose clock is not UTC."""
    name = f"loaded_{next(NUMBERS)}"
    url = postgresql.create(name, TEMPLATE)
    postgresql.run(f"ALTER DATABASE {name} SET timezone = 'America/New_York'")
    database = Database(url)
    yield database
    database.close()
    postgresql.drop(name)


def fill(database: Database) -> None:
    """A site with something of most kinds in it."""
    with database.writing() as db:
        keep(db, SONGS, RHYME_TIME)
    with database.writing() as db:
        place = add_group(db)
        publish(db, place, draft(2, words="Ein schöner Vormittag – ça va? 🙂\n\\N\t{}"))
        submit(db, place, draft(5))
        learning_service.learn(db, NOW)


def content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
            for table in NAMES.sorted_tables
        }


def load(source: Database, target: Database, server: Server, folder: Path) -> str:
    """Run pgloader with the load file of the documentation; only the addresses are ours."""
    assert LOAD_FILE is not None
    new = f"pgsql://postgres@unix:{server.socket_dir}:5432/{target.engine.url.database}"
    text = re.sub(r"sqlite://\S+", f"sqlite://{source.engine.url.database}", LOAD_FILE.group())
    (folder / "quiet.load").write_text(re.sub(r"pgsql://\S+", new, text))
    ran = subprocess.run(
        ["pgloader", "--root-dir", folder / "rejects", folder / "quiet.load"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return ran.stdout


def errors(said: str) -> dict[str, int]:
    """Each line of pgloader's summary with its number of errors."""
    lines = re.findall(r"^\s*(\S[\w ]*?) +(\d+) +\d+ .*s$", said, re.MULTILINE)
    return {name: int(number) for name, number in lines}


def test_pgloader_keeps_every_value_every_constraint_and_the_sequences(
    sqlite_database: Database, target: Database, postgresql: Server, tmp_path: Path
) -> None:
    fill(sqlite_database)
    before = content(sqlite_database)
    with target.engine.connect() as connection:
        constraints = connection.exec_driver_sql(CONSTRAINTS).all()

    said = load(sqlite_database, target, postgresql, tmp_path)

    assert {*NAMES.tables} <= {*errors(said)}
    assert not any(errors(said).values())
    assert content(target) == before
    assert sum(map(len, before.values())) > 20
    with target.engine.connect() as connection:
        assert connection.exec_driver_sql(CONSTRAINTS).all() == constraints
        asked = "SELECT nextval(pg_get_serial_sequence('learned_tables', 'id'))"
        assert connection.exec_driver_sql(asked).scalar() == 2


def test_the_site_goes_on_where_it_arrived(
    sqlite_database: Database, target: Database, postgresql: Server, tmp_path: Path
) -> None:
    with sqlite_database.writing() as db:
        place = add_group(db)
        publish(db, place, draft(2))
        before = stored(db, place)

    load(sqlite_database, target, postgresql, tmp_path)

    with target.writing() as db:
        assert stored(db, place) == before
        publish(db, place, draft(4))
        assert stored(db, place) != before


def test_a_row_that_postgresql_refuses_is_counted_in_the_summary(
    sqlite_database: Database, target: Database, postgresql: Server, tmp_path: Path
) -> None:
    fill(sqlite_database)
    with sqlite_database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE organisers SET name = hex(zeroblob(61))"
                " WHERE id = (SELECT min(id) FROM organisers)"
            )
        )
    before = content(sqlite_database)

    said = load(sqlite_database, target, postgresql, tmp_path)

    assert any(errors(said).values())
    assert content(sqlite_database) == before
