"""One gate for each part of the site that is not for everybody: nothing behind it is forgotten."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from flask import Blueprint, Flask

from finder.accounts import auth, editors, moderators
from finder.accounts import queries as accounts_queries
from finder.accounts import rules as accounts_rules
from finder.accounts import service as accounts_service
from finder.listings.tables import OrganiserRow
from finder.platform.db.database import Database, Db
from tests.support.page_client import PageClient
from tests.support.review_parts import NOW, SITE, TODAY
from tests.support.sign_in_parts import browser_of, sign_in, tokens, who
from tests.support.site import app_on

ANNA, BEN = "anna@example.org", "ben@example.org"
CLOSED = ("account.", "leaving.", "organise", "moderate.")


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Iterator[Flask]:
    app = app_on(database, tmp_path, NOW)
    yield app
    app.extensions["quiet_corner"].database.close()


@pytest.fixture
def db(app: Flask) -> Iterator[Db]:
    with app.extensions["quiet_corner"].database.writing() as db:
        yield db


def address_of(rule: str) -> str:
    """An address that a rule answers, with something in each of its places."""
    parts = [
        str(UUID(int=7)) if "uuid" in part else "7" if "int" in part else "x"
        for part in rule.replace(">", "<").split("<")[1::2]
    ]
    pieces = rule.replace(">", "<").split("<")[0::2]
    return "".join(a + b for a, b in zip(pieces, [*parts, ""], strict=True))


def test_every_page_behind_a_gate_sends_a_stranger_to_sign_in(app: Flask) -> None:
    closed = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(CLOSED)]
    assert len(closed) >= 6
    stranger = app.test_client()

    for rule in closed:
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            answer = stranger.open(address_of(rule.rule), method=method)
            where = urlsplit(answer.headers.get("Location", ""))
            assert (answer.status_code, where.path) == (303, "/sign-in"), rule.rule


def test_whatever_begins_like_a_closed_part_is_closed(app: Flask) -> None:
    open_to_all = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/account/", "/organise", "/moderate"))
        and not rule.endpoint.startswith(CLOSED)
    ]

    assert open_to_all == []


def test_only_a_page_is_come_back_to_not_an_errand(app: Flask) -> None:
    stranger = app.test_client()

    page = stranger.get("/account/invitations/abc?x=1").headers["Location"]
    errand = stranger.post("/account/sign-ins/end-others").headers["Location"]

    assert parse_qs(urlsplit(page).query) == {"next": ["/account/invitations/abc?x=1"]}
    assert urlsplit(errand).query == ""


def test_pages_behind_a_gate_are_kept_by_nobody(app: Flask, db: Db) -> None:
    browser = browser_of(app, db, ANNA)

    for address in ("/account/", "/organise/"):
        headers = browser.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex"


def test_a_moderators_page_is_not_there_for_others(app: Flask, db: Db) -> None:
    bp = auth.only_moderators(Blueprint("queue", __name__, url_prefix="/queue"))
    bp.get("/")(lambda: f"For {auth.account().email}")
    app.register_blueprint(bp)
    anna, ben = browser_of(app, db, ANNA), browser_of(app, db, BEN)
    moderators.add(db, accounts_queries.id_for(db, ANNA, NOW), NOW)
    db.commit()

    assert anna.get("/queue/").text == f"For {ANNA}"
    assert ben.get("/queue/").status_code == 404
    assert app.test_client().get("/queue/").status_code == 303


def test_a_view_without_a_gate_that_asks_who_it_is_opens_nothing(app: Flask) -> None:
    app.add_url_rule("/forgotten", view_func=lambda: auth.account().email)

    assert app.test_client().get("/forgotten").status_code == 403


def test_the_day_of_last_use_is_kept_once_a_day(app: Flask, db: Db) -> None:
    secret = sign_in(db, ANNA)
    client = app.test_client()
    client.set_cookie("signed-in", secret)
    app.extensions["clock"].move(timedelta(days=1))

    for _ in range(2):
        assert client.get("/account/").status_code == 200

    assert who(db, secret).seen_on == TODAY + timedelta(days=1)


def test_an_invited_editor_signs_in_and_presses_a_button(app: Flask, db: Db) -> None:
    anna, hill = who_is(db, ANNA), OrganiserRow(name="Hill Library")
    db.add(hill)
    db.flush()
    editors.add(db, hill.id, anna.id, NOW)
    accounts_service.invite(db, anna, hill.id, BEN, SITE, NOW)
    (token,) = tokens(db, BEN, "invitations")
    address = f"/account/invitations/{token}"
    hers, his = PageClient(app), PageClient(app)
    hers.client, his.client = browser_of(app, db, ANNA), browser_of(app, db, BEN)

    assert "another email address" in hers.get(address).words
    page = his.get(address)
    assert page.one("h1") == "Help with the listings of Hill Library"
    csrf = page.values("main input[name=csrf_token]", "value")[0]
    assert his.client.post(address).status_code == 400
    assert "Hill Library" not in his.get("/organise/").words
    answer = his.client.post(address, data={"csrf_token": csrf})

    assert answer.headers["Location"] == "/organise/"
    assert "Hill Library: 0 listings" in his.get("/organise/").words
    assert his.get(address, 404).one("h1") == "This invitation doesn’t work any more"


def who_is(db: Db, email: str) -> accounts_rules.Account:
    return who(db, sign_in(db, email)).account


def test_somebody_suspended_may_look_and_leave_and_change_no_listing(app: Flask, db: Db) -> None:
    anna = who_is(db, ANNA)
    accounts_queries.suspend(db, anna.id, None, NOW)
    db.commit()
    browser = browser_of(app, db, ANNA)

    changing = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/organise") and "POST" in (rule.methods or set())
    ]
    assert len(changing) >= 8
    for rule in changing:
        assert browser.post(address_of(rule.rule)).status_code == 403, rule.rule
    for address in ("/organise/", "/account/", "/account/download", "/account/delete"):
        assert browser.get(address).status_code == 200
