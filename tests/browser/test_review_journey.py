"""From the results to a changed rating, on a phone, by a real mail server; also without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from finder.app import create_app
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.settings import Settings
from tests.browser.map_site import running
from tests.browser.visits import NEEDS, PHONE, Visit, visiting
from tests.support.review_parts import add_group
from tests.support.smtp_sink import Sink, link_in, running_sink

pytestmark = [*NEEDS, pytest.mark.usefixtures("first_reviews_are_trusted")]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as sink:
        yield sink


@pytest.fixture
def site_address(sink: Sink, gazetteer_dir: Path, tmp_path: Path) -> Iterator[str]:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_dir / "postcodes.db")
    settings = Settings(
        data_dir=tmp_path,
        mail_url=f"smtp://127.0.0.1:{sink.port}",  # type: ignore[arg-type]
        tiles_url="/tiles/{z}/{x}/{y}.png",
    )
    database = Database(settings.database)
    migrate.upgrade(database)
    with database.writing() as db:
        add_group(db)
    database.close()
    app = create_app(settings)
    with running(app) as address:
        yield address


@pytest.mark.parametrize("has_script", [True, False], ids=["with scripts", "without scripts"])
def test_a_parent_reviews_a_group_and_the_rating_changes(
    browser: Browser, site_address: str, sink: Sink, has_script: bool
) -> None:
    with visiting(browser, site_address, PHONE, java_script_enabled=has_script) as visit:
        finds_the_form_of_harbour_songs(visit, has_script)
        writes(visit, has_script)
        visit.go(link_in(sink, "parent@example.org", "/reviews/confirm/"))
        fine(visit, has_script)
        visit.follow("button:has-text('Yes, this is my review')")
        assert "your review counts" in visit.page.inner_text("h1")
        fine(visit, has_script)

        reads_what_it_changed(visit, has_script)
        visit.go(link_in(sink, "parent@example.org", "/reviews/(?!confirm/)"))
        fine(visit, has_script)
        visit.follow("text=Take my review back")
        assert "You took your review back" in visit.page.inner_text("h1")
        fine(visit, has_script)
        page = visit.go("/search?near=EH6+7BS&unknown=1")
        assert "Nobody has told us" in page.inner_text("main")


def finds_the_form_of_harbour_songs(visit: Visit, has_script: bool) -> None:
    page = visit.go("/search?near=EH6+7BS&unknown=1")
    assert "Nobody has told us" in page.inner_text("main")
    fine(visit, has_script)
    visit.follow("text=Harbour Songs")
    fine(visit, has_script)
    visit.follow("text=Been to this one?")
    fine(visit, has_script)


def writes(visit: Visit, has_script: bool) -> None:
    page = visit.page
    visit.follow("button:has-text('Send')")
    assert "There is a problem" in page.inner_text("main")
    fine(visit, has_script)
    page.check("text=You can arrive, stay and leave without saying a word")
    page.check("input[name=fact_included][value=yes]")
    page.select_option("#visit", index=2)
    page.fill("#words", "We sat at the back. Nobody asked us anything.")
    page.fill("#email", "parent@example.org")
    visit.follow("button:has-text('Send')")
    assert "Check your email" in page.inner_text("h1")
    fine(visit, has_script)


def reads_what_it_changed(visit: Visit, has_script: bool) -> None:
    visit.follow("text=See Harbour Songs")
    words = visit.page.inner_text("main")
    assert "Probably: no talking needed" in words
    assert "One or two parents: no talking at all." in words
    assert "One or two parents: they were included" in words
    assert "We sat at the back" not in words
    fine(visit, has_script)


def fine(visit: Visit, has_script: bool) -> None:
    """Nothing that axe-core can fault (it needs scripts), and nothing wider than the phone."""
    if has_script:
        assert visit.faults() == []
        assert visit.sideways() <= 0
