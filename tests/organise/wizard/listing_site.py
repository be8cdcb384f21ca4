"""The site for tests of listings: signed-in people, a known clock, a database of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from finder.platform.db.database import Database, Db
from tests.support.listing_parts import Organiser
from tests.support.review_parts import NOW
from tests.support.site import app_on

ANNA, BEN, CARO = "anna@example.org", "ben@example.org", "caro@example.org"
EVIL = '"><script>alert(1)</script><b onclick=x>&lt;'


@pytest.fixture
def app(
    database: Database,
    tmp_path: Path,
    gazetteer_path: Path,
) -> Iterator[Flask]:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    app = app_on(database, tmp_path, NOW)
    yield app
    app.extensions["quiet_corner"].database.close()


@pytest.fixture
def db(app: Flask) -> Iterator[Db]:
    with app.extensions["quiet_corner"].database.writing() as db:
        yield db


@pytest.fixture
def anna(app: Flask, db: Db) -> Organiser:
    return Organiser(app, db, ANNA)


@pytest.fixture
def ben(app: Flask, db: Db) -> Organiser:
    return Organiser(app, db, BEN)
