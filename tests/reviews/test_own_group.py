"""An editor can't review its own group: a kind page says so, and nothing is counted."""

import pytest

from tests.support.organise_parts import ANNA, BEN, CAROL, editor
from tests.support.organise_site import Desk
from tests.support.review_parts import draft, stored, submit


def test_one_who_has_become_an_editor_meanwhile_is_told_and_not_counted(desk: Desk) -> None:
    before = stored(desk.db, desk.songs)
    token = submit(desk.db, desk.songs, draft(1), CAROL)
    editor(desk.db, CAROL)
    address = f"/reviews/confirm/{token}"

    page = desk.nobody.get(address)
    csrf = page.values("main input[name=csrf_token]", "value")[0]
    answer = desk.nobody.browser.client.post(address, data={"csrf_token": csrf})

    assert answer.status_code == 409
    assert "You look after this group" in answer.text
    assert stored(desk.db, desk.songs) == before


@pytest.mark.usefixtures("first_reviews_are_trusted")
def test_an_editor_may_review_the_group_of_another(desk: Desk) -> None:
    before = stored(desk.db, desk.songs)
    token = submit(desk.db, desk.songs, draft(1), BEN)
    desk.db.rollback()
    address = f"/reviews/confirm/{token}"

    page = desk.nobody.get(address)
    csrf = page.values("main input[name=csrf_token]", "value")[0]
    answer = desk.nobody.browser.client.post(address, data={"csrf_token": csrf})

    assert answer.status_code == 200
    assert stored(desk.db, desk.songs) != before


def test_an_editor_who_is_signed_in_is_told_before_it_writes_anything(desk: Desk) -> None:
    address = f"/groups/{desk.songs}/review"

    page = desk.anna.get(address)

    assert "You look after this group" in page.words
    assert page.values("main form", "method") == []
    sent = desk.anna.press(address, 200, form_key="k", level="1", email=ANNA)
    assert "You look after this group" in sent.words
    assert "What was it like?" in desk.carol.get(address).words
    assert "What was it like?" in desk.nobody.get(address).words
