"""A person's own data on the site: a file with all of it, and a button that ends it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from finder.platform.db.database import Database, Db
from tests.support.moderation_parts import MOD, moderator
from tests.support.page_client import Page, PageClient, check
from tests.support.review_parts import NOW, add_group, draft, publish, stored
from tests.support.sign_in_parts import browser_of
from tests.support.site import app_on

ANNA = "anna@example.org"


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Iterator[Flask]:
    app = app_on(database, tmp_path, NOW)
    yield app
    app.extensions["quiet_corner"].database.close()


@pytest.fixture
def db(app: Flask) -> Iterator[Db]:
    with app.extensions["quiet_corner"].database.writing() as db:
        yield db


def signed_in(app: Flask, db: Db, email: str = ANNA) -> PageClient:
    pages = PageClient(app)
    pages.client = browser_of(app, db, email)
    return pages


def press(pages: PageClient, **typed: str) -> Page | str:
    token = pages.get("/account/delete").values("main input[name=csrf_token]", "value")[0]
    answer = pages.client.post("/account/delete", data={"csrf_token": token, **typed})
    if answer.status_code == 303:
        return answer.headers["Location"]
    page = Page(answer, 0)
    check(page)
    return page


def test_the_file_holds_my_review_and_is_kept_by_nobody(app: Flask, db: Db) -> None:
    publish(db, add_group(db), draft(2, words="Calm by the window."), ANNA)
    pages = signed_in(app, db)
    assert "/account/download" in pages.get("/account/").values("main a", "href")

    answer = pages.client.get("/account/download")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    held = json.loads(answer.text)
    assert held["email"] == ANNA
    assert held["held"]["reviews"][0]["words"] == "Calm by the window."


def test_a_choice_a_button_and_nobody_is_signed_in_any_more(app: Flask, db: Db) -> None:
    group = add_group(db)
    publish(db, group, draft(2), ANNA)
    pages = signed_in(app, db)
    page = press(pages)
    assert isinstance(page, Page)
    assert page.all(".problem-list a") == ["Choose what becomes of your reviews"]

    assert press(pages, reviews="withdraw") == "/account-deleted"

    assert "We have forgotten you" in pages.get("/account-deleted").one("h1")
    assert pages.client.get("/account/").status_code == 303
    assert stored(db, group)["reports_2"] == 0


def test_looking_at_the_page_deletes_nothing_nor_does_a_foreign_form(app: Flask, db: Db) -> None:
    pages = signed_in(app, db)

    pages.get("/account/delete")
    assert pages.client.post("/account/delete", data={"reviews": "keep"}).status_code == 400

    assert pages.client.get("/account/").status_code == 200


def test_the_only_moderator_is_told_to_add_another(app: Flask, db: Db) -> None:
    moderator(db)
    pages = signed_in(app, db, MOD)

    page = press(pages, reviews="keep")

    assert isinstance(page, Page)
    assert "You are the only moderator" in page.words
