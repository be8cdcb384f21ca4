"""Was it on? One tap with scripts, two without; a phone, and no account."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from finder.app import create_app
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.settings import Settings
from tests.browser.map_site import running
from tests.browser.visits import NARROW, NEEDS, PHONE, Visit, visiting
from tests.support.clock import SetClock
from tests.support.review_parts import add_group

pytestmark = NEEDS
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def group_page(tmp_path: Path) -> Iterator[str]:
    settings = Settings(data_dir=tmp_path, tiles_url="/tiles/{z}/{x}/{y}.png")
    database = Database(settings.database)
    migrate.upgrade(database)
    with database.writing() as db:
        group = add_group(db)
    database.close()
    app = create_app(settings, SetClock(NOON))
    with running(app) as address:
        yield f"{address}/groups/{group}"


@pytest.mark.parametrize("has_script", [True, False], ids=["with scripts", "without scripts"])
def test_a_parent_says_that_it_was_on(browser: Browser, group_page: str, has_script: bool) -> None:
    address, path = group_page.split("/groups/")
    with visiting(browser, address, PHONE, java_script_enabled=has_script) as visit:
        page = visit.go(f"/groups/{path}")
        fine(visit, has_script)

        visit.follow("#was-it-on >> text=Yes, it was on")
        if not has_script:
            fine(visit, has_script)
            visit.follow("button[value='2026-11-24 yes']")

        assert page.url.endswith("#was-it-on")
        assert "A parent found it on, Tue 24 Nov." in page.inner_text("#was-it-on")


def fine(visit: Visit, has_script: bool) -> None:
    """Large enough for a thumb, within the screen, and without a fault that axe-core knows."""
    assert visit.sideways() == 0
    for one in visit.page.locator("#was-it-on a, .was-on-days button").all():
        box = one.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    if has_script:
        assert visit.faults() == []


def test_the_form_itself_is_as_it_should_be(browser: Browser, group_page: str) -> None:
    address, path = group_page.split("/groups/")
    with visiting(browser, address, NARROW) as visit:
        visit.go(f"/groups/{path}/was-it-on")

        fine(visit, has_script=True)


def test_a_second_answer_shows_the_form_and_why(browser: Browser, group_page: str) -> None:
    address, path = group_page.split("/groups/")
    with visiting(browser, address, PHONE) as visit:
        page = visit.go(f"/groups/{path}")
        visit.follow("[data-one-tap$=yes]")
        visit.follow("[data-one-tap$=no]")

        assert page.url.endswith("/was-it-on")
        assert "We count one answer a day" in page.inner_text("main")
        assert page.locator("button[name=answer]").count() == 6
