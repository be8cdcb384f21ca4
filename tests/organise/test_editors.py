"""Several people look after an organiser's listings: asked by mail, listed, removed."""

import re

from finder.accounts import editors
from tests.support.organise_parts import BEN, CAROL, editor
from tests.support.organise_site import Desk
from tests.support.review_parts import mails


def address(desk: Desk) -> str:
    return f"/organise/organisers/{desk.hill}/editors"


def invited(desk: Desk) -> list[str]:
    found = [path for one in mails(desk.db) for path in re.findall(r"/account/invi\S+", one.body)]
    desk.db.rollback()
    return found


def test_somebody_is_asked_accepts_and_changes_listings(desk: Desk) -> None:
    page = desk.anna.press(address(desk), email=CAROL)
    assert page.one(".saved") == "We have sent the invitation."
    assert CAROL in page.words
    (path,) = invited(desk)

    assert "Group songs" in desk.carol.press(path).words

    page = desk.anna.get(address(desk))
    assert "Asked, and not answered yet" not in page.words
    assert page.all(".rows .address") == ["anna@example.org", CAROL]


def test_what_is_no_address_is_said_beside_the_box(desk: Desk) -> None:
    page = desk.anna.press(address(desk), 200, email="carol")

    assert page.values(".problems a", "href") == ["#email"]
    assert invited(desk) == []


def test_an_invitation_that_is_taken_back_opens_nothing(desk: Desk) -> None:
    page = desk.anna.press(address(desk), email=CAROL)
    (path,) = invited(desk)
    (back,) = [at for at in page.values("main form", "action") if "take-back" in at]

    assert "doesn’t work any more" in desk.anna.press(back).one(".saved")
    desk.carol.get(path, 404)


def test_an_editor_who_is_removed_has_no_right_from_then_on(desk: Desk) -> None:
    ben = editor(desk.db, BEN)
    desk.ben.get(f"/organise/listings/{desk.songs}/dates")

    page = desk.anna.press(f"{address(desk)}/{ben}/remove")

    assert "can’t change your listings any more" in page.one(".saved")
    desk.ben.get(f"/organise/listings/{desk.songs}/dates", 404)


def test_the_last_editor_stays(desk: Desk) -> None:
    buttons = desk.anna.get(address(desk)).values("form", "action")
    assert not [at for at in buttons if "remove" in at]

    page = desk.anna.press(f"{address(desk)}/{desk.anna_id}/remove", 200)

    assert "You are the only editor." in page.one(".problems")
    assert emails(desk) == ["anna@example.org"]


def test_one_may_stop_where_another_stays(desk: Desk) -> None:
    editor(desk.db, BEN)

    page = desk.anna.press(f"{address(desk)}/{desk.anna_id}/remove")

    assert "You don’t look after any listings yet." in page.words


def emails(desk: Desk) -> list[str]:
    found = [email for _, email in editors.emails_of(desk.db, desk.hill)]
    desk.db.rollback()
    return found
