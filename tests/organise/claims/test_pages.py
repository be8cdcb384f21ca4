"""Somebody says that a listing which another added is theirs; a moderator decides."""

import pytest

from tests.support.organise_parts import kept
from tests.support.organise_site import Desk
from tests.support.review_parts import mails

WHY = "I lead it for the library, which names me on its page."


def test_a_claim_waits_for_a_moderator_and_gives_no_right_by_itself(desk: Desk) -> None:
    address = f"/organise/claim/{desk.songs}"
    group = desk.nobody.get(f"/groups/{desk.songs}")
    assert address in group.values("main a", "href")
    assert "It is listed under Hill Library." in desk.ben.get(address).words

    page = desk.ben.press(address, why=WHY)

    assert "You have told us that it is yours. Waiting for a moderator." in page.words
    assert page.values("textarea", "name") == []
    sent = [one.subject for one in mails(desk.db) if one.recipient == "ben@example.org"]
    desk.db.rollback()
    assert len([one for one in sent if "sign in" not in one.lower()]) == 1
    desk.ben.get(f"/organise/listings/{desk.songs}/dates", 404)
    assert kept(desk.db, desk.songs).version == 1


@pytest.mark.parametrize("why", ["", "mine", "x" * 2_001])
def test_a_claim_that_tells_a_moderator_nothing_is_refused(desk: Desk, why: str) -> None:
    page = desk.ben.press(f"/organise/claim/{desk.songs}", 200, why=why)

    assert page.values(".problems a", "href") == ["#why"]
    assert why in page.one("textarea")


def test_nobody_claims_what_is_theirs_already(desk: Desk) -> None:
    page = desk.anna.get(f"/organise/claim/{desk.songs}")
    assert "You look after this listing already." in page.words

    assert "already" in desk.anna.press(f"/organise/claim/{desk.songs}", 200, why=WHY).words


def test_a_parent_comes_to_the_claim_through_signing_in(desk: Desk) -> None:
    answer = desk.nobody.browser.client.get(f"/organise/claim/{desk.songs}")

    assert answer.status_code == 303
    assert f"next=/organise/claim/{desk.songs}" in answer.headers["Location"].replace("%2F", "/")
