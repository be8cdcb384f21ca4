"""A site whose reads go to a standby: a PostgreSQL server and one that follows it."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from finder.app import create_app
from finder.platform.db.database import Database
from finder.settings import Settings
from tests.support.databases import TEMPLATE, Server, own_standby
from tests.support.examples import group, keep
from tests.support.waiting import wait_until

NAME = "replicated"


class Pair:
    """A site whose reads go to a standby."""

    first: UUID

    def __init__(self, primary: Server, standby: Server, data_dir: Path) -> None:
        self.standby = standby
        self.url, self.replica_url = primary.url(NAME), standby.url(NAME)
        self.primary = Database(self.url)
        self.data_dir = data_dir

    def app(self) -> Flask:
        app = create_app(
            Settings(
                data_dir=self.data_dir,
                database_url=self.url,
                database_replica_url=self.replica_url,
            )
        )
        app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
        return app

    def add(self, ref: str) -> UUID:
        with self.primary.writing() as db:
            [saved] = keep(db, group(ref))
        return saved.public_id

    def fall_behind(self) -> None:
        self.standby.run("SELECT pg_wal_replay_pause()")
        state = "SELECT pg_get_wal_replay_pause_state()"
        wait_until(lambda: self.standby.run(state) == "paused", "it still follows")

    def catch_up(self) -> None:
        self.standby.run("SELECT pg_wal_replay_resume()")
        with self.primary.engine.connect() as connection:
            end = connection.execute(text("SELECT pg_current_wal_insert_lsn()")).scalar()
        has_come = f"SELECT pg_last_wal_replay_lsn() >= '{end}'::pg_lsn"
        wait_until(lambda: self.standby.run(has_come), "it does not catch up")


@pytest.fixture(scope="module")
def pair(
    postgresql: Server, gazetteer_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    postgresql.create(NAME, TEMPLATE)
    folder = tmp_path_factory.mktemp("replicated")
    (folder / "postcodes.db").symlink_to(gazetteer_dir / "postcodes.db")
    with own_standby(postgresql) as standby:
        found = Pair(postgresql, standby, folder)
        found.first = found.add("first")
        found.catch_up()
        yield found
        found.primary.close()
    postgresql.drop(NAME)


@pytest.fixture
def app(pair: Pair) -> Iterator[Flask]:
    app = pair.app()
    yield app
    app.extensions["quiet_corner"].replica.close()
    app.extensions["quiet_corner"].database.close()
