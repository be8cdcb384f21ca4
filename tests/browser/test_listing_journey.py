"""Listing a group on a phone, by keyboard alone, with scripts and without: a parent finds it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from finder.accounts import queries as accounts_queries
from finder.app import create_app
from finder.organise import service as organise_service
from finder.organise.wizard import service as wizard_service
from finder.platform.db import migrate
from finder.platform.db.database import Database, Db
from finder.settings import Settings
from tests.browser.map_site import running
from tests.browser.visits import NARROW, NEEDS, PHONE, Visit, visiting
from tests.support.examples import HALL, SONGS, group, keep
from tests.support.sign_in_parts import sign_in
from tests.support.smtp_sink import Sink, link_in, running_sink

pytestmark = [*NEEDS, pytest.mark.usefixtures("first_listings_are_trusted")]
SCRIPTS = pytest.mark.parametrize("has_script", [True, False], ids=["with scripts", "without"])
MOST_TABS = 140


@dataclass
class Theirs:
    """A listing of somebody who is signed in."""

    made: UUID = field(default_factory=uuid4)
    secret: str = ""

    def begin(self, db: Db) -> None:
        """List it, far from where the journey goes."""
        now = datetime.now(UTC)
        self.secret = sign_in(db, "ben@example.org", now)
        account = accounts_queries.id_for(db, "ben@example.org", now)
        begun = wizard_service.begin(db, account, "where", {}, now)
        elsewhere = replace(SONGS, organiser="Far Trust", venue=group("far", north=2000).venue)
        self.made = organise_service.publish(db, account, begun, elsewhere, None, now)

    def cookie(self, address: str) -> Any:
        """What signs a browser in as them."""
        return {"name": "signed-in", "value": self.secret, "url": address}


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as sink:
        yield sink


@pytest.fixture
def theirs() -> Theirs:
    return Theirs()


@pytest.fixture
def site_address(sink: Sink, gazetteer_path: Path, tmp_path: Path, theirs: Theirs) -> Iterator[str]:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    database = Database(f"sqlite:///{tmp_path}/finder.db")
    migrate.upgrade(database)
    with database.session() as db:
        keep(db, group("songs", venue=HALL))
        theirs.begin(db)
    database.close()
    settings = Settings(
        data_dir=tmp_path,
        mail_url=f"smtp://127.0.0.1:{sink.port}",  # type: ignore[arg-type]
        tiles_url="/tiles/{z}/{x}/{y}.png",
    )
    app = create_app(settings)
    with running(app) as address:
        yield address


@SCRIPTS
def test_an_organiser_lists_a_group_by_keyboard_and_a_parent_finds_it(
    browser: Browser, site_address: str, sink: Sink, has_script: bool
) -> None:
    with visiting(browser, site_address, PHONE, java_script_enabled=has_script) as visit:
        page = visit.go("/")
        tab_to(page, "header a >> text=List a group")
        with visit.leaving():
            page.keyboard.press("Enter")
        type_into(page, "email", "anna@example.org")
        with visit.leaving():
            page.keyboard.press("Enter")
        visit.go(link_in(sink, "anna@example.org", "/sign-in/"))
        press(visit, "#send")
        assert page.url.endswith("/organise/")
        visit.go("/organise/listings/new")
        write_every_step(visit, has_script)
        press(visit, "aside button >> text=List this group")
        assert page.url.endswith("/edit?listed=1")
        fine(visit, has_script)
        assert "Parents can find it now" in page.inner_text("main")

    with visiting(browser, site_address, NARROW, java_script_enabled=has_script) as parent:
        page = parent.go("/")
        type_into(page, "near", "EH6 7BS")
        with parent.leaving():
            page.keyboard.press("Enter")
        parent.follow("text=Quay Songs")
        assert "Find a space on the rug" in page.inner_text("main")


def test_two_editors_meet_and_look_back_on_pages_without_faults(
    browser: Browser, site_address: str, theirs: Theirs
) -> None:
    """By keyboard, in the dark: a part is changed, a conflict settled, and a change undone."""
    address = f"/organise/listings/{theirs.made}"
    with visiting(browser, site_address, NARROW, color_scheme="dark") as visit:
        visit.page.context.add_cookies([theirs.cookie(site_address)])
        page, other = visit.go(f"{address}/edit/what"), visit.page.context.new_page()
        fine(visit, has_script=True)
        other.goto(f"{site_address}{address}/edit/what")
        other.fill("#name", "Harbour Rhymes")
        other.click("#save")
        other.wait_for_url("**saved=1")

        type_into(page, "name", "Harbour Play")
        press(visit, "#save")
        assert "Somebody else changed this too" in page.inner_text("main")
        fine(visit, has_script=True)
        choose(page, "keep-name", "theirs")
        press(visit, "#save")
        assert page.url.endswith("saved=1")
        fine(visit, has_script=True)
        assert page.inner_text("h1") == "Harbour Rhymes"

        visit.go(f"{address}/history")
        fine(visit, has_script=True)
        press(visit, "button >> text=Go back to this")
        assert page.url.endswith("saved=1")
        assert "Name: Harbour Rhymes → Harbour Songs" in page.inner_text("main")
        for part in ("where", "when", "cost", "talking", "good-to-know", "what-happens"):
            visit.go(f"{address}/edit/{part}")
            fine(visit, has_script=True)


def write_every_step(visit: Visit, has_script: bool) -> None:
    page = visit.page
    fine(visit, has_script)
    type_into(page, "postcode", "EH6 7BS")
    with visit.leaving():
        page.keyboard.press("Enter")
    at(visit, "where", has_script)
    assert "Harbour Hall" in page.inner_text("main")
    choose(page, "venue", "new")
    type_into(page, "venue_name", "Quay Hall")
    pick(page, "venue_kind", "Church")
    type_into(page, "locality", "Leith")
    choose(page, "step_free", "yes")
    press(visit, "#save")

    at(visit, "what", has_script)
    press(visit, "#save")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    fine(visit, has_script)
    if has_script:
        assert "There is a problem" in page.evaluate("document.activeElement.textContent")
    tab_to(page, ".govuk-error-summary a")
    page.keyboard.press("Enter")
    page.keyboard.type("Quay Songs")
    pick(page, "format", "Singing")
    type_into(page, "ages", "0-18 months")
    type_into(page, "organiser", "Quay Trust")
    press(visit, "#save")

    at(visit, "when", has_script)
    pick(page, "sessions-0-weekday", "Thursday")
    page.fill("#sessions-0-starts", "10:30")
    page.fill("#sessions-0-ends", "11:15")
    press(visit, "button[value=add]")
    expect(page.locator("#sessions-1-weekday")).to_be_visible()
    fine(visit, has_script)
    press(visit, "button[value=remove-1]")
    expect(page.locator("#sessions-1-weekday")).to_have_count(0)
    press(visit, "#save")

    write_the_rest(visit, has_script)


def write_the_rest(visit: Visit, has_script: bool) -> None:
    page = visit.page
    at(visit, "dates", has_script)
    assert page.inner_text("main").count("10:30 to 11:15") == 9
    press(visit, "main a.btn >> text=Yes")
    at(visit, "cost", has_script)
    choose(page, "cost", "free")
    choose(page, "booking", "drop_in")
    press(visit, "#save")
    at(visit, "talking", has_script)
    choose(page, "level", "1")
    choose(page, "introductions", "no")
    press(visit, "#save")
    at(visit, "good-to-know", has_script)
    choose(page, "sit_and_watch", "yes")
    press(visit, "#save")
    at(visit, "what-happens", has_script)
    type_into(page, "steps-0-minutes", "0")
    type_into(page, "steps-0-what", "Find a space on the rug")
    press(visit, "#save")
    at(visit, "getting-in", has_script)
    type_into(page, "door", "The blue door")
    press(visit, "#save")
    at(visit, "preview", has_script)
    assert page.inner_text("h1") == "Quay Songs"


def at(visit: Visit, slug: str, has_script: bool) -> None:
    assert re.search(f"/{slug}(#|$)", visit.page.url)
    fine(visit, has_script)


def fine(visit: Visit, has_script: bool) -> None:
    """Nothing that axe-core can fault (it needs scripts), and nothing wider than the phone."""
    if has_script:
        assert visit.faults() == []
        assert visit.sideways() <= 0
        assert small_targets(visit.page) == []
        assert broken_answers(visit.page) == []


def small_targets(page: Page) -> list[str]:
    """Buttons, boxes and lists lower than 44 px; a radio button counts with its label."""
    return list(
        page.evaluate(
            """[...document.querySelectorAll("main button, main input, main select, main .btn")]
            .filter((one) => one.offsetParent && one.type !== "hidden" && one.tabIndex >= 0)
            .filter((one) => (one.closest(".govuk-radios__item, .govuk-checkboxes__item, .option")
              ?? one).getBoundingClientRect().height < 43.5)
            .map((one) => one.outerHTML.slice(0, 120))"""
        )
    )


def broken_answers(page: Page) -> list[str]:
    """Answers to short questions that don't fit on one line, as where letter is under letter."""
    return list(
        page.evaluate(
            """[...document.querySelectorAll(".claim .govuk-radios__label")]
            .filter((one) => one.offsetParent && one.offsetHeight > 52)
            .map((one) => one.htmlFor)"""
        )
    )


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something is focused: what the keyboard can't reach fails the test."""
    wanted = page.locator(selector).first
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab never reached {selector}")


def press(visit: Visit, selector: str) -> None:
    """Press Enter on what leads to another page."""
    tab_to(visit.page, selector)
    with visit.leaving():
        visit.page.keyboard.press("Enter")


def type_into(page: Page, name: str, words: str) -> None:
    tab_to(page, f"#{name}")
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def pick(page: Page, name: str, begins: str) -> None:
    tab_to(page, f"#{name}")
    page.keyboard.type(begins)


def choose(page: Page, name: str, value: str) -> None:
    """Go to a group of radio buttons, and along it by arrow keys."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            break
    page.keyboard.press("Space")
    for _ in range(12):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no arrow led to {value} of {name}")
