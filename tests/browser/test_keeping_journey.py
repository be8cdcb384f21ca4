"""Keeping listings true on a phone and on a wide screen: every page, and nothing axe can fault."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from finder.app import create_app
from finder.domain.schedule.sessions import london_day
from finder.domain.vocabulary import ListingState, TalkingLevel
from finder.platform.clock import SYSTEM_CLOCK
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.settings import Settings
from tests.browser.map_site import running
from tests.browser.visits import NEEDS, PHONE, WIDE, Visit, visiting
from tests.support.organise_parts import ANNA, BEN, CAROL, editor, listing
from tests.support.review_parts import draft, publish
from tests.support.sign_in_parts import sign_in
from tests.support.upload_parts import file_of, hers

pytestmark = [*NEEDS, pytest.mark.usefixtures("first_listings_are_trusted")]
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def app(tmp_path: Path, gazetteer_path: Path) -> Flask:
    migrate.upgrade(Database(f"sqlite:///{tmp_path}/finder.db"))
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    return create_app(Settings(data_dir=tmp_path, tiles_url="/tiles/{z}/{x}/{y}.png"))


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with running(app) as address:
        yield address


def fill(app: Flask) -> tuple[str, str]:
    """Four listings of Anna's, one of somebody else's. Gives the ids of the last of each."""
    moment = SYSTEM_CLOCK.now()
    with app.extensions["quiet_corner"].database.writing() as db:
        editor(db)
        editor(db, BEN)
        old = moment - timedelta(days=100)
        for ref in ("bounce", "rhymes"):
            listing(db, ref, now=old)
        listing(db, "shut", state=ListingState.PAUSED)
        songs = listing(db, "songs", claimed_level=TalkingLevel.NO_TALKING)
        for level in (2, 2, 3):
            publish(db, songs, draft(level, today=london_day(moment)), now=moment)
        theirs = listing(db, "theirs", organiser="Harbour Trust")
    return str(songs), str(theirs)


def sign(app: Flask, visit: Visit, address: str) -> None:
    with app.extensions["quiet_corner"].database.writing() as db:
        secret = sign_in(db, ANNA, SYSTEM_CLOCK.now())
    name = app.config["SIGNED_IN_COOKIE"]
    visit.page.context.add_cookies([{"name": name, "value": secret, "url": address}])


def fine(visit: Visit, name: str) -> None:
    """Nothing that axe-core can fault, and nothing wider than the screen."""
    if SHOTS:
        width = visit.page.viewport_size["width"]  # type: ignore[index]
        visit.page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    assert visit.faults() == [], name
    assert visit.sideways() <= 0, name


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_an_organiser_keeps_its_listings_true(
    browser: Browser, app: Flask, address: str, size: tuple[int, int]
) -> None:
    songs, theirs = fill(app)
    with visiting(browser, address, size) as visit:
        sign(app, visit, address)
        page = visit.go("/organise/")
        fine(visit, "listings")
        visit.follow("text=Yes, all 2 are true")
        assert "you checked it today" in page.inner_text(".saved")

        cancels_next_week(visit, songs)

        visit.go(f"/organise/listings/{songs}/note")
        page.fill("#note", "We don’t go round with names any more.")
        visit.follow("#send")
        fine(visit, "note")
        visit.go(f"/organise/listings/{songs}/seen")
        fine(visit, "seen")

        visit.go("/organise/")
        visit.follow("text=Who looks after them")
        page.fill("#email", CAROL)
        visit.follow("#send")
        assert CAROL in page.inner_text("main")
        fine(visit, "editors")

        visit.go(f"/organise/claim/{theirs}")
        fine(visit, "claim")
        page.fill("#why", "I lead it for the trust, which names me on its page.")
        visit.follow("#send")
        assert "Waiting for a moderator" in page.inner_text("main")
        fine(visit, "claimed")


def cancels_next_week(visit: Visit, songs: str) -> None:
    page, today = visit.page, london_day(SYSTEM_CLOCK.now())
    visit.go(f"/organise/listings/{songs}/dates")
    first = (today + timedelta(days=7)).isoformat()
    last = (today + timedelta(days=16)).isoformat()
    visit.follow("#send")
    fine(visit, "dates-error")
    page.fill("#first", first)
    page.fill("#last", last)
    page.fill("#note", "half term")
    visit.follow("#send")
    assert "cancelled" in page.inner_text(".saved")
    fine(visit, "dates")
    visit.go(f"/groups/{songs}")
    assert "half term" in page.inner_text("main")
    fine(visit, "group")


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_a_file_is_refused_put_right_and_brought_in(
    browser: Browser, app: Flask, address: str, size: tuple[int, int]
) -> None:
    fill(app)
    good = file_of(hers("songs"), hers("one"), hers("two"))
    bad = good.replace(b"Free", b"see website", 1).replace(b"EH6 7BS", b"EH99 9ZZ")
    with visiting(browser, address, size) as visit:
        sign(app, visit, address)
        page = visit.go("/organise/upload/")
        fine(visit, "upload")
        for data, heading in ((bad, "Your file has"), (good, "What your file would do")):
            visit.go("/organise/upload/")
            page.set_input_files("#file", {"name": "a.csv", "mimeType": "text/csv", "buffer": data})
            visit.follow("#send")
            page.wait_for_selector(f"h1:has-text('{heading}')")
            fine(visit, heading.split()[0])
        visit.follow("#send")
        page.wait_for_selector("h1:has-text('Your listings are in')")
        fine(visit, "in")
