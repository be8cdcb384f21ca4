"""Listing a group step by step, from the first postcode to a page that parents find."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from finder.app import create_app
from finder.settings import Settings
from finder.store.database import Database, Db
from tests.listing_parts import Organiser
from tests.page_client import PageClient
from tests.review_parts import NOW

ANNA, BEN = "anna@example.org", "ben@example.org"


@pytest.fixture
def app(
    sqlite_database: Database,
    tmp_path: Path,
    gazetteer_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Flask]:
    for module in (
        "request",
        "sign_in",
        "account",
        "gates",
        "listing",
        "listing_edit",
        "find",
        "group",
    ):
        monkeypatch.setattr(f"finder.web.{module}.now", lambda: NOW)
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    app = create_app(Settings(data_dir=tmp_path))
    app.testing = True
    yield app
    app.extensions["quiet_corner"].database.close()


@pytest.fixture
def db(app: Flask) -> Iterator[Db]:
    with app.extensions["quiet_corner"].database.writing() as db:
        yield db


@pytest.fixture
def anna(app: Flask, db: Db) -> Organiser:
    return Organiser(app, db, ANNA)


def test_a_group_that_was_listed_is_found_by_a_parents_search(app: Flask, anna: Organiser) -> None:
    made = anna.publish()

    parent = PageClient(app)
    assert parent.get("/search?near=EH6+7BS").all(".card h2") == ["Quay Songs"]
    page = parent.get(f"/groups/{made}")
    assert "Everybody sings" in page.words
