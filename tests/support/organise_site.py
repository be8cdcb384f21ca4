"""The site for tests of keeping listings true: two organisers, a parent, and a known clock."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from finder.platform.db.database import Database, Db
from finder.spreadsheets.uploads import service as uploads_service
from tests.support.databases import NUMBERS, TEMPLATE, empty
from tests.support.organise_parts import ANNA, BEN, CAROL, editor, listing, organiser_id
from tests.support.page_client import Page, PageClient, check
from tests.support.review_parts import NOW
from tests.support.sign_in_parts import browser_of
from tests.support.site import app_on
from tests.support.upload_parts import reader


class Person:
    """Somebody with a browser: signed in as an address, or as nobody."""

    def __init__(self, app: Flask, db: Db, email: str = "") -> None:
        self.browser = PageClient(app)
        if email:
            self.browser.client = browser_of(app, db, email)

    def get(self, address: str, status: int = 200) -> Page:
        return self.browser.get(address, status)

    def token(self) -> str:
        """What a page of ours puts in every form."""
        page = Page(self.browser.client.get("/organise/upload/"), 0)
        return page.values("input[name=csrf_token]", "value")[0]

    def press(self, address: str, status: int = 303, **typed: Any) -> Page:
        """Send a form. A page that comes of it is held to the rules; a redirect is followed."""
        if isinstance(typed.get("file"), bytes):
            typed["file"] = BytesIO(typed["file"]), "listings.csv"
        answer = self.browser.client.post(address, data={"csrf_token": self.token(), **typed})
        answer.request.environ["wsgi.input"].close()  # a large one is a file
        assert answer.status_code == status, answer.text[:2000]
        if status == 303:
            return self.get(answer.headers["Location"])
        page = Page(answer, 0)
        check(page)
        return page


@dataclass
class Desk:
    """The app; Anna of the Hill Library, Ben of the Harbour Trust, and Carol, a parent."""

    app: Flask
    db: Db
    database: Database
    anna_id: UUID
    songs: UUID

    @cached_property
    def anna(self) -> Person:
        return Person(self.app, self.db, ANNA)

    @cached_property
    def ben(self) -> Person:
        return Person(self.app, self.db, BEN)

    @cached_property
    def carol(self) -> Person:
        return Person(self.app, self.db, CAROL)

    @cached_property
    def nobody(self) -> Person:
        return Person(self.app, self.db)

    @property
    def hill(self) -> UUID:
        return organiser_id(self.db)

    def work(self) -> None:
        """What the worker does beside the requests."""
        while uploads_service.work_on_next(self.database, reader, NOW):
            pass


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def organise_app(
    request: pytest.FixtureRequest,
    migrated_file: Path,
    gazetteer_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """One app on each engine for all tests: making it is most of a small test's time."""
    folder = tmp_path_factory.mktemp("organise")
    (folder / "postcodes.db").symlink_to(gazetteer_path)
    url = f"sqlite:///{shutil.copy(migrated_file, folder / 'finder.db')}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        name = f"quiet_organise_{next(NUMBERS)}"
        url = server.create(name, TEMPLATE)
    app = app_on(Database(url), folder, NOW)
    yield app
    app.extensions["quiet_corner"].database.close()
    if request.param == "postgresql":
        server.drop(name)


@pytest.fixture
def desk(organise_app: Flask) -> Iterator[Desk]:
    """The app over an empty database, but for Anna's listing and Ben's organiser."""
    organise_app.extensions["clock"].set(NOW)
    database = organise_app.extensions["quiet_corner"].database
    empty(database)
    with database.writing() as db:
        songs, anna_id = listing(db, "songs"), editor(db)
        editor(db, BEN, "Harbour Trust")
        yield Desk(organise_app, db, database, anna_id, songs)
