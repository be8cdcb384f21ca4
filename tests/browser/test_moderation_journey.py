"""Moderators at work in a real browser, by keyboard too: reports, decisions, appeals, merges."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from finder.app import create_app
from finder.platform.db import migrate
from finder.platform.db.database import Database, Db
from finder.settings import Settings
from tests.browser.map_site import running
from tests.browser.visits import NEEDS, PHONE, WIDE, Visit, visiting
from tests.support.moderation_parts import MOD, OTHER_MOD, duplicate, held, moderator
from tests.support.review_parts import add_group, draft, publish
from tests.support.sign_in_parts import sign_in
from tests.support.smtp_sink import Sink, running_sink
from tests.support.waiting import wait_until

pytestmark = NEEDS
WARM = "Warm and calm, we sat at the back."


@dataclass
class Place:
    """The served site, and its database beside it."""

    address: str
    db: Db
    sink: Sink

    def enter(self, visit: Visit, email: str) -> None:
        """Sign somebody in, by the cookie that the emailed link gives."""
        secret = sign_in(self.db, email, datetime.now(UTC))
        visit.page.context.add_cookies(
            [{"name": "signed-in", "value": secret, "url": self.address}]
        )

    def mailed(self, words: str) -> EmailMessage:
        """The newest mail that says these words, once it has come."""

        def found() -> list[EmailMessage]:
            return [one for one in self.sink.messages if words in one.get_content()]

        wait_until(found, f"no mail says {words}")
        return found()[-1]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as sink:
        yield sink


@pytest.fixture
def place(sink: Sink, gazetteer_dir: Path, tmp_path: Path) -> Iterator[Place]:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_dir / "postcodes.db")
    settings = Settings(
        data_dir=tmp_path,
        mail_url=f"smtp://127.0.0.1:{sink.port}",  # type: ignore[arg-type]
        tiles_url="/tiles/{z}/{x}/{y}.png",
    )
    database = Database(settings.database)
    migrate.upgrade(database)
    app = create_app(settings)
    with running(app) as address, database.writing() as db:
        moderator(db)
        moderator(db, OTHER_MOD)
        yield Place(address, db, sink)
    database.close()


def fine(visit: Visit) -> Page:
    """Nothing that axe-core can fault, and nothing wider than the window."""
    assert visit.faults() == []
    assert visit.sideways() <= 0
    return visit.page


def decide(visit: Visit, label: str, reason: str, words: str) -> None:
    page = fine(visit)
    page.get_by_label(label, exact=True).check()
    page.get_by_label("Why?").select_option(label=reason)
    page.get_by_label("In a sentence").fill(words)
    visit.follow(page.get_by_role("button", name="Do it"))
    assert "Done. It is in the log" in page.inner_text("main")
    fine(visit)


def test_from_a_report_to_a_decision_to_an_appeal(browser: Browser, place: Place) -> None:
    group = add_group(place.db)
    for number in range(3):
        words = draft(2, words=f"{WARM} Visit {number}.")
        publish(place.db, group, words, f"p{number}@example.org")

    with visiting(browser, place.address, PHONE) as visit:
        number = reports_the_first_review(visit, f"/groups/{group}")

    with visiting(browser, place.address, WIDE) as visit:
        place.enter(visit, MOD)
        page = visit.go("/moderate/?kind=report")
        fine(visit)
        visit.follow(".queue a")
        assert number in page.inner_text("main")
        decide(visit, "Hide", "It is unkind to a person", "It hurts somebody who is there.")

    assert place.mailed("We have taken it down")["To"] == "sister@example.org"
    told = place.mailed("We have not shown your review")
    (link,) = re.findall(r"/appeal/[\w-]+", told.get_content())
    with visiting(browser, place.address, PHONE) as visit:
        page = visit.go(link)
        fine(visit)
        page.get_by_label("Why is it wrong?").fill("I was kind, and it is true.")
        visit.follow(page.get_by_role("button", name="Send"))
        assert "QC-" in fine(visit).inner_text("main")

    with visiting(browser, place.address, WIDE) as visit:
        place.enter(visit, OTHER_MOD)
        page = visit.go("/moderate/?kind=report")
        visit.follow(".queue a")
        assert "An appeal against a decision" in page.inner_text("main")
        decide(visit, "Publish", "We made a mistake", "It follows the rules after all.")
        assert "3 parents" in visit.go(f"/groups/{group}").inner_text("main")
    assert place.mailed("We have put it up again")["To"] == told["To"]


def reports_the_first_review(visit: Visit, address: str) -> str:
    """Gives the number of the report."""
    page = visit.go(address)
    visit.follow(page.get_by_role("link", name=re.compile("Report this review")).first)
    fine(visit)
    visit.follow(page.get_by_role("button", name="Send"))
    assert "Choose what is wrong" in page.inner_text("main")
    fine(visit)
    page.get_by_label("It is unkind to somebody").check()
    page.get_by_label("Tell us more").fill("It is about my sister.")
    page.get_by_label("Your email").fill("sister@example.org")
    visit.follow(page.get_by_role("button", name="Send"))
    (number,) = re.findall(r"QC-\w{6}", fine(visit).inner_text("main"))
    return str(number)


def test_hold_publish_hide_and_undo_by_keyboard_alone(browser: Browser, place: Place) -> None:
    group = add_group(place.db)
    held(place.db, group, draft(1, words=WARM))

    with visiting(browser, place.address, WIDE) as visit:
        place.enter(visit, MOD)
        page = visit.go("/moderate/")
        tab_to(page, "Harbour Songs, Harbour Hall")
        with visit.leaving():
            page.keyboard.press("Enter")
        assert "It is the first review from this email address" in page.inner_text("main")
        by_keyboard(visit, "Publish", "It follows the rules")
        assert "One or two parents have told us" in shown(visit, group)

        page.go_back()
        by_keyboard(visit, "Hide", "It sells something")
        assert "One or two parents" not in shown(visit, group)

        page.go_back()
        by_keyboard(visit, "Undo the last decision", "We made a mistake")
        assert "One or two parents have told us" in shown(visit, group)

        page = visit.go("/moderate/log")
        assert page.locator(".rows > li").count() == 3
        fine(visit)


def by_keyboard(visit: Visit, action: str, reason: str) -> None:
    """Decide with Tab, arrows, letters and Enter."""
    page = visit.page
    tab_to(page, "", "input[name=action]")
    for _ in range(page.locator("input[name=action]").count()):
        if focused(page, "el => el.closest('label').innerText.trim()") == action:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    tab_to(page, "", "select[name=reason]")
    page.keyboard.type(reason)
    tab_to(page, "", "textarea[name=words]")
    page.keyboard.type("We read it twice.")
    tab_to(page, "Do it")
    with visit.leaving():
        page.keyboard.press("Enter")
    assert page.url.endswith("done=1")
    assert "Done. It is in the log" in page.inner_text("main")


def tab_to(page: Page, words: str, selector: str = "*") -> None:
    """Press Tab until what is focused has these words, or is this element."""
    for _ in range(90):
        page.keyboard.press("Tab")
        said, is_it = focused(page, "(el, s) => [el.innerText || '', el.matches(s)]", selector)
        if is_it and said.strip().startswith(words):
            return
    raise AssertionError(f"the keyboard never reaches {words or selector}")


def focused(page: Page, script: str, *given: str) -> object:
    return page.evaluate(f"s => ({script})(document.activeElement, s)", *given)


def shown(visit: Visit, group: UUID) -> str:
    return visit.go(f"/groups/{group}").inner_text("main")


def test_two_listings_are_merged_and_their_reviews_kept(browser: Browser, place: Place) -> None:
    group, other = add_group(place.db), add_group(place.db, "other", name="Harbour Song Time")
    for number in range(2):
        publish(place.db, group, draft(2), f"a{number}@example.org")
        publish(place.db, other, draft(2), f"b{number}@example.org")
    duplicate(place.db, group, other)

    with visiting(browser, place.address, PHONE) as visit:
        place.enter(visit, MOD)
        page = visit.go("/moderate/?kind=duplicate")
        fine(visit)
        visit.follow(".queue a")
        page.get_by_label("Harbour Songs, Harbour Hall", exact=True).check()
        decide(visit, "Merge the two", "It is the same group twice", "One hall, one hour.")

        page = visit.go(f"/groups/{other}")
        assert page.url.endswith(str(group))
        assert "4 parents" in page.inner_text("main")
