"""A full disk, a locked database, a database that is gone: nobody is told a lie, nothing breaks.

The full disk is a small tmpfs where the test may mount one (as root), else a quota by SQLite's
own max_page_count, which gives the same error.
"""

import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from finder.app import create_app
from finder.platform.db import database as opening
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.settings import Settings
from tests.support.databases import Server
from tests.support.review_parts import add_group
from tests.support.waiting import PATIENCE_S

SEARCH = "/search?near=EH6+7BS"
SMALL = "size=3m"


@dataclass
class Disk:
    """A folder, and how to leave no room in it and make some again."""

    folder: Path
    fill: Callable[[Database], None]
    make_room: Callable[[Database], None]


@dataclass
class Parent:
    """A browser with the form of one group's review open."""

    client: FlaskClient
    database: Database
    path: str
    form: dict[str, str]

    @classmethod
    def at(cls, settings: Settings) -> "Parent":
        app = create_app(settings)
        app.testing = True
        app.config["PROPAGATE_EXCEPTIONS"] = False
        database = app.extensions["quiet_corner"].database
        with database.writing() as db:
            group: UUID = add_group(db)
        path, client = f"/groups/{group}/review", app.test_client()
        page = client.get(path).text
        hidden = dict(re.findall(r'name="(csrf_token|form_key)"[^>]*? value="([^"]+)"', page))
        visit = re.findall(r'<option value="(\d{4}-\d\d)"', page)[0]
        return cls(client, database, path, {**hidden, "level": "2", "visit": visit})

    def send(self, email: str = "parent@example.org", words: str = "") -> TestResponse:
        return self.client.post(self.path, data={**self.form, "email": email, "words": words})

    def count(self) -> tuple[int, int]:
        """How many reviews there are, and letters."""
        with self.database.engine.connect() as connection:
            one, other = (
                connection.scalar(sa.text(f"SELECT count(*) FROM {table}"))  # noqa: S608
                for table in ("reviews", "outbox")
            )
        return int(one or 0), int(other or 0)


def is_told_to_come_back(answer: TestResponse) -> bool:
    return (
        answer.status_code == 503
        and answer.headers["Retry-After"] == "30"
        and "We will be back soon" in answer.text
    )


@pytest.fixture(params=["tmpfs", "quota"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", SMALL, "tmpfs", str(folder)]
    may_mount = request.param == "tmpfs" and os.geteuid() == 0
    if not may_mount or subprocess.run(mount, check=False, capture_output=True).returncode:
        yield Disk(folder, partial(_limit, pages=1), partial(_limit, pages=0))
        return
    try:
        yield Disk(folder, lambda _: _fill(folder), lambda _: (folder / "filler").unlink())
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(folder: Path) -> None:
    with (folder / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(b"x" * 4096):
                pass
        except OSError:
            return


def _limit(database: Database, pages: int) -> None:
    """0: no limit. SQLite takes a number below what there is as "no more than now"."""
    database.close()

    def say(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages or 2**30}")  # type: ignore[attr-defined]

    sa.event.listen(database.engine, "connect", say)


def test_a_full_disk_is_said_leaves_no_half_and_is_over_when_there_is_room(
    disk: Disk, gazetteer_path: Path
) -> None:
    (disk.folder / "postcodes.db").symlink_to(gazetteer_path)
    settings = Settings(data_dir=disk.folder)
    made = Database(settings.database)
    migrate.upgrade(made)
    made.close()
    parent = Parent.at(settings)
    assert parent.client.get(SEARCH).status_code == 200
    disk.fill(parent.database)

    taken = 0
    while (answer := parent.send(f"p{taken}@example.org", "x" * 400)).status_code == 303:
        taken += 1
        assert taken < 2_000, "the disk is not full"

    assert is_told_to_come_back(answer)
    assert parent.count() == (taken, taken)
    assert parent.client.get(SEARCH).status_code == 200
    with parent.database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    disk.make_room(parent.database)
    assert parent.send(f"p{taken}@example.org").status_code == 303
    assert parent.count() == (taken + 1, taken + 1)
    parent.database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    gazetteer_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Settings:
    """A site that waits for a lock a moment, not ten seconds."""
    monkeypatch.setattr(opening, "BUSY_MS", 100)
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    database: Database = request.getfixturevalue(f"{request.param}_database")
    url = database.engine.url.render_as_string(hide_password=False)
    return Settings(data_dir=tmp_path, database_url=url)


@contextmanager
def somebody_holds_the_reviews(settings: Settings) -> Iterator[None]:
    other = Database(settings.database)
    with other.engine.execution_options(sqlite_immediate=True).connect() as connection:
        if not other.is_sqlite:
            connection.exec_driver_sql("LOCK TABLE reviews IN EXCLUSIVE MODE")
        connection.exec_driver_sql("SELECT 1")
        yield
    other.close()


def test_a_locked_database_is_said_and_readers_notice_nothing(settings: Settings) -> None:
    parent = Parent.at(settings)

    with somebody_holds_the_reviews(settings):
        assert is_told_to_come_back(parent.send())
        assert parent.client.get(SEARCH).status_code == 200
        assert parent.client.get(parent.path).status_code == 200

    assert parent.count() == (0, 0)
    assert parent.send().status_code == 303
    assert parent.count() == (1, 1)
    parent.database.close()


def test_a_server_that_goes_away_is_found_again_by_itself(
    postgresql: Server, tmp_path: Path, gazetteer_path: Path
) -> None:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    url = postgresql.create("quiet_going", "quiet_template")
    parent = Parent.at(Settings(data_dir=tmp_path, database_url=url))
    assert parent.client.get(SEARCH).status_code == 200

    postgresql.hang_up_on("quiet_going")
    postgresql.rename("quiet_going", "quiet_gone")
    assert is_told_to_come_back(parent.send())
    assert is_told_to_come_back(parent.client.get(SEARCH))
    assert is_told_to_come_back(parent.client.get(parent.path))
    assert parent.client.get("/healthz").status_code == 200
    assert parent.client.get("/readyz").status_code == 503

    postgresql.rename("quiet_gone", "quiet_going")
    assert parent.send().status_code == 303
    assert parent.client.get(SEARCH).status_code == 200
    parent.database.close()
    postgresql.drop("quiet_going")


def test_a_page_that_was_read_before_is_not_shown_again_while_the_database_is_away(
    sqlite_database: Database, tmp_path: Path, gazetteer_path: Path
) -> None:
    """It may show what was taken down meanwhile by another process."""
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    url = sqlite_database.engine.url.render_as_string()
    parent = Parent.at(Settings(data_dir=tmp_path, database_url=url))
    pages = (SEARCH, parent.path.removesuffix("/review"), "/search.geojson?near=EH6+7BS")
    assert {parent.client.get(page).status_code for page in pages} == {200}
    parent.database.close()
    sqlite_database.close()
    file = Path(str(sqlite_database.engine.url.database))
    held = {path: path.read_bytes() for path in file.parent.glob(f"{file.name}*")}
    for path in held:
        path.unlink()

    for page in pages:
        assert is_told_to_come_back(parent.client.get(page))
    parent.client.set_cookie(parent.client.application.config["SIGNED_IN_COOKIE"], "x")
    assert "We can’t find that page" in parent.client.get("/nowhere").text

    parent.database.close()
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()
    for path, data in held.items():
        path.write_bytes(data)
    assert {parent.client.get(page).status_code for page in pages} == {200}
    parent.database.close()


def test_connections_that_were_cut_are_made_anew_without_anybody_noticing(
    postgresql: Server, tmp_path: Path, gazetteer_path: Path
) -> None:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    url = postgresql.create("quiet_cut", "quiet_template")
    parent = Parent.at(Settings(data_dir=tmp_path, database_url=url))

    for number in range(3):
        postgresql.hang_up_on("quiet_cut")
        assert parent.send(f"p{number}@example.org").status_code == 303

    parent.database.close()
    postgresql.drop("quiet_cut")


def test_a_writer_that_waits_a_moment_gets_its_turn(settings: Settings) -> None:
    parent = Parent.at(settings)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with somebody_holds_the_reviews(settings):
            held.set()
            done.wait(0.05)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(PATIENCE_S)
    statuses = {parent.send().status_code for _ in range(20)}
    holder.join()

    assert statuses <= {303, 503}
    assert parent.count() == (1, 1)
    parent.database.close()
