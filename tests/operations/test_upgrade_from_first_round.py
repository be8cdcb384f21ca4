"""Whoever ran the first round's release upgrades, and finds everything as it was."""

import base64
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask
from sqlmodel import col, select

from finder.cli import main
from finder.domain.talking.beliefs import FIRST_DAY
from finder.listings.tables import GroupFactRow, GroupRow
from finder.platform.db import migrate
from finder.platform.db.database import Database, Instant
from finder.reviews.learning import service as learning_service
from finder.reviews.tables import ReviewRow
from tests.support.databases import NUMBERS, Server, wait_for_no_disk
from tests.support.page_client import PageClient
from tests.support.review_parts import NOW
from tests.support.sign_in_parts import browser_of
from tests.support.site import app_on

ROWS = Path(__file__).with_name("first_round") / "rows.jsonl"
FIRST_ROUND = "0009"
CARD_COLUMNS = ("talking_sentence", "cost_label", "schedule", "point")
FACT_COLUMNS = ("group_id", "fact", "said_on", "parents_on")
LATER = NOW + timedelta(hours=12)
TYPES: dict[str, sa.types.TypeEngine[object]] = {
    "uuid": sa.Uuid(),
    "text": sa.Text(),
    "integer": sa.BigInteger(),
    "float": sa.Double(),
    "boolean": sa.Boolean(),
    "bytes": sa.LargeBinary(),
    "date": sa.Date(),
    "time": sa.Time(),
    "instant": Instant(),
}
READ: dict[str, Callable[[str], object]] = {
    "uuid": UUID,
    "bytes": base64.b64decode,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "instant": datetime.fromisoformat,
}
Values = tuple[object, ...]


@dataclass(frozen=True)
class OldTable:
    """A table as the first round knew it, and the rows that it held."""

    table: sa.TableClause
    rows: list[Values]

    def fill(self, connection: sa.Connection) -> None:
        names = [column.name for column in self.table.columns]
        if self.rows:
            values = [dict(zip(names, row, strict=True)) for row in self.rows]
            connection.execute(sa.insert(self.table), values)

    def read(self, connection: sa.Connection) -> list[Values]:
        return [tuple(row) for row in connection.execute(sa.select(*self.table.columns))]


def old_tables() -> list[OldTable]:
    """Every table of the first round, each after those that its rows point at."""
    found: list[OldTable] = []
    kinds: list[str] = []
    for line in ROWS.read_text(encoding="utf-8").splitlines():
        what = json.loads(line)
        if isinstance(what, dict):
            kinds = list(what["columns"].values())
            columns = [sa.column(name, TYPES[kind]) for name, kind in what["columns"].items()]
            found.append(OldTable(sa.table(what["table"], *columns), []))
        else:
            found[-1].rows.append(
                tuple(
                    value if value is None else READ.get(kind, _itself)(value)
                    for kind, value in zip(kinds, what, strict=True)
                )
            )
    return found


def _itself(value: object) -> object:
    return value


OLD = old_tables()


def rows_of(database: Database) -> dict[str, list[Values]]:
    """What the columns of the first round say now, in one order."""
    with database.engine.connect() as connection:
        return {old.table.name: sorted(old.read(connection), key=repr) for old in OLD}


@pytest.fixture(scope="module")
def old_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SQLite file that the first round's release left behind, to copy."""
    path = tmp_path_factory.mktemp("first_round") / "finder.db"
    fill(Database(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="module")
def old_template(postgresql: Server) -> Iterator[str]:
    """The name of the PostgreSQL database that the first round's release left behind, to copy."""
    name = f"quiet_first_round_{next(NUMBERS)}"
    fill(Database(postgresql.create(name)))
    yield name
    postgresql.drop(name)


def fill(database: Database) -> None:
    """Make the first round's tables in an empty database, and put its rows into them."""
    wait_for_no_disk(database)
    migrate.upgrade(database, FIRST_ROUND)
    with database.engine.begin() as connection:
        for old in OLD:
            old.fill(connection)
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """The first round's database, upgraded to this release, on each engine."""
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("old_file"), tmp_path / "finder.db")
        database = Database(f"sqlite:///{copy}")
    else:
        server: Server = request.getfixturevalue("postgresql")
        name = f"quiet_upgraded_{next(NUMBERS)}"
        database = Database(server.create(name, request.getfixturevalue("old_template")))
    wait_for_no_disk(database)
    migrate.upgrade(database)
    yield database
    database.close()
    if request.param == "postgresql":
        server.drop(name)


@pytest.fixture
def app(upgraded: Database, tmp_path: Path, gazetteer_path: Path) -> Iterator[Flask]:
    """The site of this release on it, on the day after."""
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    app = app_on(upgraded, tmp_path, LATER)
    yield app
    app.extensions["quiet_corner"].database.close()


def but_how_sure(rows: dict[str, list[Values]]) -> dict[str, list[Values]]:
    """The same without the sure level, which since 0013 takes a parent's report."""
    (groups,) = (old.table for old in OLD if old.table.name == "groups")
    place = [column.name for column in groups.columns].index("talking_sure_level")
    return rows | {"groups": [row[:place] + row[place + 1 :] for row in rows["groups"]]}


def test_every_row_and_value_is_kept_on_the_way_up_and_down(upgraded: Database) -> None:
    expected = {old.table.name: sorted(old.rows, key=repr) for old in OLD}
    assert all(expected.values()), "the first round's database has something of everything"

    assert migrate.is_up_to_date(upgraded)
    assert but_how_sure(rows_of(upgraded)) == but_how_sure(expected)

    migrate.downgrade(upgraded, FIRST_ROUND)

    assert migrate.current(upgraded) == FIRST_ROUND
    assert rows_of(upgraded) == expected
    look = sa.inspect(upgraded.engine)
    for old in OLD:
        columns = {column["name"] for column in look.get_columns(old.table.name)}
        assert columns == {column.name for column in old.table.columns}


def test_every_group_is_rated_anew_and_a_rebuild_after_it_moves_nothing(
    upgraded: Database,
) -> None:
    def versions() -> set[str]:
        with upgraded.session() as db:
            return set(db.exec(select(GroupRow.talking_version)))

    before = versions()
    rated = learning_service.rate_outdated(upgraded, LATER)

    assert (before, versions()) == ({""}, {FIRST_DAY})
    assert rated.groups > sum(rated.moved.values()) > 0
    with upgraded.writing() as db:
        again = learning_service.rebuild(db, LATER)
    assert (again.groups, again.moved) == (rated.groups, {})


def test_whoever_upgrades_is_told_how_many_levels_moved(
    old_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINDER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("FINDER_DATABASE_URL", "")
    shutil.copy(old_file, tmp_path / "finder.db")

    first, second = (CliRunner().invoke(main, ["db", "upgrade"]) for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert re.match(r"\d+ groups rated anew: \d+ kept their level, \d+ moved by 1", first.output)
    assert second.output == "The database is of this release.\n"


def test_a_card_says_after_the_upgrade_what_a_rebuild_writes(upgraded: Database) -> None:
    def read(*columns: object) -> list[Values]:
        with upgraded.session() as db:
            return sorted((tuple(row) for row in db.execute(sa.select(*columns))), key=repr)

    def cards() -> list[Values]:
        return read(*(getattr(GroupRow, name) for name in ("id", *CARD_COLUMNS)))

    def evidence() -> list[Values]:
        first = (f"first_timers_{level}" for level in range(1, 6))
        names = ("id", "talking_sure_level", "glance_yes", "glance_no", *first)
        return [
            *read(*(getattr(GroupRow, name) for name in names)),
            *read(*(getattr(GroupFactRow, name) for name in FACT_COLUMNS)),
        ]

    learning_service.rate_outdated(upgraded, LATER)
    after_upgrade = cards(), evidence()
    with upgraded.writing() as db:
        count = learning_service.rebuild_levels(db, LATER)

    assert count == len(after_upgrade[0]) > 0
    assert all(all(card) for card in after_upgrade[0])
    assert after_upgrade == (cards(), evidence())
    assert sum(sum(row[4:]) for row in after_upgrade[1] if len(row) == 9) > 0
    assert all(row[-2] or row[-1] for row in after_upgrade[1] if len(row) == 4)


def test_a_review_knows_after_the_upgrade_whether_a_moderator_looked_at_it(
    upgraded: Database,
) -> None:
    (log,) = (old for old in OLD if old.table.name == "moderation_log")
    names = [column.name for column in log.table.columns]
    lines = [dict(zip(names, row, strict=True)) for row in log.rows]
    decided = {line["item_id"] for line in lines if line["item_kind"] == "review"}

    with upgraded.session() as db:
        looked_at = dict(db.exec(select(ReviewRow.id, ReviewRow.is_looked_at)).all())

    assert {review_id for review_id, is_so in looked_at.items() if is_so} == decided
    assert 0 < len(decided) < len(looked_at)


def test_parents_find_the_groups_and_what_others_said(upgraded: Database, app: Flask) -> None:
    pages = PageClient(app)
    with upgraded.session() as db:
        group_id = db.exec(select(GroupRow.id).where(col(GroupRow.ref) == "rhyme-time")).one()

    results = pages.get("/search?near=EH6+7BS&radius=25&unknown=1")
    group = pages.get(f"/groups/{group_id}")

    assert "Group rhyme-time" in results.words
    assert "Group quay" not in results.words
    assert "We sat by the shelves, visit 0." in group.words
    assert "Songs and rhymes on the cushions." in group.words


def test_a_parent_finds_the_own_reviews_and_a_moderator_the_queue(
    upgraded: Database, app: Flask
) -> None:
    parent, moderator = PageClient(app), PageClient(app)
    with upgraded.writing() as db:
        parent.client = browser_of(app, db, "looked@example.org", LATER)
        moderator.client = browser_of(app, db, "mod@example.org", LATER)

    account = parent.get("/account/")
    queue = moderator.get("/moderate/")

    assert "Group songs" in account.words
    assert "Published" in account.words
    assert queue.all(".picks .pick") == [
        "All 15",
        "Held reviews 5",
        "Reports 4",
        "Claims 2",
        "First listings 1",
        "Suspected duplicates 3",
        "Waiting for their author 1",
    ]
