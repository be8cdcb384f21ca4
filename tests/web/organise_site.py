"""The site for tests of keeping listings true: two organisers, a parent, and a known clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from finder.app import create_app
from finder.services import uploading
from finder.settings import Settings
from finder.store.database import Database, Db
from tests.organise_parts import ANNA, BEN, CAROL, editor, listing, organiser_id
from tests.page_client import Page, PageClient, check
from tests.review_parts import NOW
from tests.sign_in_parts import browser_of
from tests.upload_parts import reader

ON_THE_CLOCK = (
    *("request", "sign_in", "account", "gates", "group", "review", "find", "still_running"),
    *("organise", "organise_claim", "organise_dates", "organise_editors", "organise_page"),
    "organise_upload",
)


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
    anna: Person
    ben: Person
    carol: Person
    nobody: Person
    anna_id: UUID
    songs: UUID

    @property
    def hill(self) -> UUID:
        return organiser_id(self.db)

    def work(self) -> None:
        """What the clerk does beside the requests."""
        while uploading.work_on_next(self.database, reader, NOW):
            pass


@pytest.fixture
def desk(
    sqlite_database: Database,
    tmp_path: Path,
    gazetteer_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    for module in ON_THE_CLOCK:
        monkeypatch.setattr(f"finder.web.{module}.now", lambda: NOW)
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    app = create_app(Settings(data_dir=tmp_path))
    app.testing = True
    wired = app.extensions["quiet_corner"].database
    with wired.writing() as db:
        songs, anna_id = listing(db, "songs"), editor(db)
        editor(db, BEN, "Harbour Trust")
        people = [Person(app, db, email) for email in (ANNA, BEN, CAROL, "")]
        yield Desk(app, db, sqlite_database, *people, anna_id=anna_id, songs=songs)
    wired.close()
