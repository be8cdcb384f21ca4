"""The site for tests of signing in: browsers that check each page, and the links in mails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finder.platform.db.database import Database, Db
from tests.support.clock import SetClock
from tests.support.page_client import Page, PageClient, check
from tests.support.review_parts import NOW, mails
from tests.support.site import app_on

ANNA = "anna@example.org"


@dataclass
class Site:
    """The app, and browsers that check each page."""

    app: Flask
    db: Db

    @property
    def clock(self) -> SetClock:
        found: SetClock = self.app.extensions["clock"]
        return found

    def browser(self) -> PageClient:
        return PageClient(self.app)

    def mailed(self) -> list[str]:
        """The paths of the links that were mailed, oldest first."""
        texts = [mail.body for mail in mails(self.db)]
        self.db.rollback()
        base = self.app.extensions["quiet_corner"].settings.base_url
        return [p for t in texts for p in re.findall(rf"{base}(/sign-in/\S+)", t)]


@pytest.fixture
def base_url() -> str:
    return "http://127.0.0.1:8000"


@pytest.fixture
def site(database: Database, tmp_path: Path, base_url: str) -> Iterator[Site]:
    app = app_on(database, tmp_path, NOW, base_url=base_url, secret_key="k" * 40)
    own = app.extensions["quiet_corner"].database

    with own.writing() as db:
        yield Site(app, db)
    own.close()


def post(browser: PageClient, address: str, status: int, **typed: str) -> Page:
    """Fill the form that is at an address, and send it."""
    form = browser.get(address)
    typed.setdefault("csrf_token", form.values("main input[name=csrf_token]", "value")[0])
    return send(browser.client, address, status, **typed)


def send(client: FlaskClient, address: str, status: int, **typed: str) -> Page:
    answer = client.post(address.partition("?")[0], data=typed)
    assert answer.status_code == status, answer.text[:1000]
    page = Page(answer, 0)
    if status not in {302, 303}:
        check(page)
    return page


def ask(site: Site, email: str = ANNA, **typed: str) -> str:
    """Ask for a link in a browser of its own. Gives the path of the link."""
    post(site.browser(), "/sign-in", 303, email=email, **typed)
    return site.mailed()[-1]


def is_in(browser: PageClient) -> bool:
    answer = browser.client.get("/account/")
    assert answer.status_code in {200, 303}
    return answer.status_code == 200
