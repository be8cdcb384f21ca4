"""The mailed link "still running?": a page with a button, for the signed out too."""

import re
from datetime import timedelta

from finder.accounts import editors
from finder.accounts import service as accounts_service
from finder.domain.vocabulary import ListingState
from finder.organise.reminders import service as reminders_service
from tests.support.organise_parts import BEN, editor, kept, listing
from tests.support.organise_site import Desk
from tests.support.review_parts import NOW, SITE, TODAY, mails

LONG_AGO = NOW - timedelta(days=100)


def link(desk: Desk) -> str:
    reminders_service.remind(desk.db, SITE, NOW)
    found = [p for one in mails(desk.db) for p in re.findall(r"/still-running/[\w-]+", one.body)]
    desk.db.rollback()
    return found[-1]


def answer(desk: Desk, address: str, **typed: object) -> int:
    page = desk.nobody.get(address)
    token = page.values("input[name=csrf_token]", "value")[0]
    sent = {"csrf_token": token, **typed}
    return desk.nobody.browser.client.post(address, data=sent).status_code


def test_a_mail_scanner_that_opens_the_link_says_nothing(desk: Desk) -> None:
    old = listing(desk.db, "old", now=LONG_AGO)
    address = link(desk)

    page = desk.nobody.get(address)

    assert page.one("h1") == "Are these still true?"
    assert "Group old" in page.words
    assert "Group songs" not in page.words
    assert kept(desk.db, old).checked_on is None
    assert page.answer.headers["Referrer-Policy"] == "no-referrer"
    assert page.answer.headers["Cache-Control"] == "no-store"


def test_one_press_keeps_what_is_ticked_and_leaves_the_rest(desk: Desk) -> None:
    old, gone = (listing(desk.db, ref, now=LONG_AGO) for ref in ("old", "gone"))
    theirs = listing(desk.db, "theirs", organiser="Dale Centre", now=LONG_AGO)
    address = link(desk)

    assert answer(desk, address, listing=[str(old), str(theirs), "x"]) == 303

    assert kept(desk.db, old).checked_on == TODAY
    assert kept(desk.db, gone).checked_on is None
    assert kept(desk.db, theirs).checked_on is None
    assert "you checked 1 listing today" in desk.nobody.get(f"{address}?checked=1").one(".saved")
    assert "Group gone" in desk.nobody.get(address).words


def test_what_was_hidden_for_silence_comes_back_by_the_link(desk: Desk) -> None:
    old = listing(desk.db, "old", now=NOW - timedelta(days=200))
    reminders_service.remind(desk.db, SITE, NOW - timedelta(days=20))
    address = link(desk)
    assert kept(desk.db, old).state is ListingState.HIDDEN
    assert "this shows it again" in desk.nobody.get(address).words

    answer(desk, address, listing=[str(old)])

    assert kept(desk.db, old).state is ListingState.PUBLISHED
    assert "Thank you" in desk.nobody.get(address).one("h1")


def test_a_link_without_its_token_or_of_nobody_does_nothing(desk: Desk) -> None:
    old = listing(desk.db, "old", now=LONG_AGO)
    address = link(desk)

    client = desk.nobody.browser.client
    assert client.post(address, data={"listing": str(old)}).status_code == 400
    assert "doesn’t work any more" in desk.nobody.get("/still-running/x", 404).one("h1")

    assert kept(desk.db, old).checked_on is None


def test_the_link_of_an_editor_who_was_removed_is_worth_nothing(desk: Desk) -> None:
    listing(desk.db, "old", now=LONG_AGO)
    editors_there = [editor(desk.db, BEN)]
    reminders_service.remind(desk.db, SITE, NOW)
    (bens,) = [
        path
        for one in mails(desk.db)
        if one.recipient == BEN
        for path in re.findall(r"/still-running/[\w-]+", one.body)
    ]
    desk.db.rollback()
    desk.nobody.get(bens)

    accounts_service.remove_editor(desk.db, desk.anna_id, desk.hill, editors_there[0])

    desk.nobody.get(bens, 404)
    assert editors.emails_of(desk.db, desk.hill)
    desk.db.rollback()
