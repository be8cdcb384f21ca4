"""Signing in by a mailed link on a phone, by keyboard alone, with scripts and without."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.accounts import rules as accounts_rules
from finder.accounts import service as accounts_service
from finder.app import create_app
from finder.listings.tables import OrganiserRow
from finder.platform.clock import SYSTEM_CLOCK
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.platform.jobs import workers
from finder.settings import Settings
from tests.browser.map_site import running
from tests.browser.visits import NARROW, NEEDS, Visit, visiting
from tests.support.smtp_sink import Sink, link_in, running_sink

pytestmark = NEEDS
SCRIPTS = pytest.mark.parametrize("has_script", [True, False], ids=["with scripts", "without"])


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as sink:
        yield sink


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/finder.db")
    migrate.upgrade(database)
    yield database
    database.close()


@pytest.fixture
def app(sink: Sink, database: Database, tmp_path: Path) -> Flask:
    mail_url = f"smtp://127.0.0.1:{sink.port}"
    return create_app(Settings(data_dir=tmp_path, mail_url=mail_url))  # type: ignore[arg-type]


@pytest.fixture
def site_address(app: Flask) -> Iterator[str]:
    with running(app) as address:
        yield address


@SCRIPTS
def test_an_organiser_signs_in_looks_around_and_signs_out(
    browser: Browser, site_address: str, sink: Sink, has_script: bool
) -> None:
    with visiting(browser, site_address, NARROW, java_script_enabled=has_script) as visit:
        asks_for_a_link_by_keyboard(visit, has_script)
        page = visit.page

        link = link_in(sink, "anna@example.org", "/sign-in/")
        visit.go(link)
        assert "anna@example.org" in page.inner_text("main")
        fine(visit, has_script)
        page.focus("#send")
        with visit.leaving():
            page.keyboard.press("Enter")
        assert page.url.endswith("/organise/")
        assert page.inner_text("h1") == "My listings"
        fine(visit, has_script)

        signs_out_by_keyboard(visit, has_script)

        visit.go(link)
        assert page.inner_text("h1") == "This link doesn’t work any more"
        fine(visit, has_script)


def asks_for_a_link_by_keyboard(visit: Visit, has_script: bool) -> None:
    page = visit.go("/")
    page.focus("text=List a group")
    with visit.leaving():
        page.keyboard.press("Enter")
    assert "/sign-in?next=" in page.url
    fine(visit, has_script)
    page.focus("#send")
    with visit.leaving():
        page.keyboard.press("Enter")
    expect(page.locator(".ask:has(#email)")).to_have_css("border-left-width", "5px")
    fine(visit, has_script)

    page.focus("#email")
    page.keyboard.type("anna@example.org")
    with visit.leaving():
        page.keyboard.press("Enter")
    assert page.url.endswith("/sign-in/sent")
    fine(visit, has_script)


def signs_out_by_keyboard(visit: Visit, has_script: bool) -> None:
    page = visit.page
    visit.follow("text=Account")
    assert "This browser." in page.inner_text("main")
    fine(visit, has_script)
    visit.go("/sign-out")
    fine(visit, has_script)
    page.focus("header button")
    with visit.leaving():
        page.keyboard.press("Enter")
    expect(page.locator("text=List a group").first).to_be_visible()
    assert "sign-in" in visit.go("/account/").url


@SCRIPTS
def test_an_invited_editor_comes_to_the_invitation_through_signing_in(
    browser: Browser,
    app: Flask,
    site_address: str,
    sink: Sink,
    database: Database,
    has_script: bool,
) -> None:
    moment = SYSTEM_CLOCK.now()
    with database.writing() as db:
        row = OrganiserRow(name="Hill Library")
        db.add(row)
        db.flush()
        anna = accounts_queries.id_for(db, "anna@example.org", moment)
        editors.add(db, row.id, anna, moment)
        inviter = accounts_rules.Account(anna, "anna@example.org", is_moderator=False)
        accounts_service.invite(db, inviter, row.id, "ben@example.org", site_address, moment)
    workers.start_all(app)  # as a server does, which finds the letter of before

    with visiting(browser, site_address, NARROW, java_script_enabled=has_script) as visit:
        page = visit.go(link_in(sink, "ben@example.org", "/account/invitations/"))
        page.fill("#email", "ben@example.org")
        visit.follow("#send")
        visit.go(link_in(sink, "ben@example.org", "/sign-in/"))
        visit.follow("#send")
        assert page.inner_text("h1") == "Help with the listings of Hill Library"
        fine(visit, has_script)
        visit.follow("#send")
        assert "Hill Library: 0 listings" in page.inner_text("main")
        fine(visit, has_script)

        with visiting(browser, site_address, NARROW) as other:
            other.page.context.add_cookies(page.context.cookies())
            other.go("/account/")
            assert "Hill Library" in other.page.inner_text("main")
            assert other.faults() == []


def fine(visit: Visit, has_script: bool) -> None:
    """Nothing that axe-core can fault (it needs scripts), and nothing wider than the phone."""
    if has_script:
        assert visit.faults() == []
        assert visit.sideways() <= 0
