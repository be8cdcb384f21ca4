"""The evidence of a level on a phone: bars, folds and the map's popup, read without a fault."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from finder.app import create_app
from finder.domain.facts import Fact
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.reviews.rules import Visit
from finder.settings import Settings
from tests.browser.map_site import running
from tests.browser.visits import NEEDS, PHONE, WIDE, visiting
from tests.support.clock import SetClock
from tests.support.review_parts import NOW, add_group, draft, publish

pytestmark = [*NEEDS, pytest.mark.usefixtures("first_reviews_are_trusted")]
SENTENCE = "5 of 6 parents: a hello or less."


@pytest.fixture
def reviewed(gazetteer_dir: Path, tmp_path: Path) -> Iterator[tuple[str, UUID]]:
    """The address of a site, and its group that six parents have told us of."""
    (tmp_path / "postcodes.db").symlink_to(gazetteer_dir / "postcodes.db")
    settings = Settings(data_dir=tmp_path, tiles_url="/tiles/{z}/{x}/{y}.png")
    database = Database(settings.database)
    migrate.upgrade(database)
    with database.writing() as db:
        group = add_group(db, facts={Fact.SING: True})
        for month, level in enumerate((1, 1, 1, 2, 2, 3), 5):
            told = draft(level, visit=Visit(2026, month), facts={Fact.SING: True}, words="Calm.")
            publish(db, group, told)
    database.close()
    with running(create_app(settings, SetClock(NOW))) as address:
        yield address, group


@pytest.mark.parametrize("device", [PHONE, WIDE], ids=["phone", "wide"])
def test_bars_and_open_folds_have_no_fault(
    browser: Browser, reviewed: tuple[str, UUID], device: tuple[int, int]
) -> None:
    address, group = reviewed
    with visiting(browser, address, device) as visit:
        page = visit.go(f"/groups/{group}")
        expect(page.get_by_text(" in 100").first).to_be_hidden()

        for fold in page.locator("summary").all():
            fold.click()

        expect(page.get_by_text(" in 100").first).to_be_visible()
        assert SENTENCE in page.inner_text(".meter")
        assert visit.faults() == []
        assert visit.sideways() <= 0


def test_the_popup_of_the_map_says_the_same_sentence(
    browser: Browser, reviewed: tuple[str, UUID]
) -> None:
    address, _ = reviewed
    with visiting(browser, address, WIDE) as visit:
        page = visit.go("/search?near=EH6+7BS")
        page.locator(".leaflet-marker-icon").first.wait_for()
        page.locator(".leaflet-marker-icon").last.click()

        expect(page.locator(".map-popup-talk")).to_contain_text(SENTENCE)
        # The popup fades in, and axe measures contrast.
        expect(page.locator(".leaflet-popup")).to_have_css("opacity", "1")
        assert visit.faults() == []
