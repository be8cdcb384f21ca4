"""The site with one group to review, and a browser that checks each page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from finder.platform.db.database import Database, Db
from tests.support.page_client import Page, PageClient, check
from tests.support.review_parts import NOW, add_group, mails
from tests.support.site import app_on


@dataclass
class Site:
    """The app with one group in it, and a browser that checks each page."""

    app: Flask
    db: Db
    group: UUID
    browser: PageClient

    @property
    def address(self) -> str:
        return f"/groups/{self.group}/review"

    def get(self, address: str, status: int = 200) -> Page:
        return self.browser.get(address, status)

    def post(self, address: str, status: int = 200, **typed: str) -> Page | None:
        answer = self.browser.client.post(address, data=typed)
        assert answer.status_code == status, answer.text[:2000]
        if status in {302, 303}:
            return None
        page = Page(answer, 0)
        check(page)
        return page

    def token(self, address: str) -> str:
        return self.get(address).values("input[name=csrf_token]", "value")[0]

    def send(self, status: int = 303, **typed: str) -> Page | None:
        form = self.get(self.address)
        hidden = {
            name: form.values(f"input[name={name}]", "value")[0]
            for name in ("csrf_token", "form_key")
        }
        said = {"level": "2", "visit": "2026-10", "email": "parent@example.org"}
        return self.post(self.address, status, **{**hidden, **said, **typed})

    def links(self, kind: str = "confirm/") -> list[str]:
        self.db.expire_all()
        texts = " ".join(mail.body for mail in mails(self.db))
        self.db.rollback()
        return re.findall(rf"http://127.0.0.1:8000(/reviews/{kind}[\w-]+)", texts)


@pytest.fixture
def site(database: Database, tmp_path: Path, gazetteer_dir: Path) -> Iterator[Site]:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_dir / "postcodes.db")
    app = app_on(database, tmp_path, NOW)
    own = app.extensions["quiet_corner"].database
    with own.writing() as db:
        group = add_group(db)
        yield Site(app, db, group, PageClient(app))
    own.close()
