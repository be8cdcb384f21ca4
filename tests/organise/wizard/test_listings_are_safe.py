"""No stranger reaches a listing or takes its organiser's name, and what is typed runs nowhere."""

from uuid import UUID

import pytest
from flask import Flask

from tests.organise.wizard.listing_site import EVIL, anna, app, ben, db
from tests.support.listing_parts import NEW, STEPS, Organiser, Values
from tests.support.page_client import PageClient

__all__ = ["anna", "app", "ben", "db"]

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")


def test_an_organisers_name_that_is_taken_is_refused_on_its_page(
    anna: Organiser, ben: Organiser
) -> None:
    anna.publish()

    (said,) = ben.trouble(f"{NEW}/{ben.begin()}/what", STEPS["what"])

    assert said.startswith("Somebody of this name lists groups here already.")


def test_what_is_typed_comes_out_inert_everywhere(app: Flask, anna: Organiser) -> None:
    evil: dict[str, Values] = {
        "where": {"venue_name": EVIL, "street": EVIL, "locality": EVIL},
        "what": {"name": EVIL, "summary": EVIL, "organiser": EVIL,
                 "website": f"https://example.org/{EVIL}"},
        "cost": {"booking_url": f"https://example.org/{EVIL}", "booking_phone": EVIL[:40]},
        "what_happens": {"steps-0-what": EVIL, "steps-1-what": EVIL},
        "getting_in": dict.fromkeys(
            ("door", "pram", "bring", "say_at_door", "if_asleep_or_crying", "how_to_pay"), EVIL
        ),
    }  # fmt: skip
    made = anna.publish(**evil)
    edit = f"/organise/listings/{made}"
    anna.send(f"{edit}/edit/getting-in", {"door": EVIL + "2", "version": "1", "opened": "1"})

    for page in (
        PageClient(app).get(f"/groups/{made}"),
        PageClient(app).get("/search?near=EH6+7BS"),
        anna.see(f"{edit}/edit"),
        *(anna.see(f"{edit}/edit/{slug}") for slug in STEPS),
        anna.see(f"{edit}/history"),
    ):
        assert "alert(1)" in page.answer.text
        assert "<script>alert" not in page.answer.text
        assert page.values("b[onclick]", "onclick") == []


def test_nobody_else_reaches_an_unfinished_listing(
    app: Flask, anna: Organiser, ben: Organiser
) -> None:
    """Ben has an account and no organiser: a parent, or another organiser, is told the same."""
    made = anna.write()
    token = ben.see(NEW).values("main input[name=csrf_token]", "value")[0]

    for rest in (*STEPS, "dates", "preview", "remove"):
        address = f"{NEW}/{made}/{rest}"
        assert ben.client.get(address).status_code == 404
        if rest != "dates":
            sent = ben.client.post(address, data={"csrf_token": token, **STEPS.get(rest, {})})
            assert sent.status_code == 404
        assert app.test_client().get(address).headers["Location"].startswith("/sign-in")
    assert anna.see(f"{NEW}/{made}/preview").one("h1") == "Quay Songs"
    anna.see(f"{NEW}/{made}/nothing", 404)
    anna.see(f"{NEW}/{UUID(int=3)}/where", 404)


def test_a_form_from_elsewhere_changes_nothing(anna: Organiser) -> None:
    made = anna.write()

    for rest in ("what", "preview", "remove"):
        answer = anna.client.post(f"{NEW}/{made}/{rest}", data={"name": "Forged"})
        assert answer.status_code == 400
        assert "This page was open for a long time" in answer.text

    assert anna.see(f"{NEW}/{made}/preview").one("h1") == "Quay Songs"
