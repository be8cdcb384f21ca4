"""Every route is reached: by a link or a form, a letter, the documents, or a list for robots.

What nothing leads to is dead, or a link to it is missing.
"""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from finder.moderation.rules import Action, ItemKind, Reason
from finder.organise.reminders import service as reminders_service
from finder.organise.upkeep import service as upkeep_service
from finder.organise.upkeep.rules import Wish
from finder.platform.db.database import Database
from tests.house.crawling import Crawl, documents, send
from tests.support.listing_parts import Organiser
from tests.support.moderation_parts import MOD, decide, held, moderator, report, waiting_listing
from tests.support.organise_parts import ANNA, BEN, CAROL, editor, listing
from tests.support.organise_site import Desk
from tests.support.review_parts import NOW, SITE, draft, mails, publish
from tests.support.sign_in_parts import browser_of
from tests.support.site import app_on
from tests.support.upload_parts import file_of, hers


@pytest.fixture
def desk(migrated_file: Path, gazetteer_path: Path, tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "postcodes.db").symlink_to(gazetteer_path)
    url = f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'finder.db')}"
    app = app_on(Database(url), tmp_path, NOW)
    database = app.extensions["quiet_corner"].database
    with database.writing() as db:
        songs, anna_id = listing(db, "songs"), editor(db)
        yield Desk(app, db, database, anna_id, songs)
    database.close()


def test_every_route_is_reached(desk: Desk) -> None:
    crawl, visitor, carol = Crawl(desk.app), desk.app.test_client(), desk.carol.browser.client
    parents_and_moderators_were_here(desk)
    upload = an_organiser_works(desk)
    reminders_service.remind(desk.db, SITE, NOW)
    send(visitor, f"/groups/{desk.songs}/review", level="2", visit="2026-10", email=CAROL)
    send(visitor, "/complain", words="Your map makes me dizzy.")
    send(visitor, "/sign-in", email=BEN)

    for text in (*documents(), "Robots know /robots.txt", "The box asks /places.json"):
        crawl.read(text)
    # A visitor types a place; the script behind "Saved" adds the groups.
    near = "/search?near=EH6+7BS&radius=25&unknown=1"
    crawl.walk(visitor, "/", "/robots.txt", near, f"/shortlist?g={desk.songs}")
    letters = [address for mail in mails(desk.db) for address in crawl.read(mail.body)]
    for browser in (visitor, carol, browser_of(desk.app, desk.db, ANNA)):
        crawl.walk(browser, "/", f"/groups/{desk.songs}", *letters)
    crawl.walk(desk.anna.browser.client, upload)
    crawl.walk(browser_of(desk.app, desk.db, MOD), "/")
    send(carol, "/account/delete", reviews="keep")

    missing = crawl.missing()
    assert not missing, "Nothing leads to:\n" + "\n".join(missing)


def parents_and_moderators_were_here(desk: Desk) -> None:
    """Reviews that are shown, one that was hidden, and things that wait."""
    for _ in range(3):
        publish(desk.db, desk.songs, draft(words="Quiet and kind."))
    other = listing(desk.db, "other", organiser="Harbour Trust")
    waiting_listing(desk.db, listing(desk.db, "new", organiser="Valley Trust"), BEN)
    report(desk.db, desk.songs, email=CAROL)
    own = held(desk.db, other, draft(words="It was loud."), "dora@example.org")
    by = moderator(desk.db)
    decide(desk.db, by, ItemKind.REVIEW, own.id, Action.HIDE, reason=Reason.CONTACT)


def an_organiser_works(desk: Desk) -> str:
    """Of each thing that an organiser does, one. Gives the address of a file that was sent."""
    listing(desk.db, "old", now=NOW - timedelta(days=100))
    for wish in (Wish.PAUSE, Wish.PUBLISH):
        upkeep_service.set_state(desk.db, desk.anna_id, desk.songs, wish, NOW)
    desk.anna.press(f"/organise/listings/{desk.songs}/dates", first="2026-12-01", last="", note="")
    desk.anna.press(f"/organise/organisers/{desk.hill}/editors", email=CAROL)
    page = desk.anna.press("/organise/upload/", file=file_of(hers("songs"), hers("one")))
    desk.work()
    Organiser(desk.app, desk.db, ANNA).write()
    return page.answer.request.path
