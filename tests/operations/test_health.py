"""Whoever watches the site learns whether it is up and whether it can work."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from finder.app import create_app
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.settings import Settings
from tests.support.paths import DATA

INDEX = DATA / "postcodes.db"


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    app = create_app(Settings(data_dir=tmp_path))
    app.testing = True
    return app.test_client()


def test_a_process_that_answers_is_alive(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


def test_a_site_without_its_postcode_index_says_what_to_do(client: FlaskClient) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert "finder load-postcodes" in answer.text


def test_a_site_whose_database_has_no_tables_is_not_ready(
    client: FlaskClient, tmp_path: Path
) -> None:
    (tmp_path / "postcodes.db").symlink_to(INDEX)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert "not of this release" in answer.text


def test_a_site_with_its_index_and_its_database_is_ready(
    client: FlaskClient, tmp_path: Path
) -> None:
    (tmp_path / "postcodes.db").symlink_to(INDEX)
    database = Database(Settings(data_dir=tmp_path).database)
    migrate.upgrade(database)
    database.close()

    assert client.get("/readyz").status_code == 200
