"""Listing a group step by step, from the first postcode to a page that parents find."""

from itertools import pairwise

import pytest
from flask import Flask

from finder.platform.db.database import Db
from tests.organise.wizard.listing_site import anna, app, ben, db
from tests.support.examples import HALL, group, keep
from tests.support.listing_parts import NEW, STEPS, Organiser
from tests.support.page_client import PageClient

__all__ = ["anna", "app", "ben", "db"]

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")


def test_a_group_that_was_listed_is_found_by_a_parents_search(app: Flask, anna: Organiser) -> None:
    made = anna.publish()

    parent = PageClient(app)
    assert parent.get("/search?near=EH6+7BS").all(".card h2") == ["Quay Songs"]
    page = parent.get(f"/groups/{made}")
    for words in (
        *("Everybody sings", "Quay Hall, 2 Example Street", "Birth to 18 months", "Quay Trust"),
        *("£1.50 each time, 50p a sibling", "Every Thursday, 10:30 to 11:15", "The blue door"),
        *("9 to 20 families", "Lively", "Story time", "The organiser says: no talking at all."),
        "Checked by the organiser on" if "Checked by" in page.words else "checked this page on",
    ):
        assert words in page.words
    assert page.all(".timeline .what") == [
        "Find a space Nothing is asked of you",
        "Goodbye song You may be asked to sing",
    ]


def test_the_preview_is_the_very_page_that_parents_see(app: Flask, anna: Organiser) -> None:
    made = anna.write()
    seen = anna.see(f"{NEW}/{made}/preview")
    assert PageClient(app).get(f"/groups/{made}", 404)

    anna.send(f"{NEW}/{made}/preview", {})

    page = PageClient(app).get(f"/groups/{made}")
    for part in ("section", "h1", ".next", ".lines", ".timeline"):
        shown = [words for words in page.all(part) if "Tell the next parent" not in words]
        ours = [words.partition(" Was it on, ")[0] for words in shown]  # nobody asks in a preview
        previewed = [words for words in seen.all(part) if "No parent has written" not in words]
        assert previewed[: len(ours)] == ours


def test_a_dropped_phone_loses_nothing_not_even_what_was_wrong(anna: Organiser) -> None:
    made = anna.begin()
    address = f"{NEW}/{made}/what"
    wrong = {**STEPS["what"], "ages": "0-2"}

    assert anna.trouble(address, wrong)

    page = anna.see(address)
    assert page.values("#ages", "value") == ["0-2"]
    assert page.values("#name", "value") == ["Quay Songs"]
    assert "Go on with “Quay Songs”" in anna.see(NEW).words


def test_several_listings_can_be_unfinished_and_one_be_removed(anna: Organiser) -> None:
    one, other = anna.begin("EH6 7BS"), anna.begin("M20 2RQ")
    assert {"Go on with “EH6 7BS”", "Go on with “M20 2RQ”"} <= set(anna.see(NEW).all("li > a"))

    answer = anna.send(f"{NEW}/{one}/remove", {})

    assert answer.headers["Location"] == "/organise/"
    assert "EH6 7BS" not in anna.see(NEW).one("ul.rows")
    anna.see(f"{NEW}/{one}/where", 404)
    anna.see(f"{NEW}/{other}/where")


def test_going_on_leads_to_the_first_step_that_is_missing(anna: Organiser) -> None:
    made = anna.begin()
    preview = f"{NEW}/{made}/preview"

    assert anna.client.get(preview).headers["Location"] == f"{NEW}/{made}/where?check=1"
    anna.send(f"{NEW}/{made}/where", STEPS["where"])
    assert anna.client.get(preview).headers["Location"] == f"{NEW}/{made}/what"
    assert anna.client.get(f"{NEW}/{made}/dates").headers["Location"] == f"{NEW}/{made}/what"
    page = anna.see(f"{NEW}/{made}/where?check=1")
    assert page.one("title").startswith("Where is it?")


def test_back_always_leads_to_the_step_before(anna: Organiser) -> None:
    made = anna.write()
    slugs = list(STEPS)

    for before, slug in pairwise(slugs):
        page = anna.see(f"{NEW}/{made}/{slug}")
        assert page.values(".crumb a", "href") == [f"{NEW}/{made}/{before}"]
        assert page.all("[aria-current=step]")
        assert "Save and see the preview" in page.words
    assert anna.see(f"{NEW}/{made}/where").values(".crumb a", "href") == [NEW]


def test_a_change_from_the_preview_leads_back_to_it(anna: Organiser) -> None:
    made = anna.write()

    answer = anna.send(f"{NEW}/{made}/what", {**STEPS["what"], "name": "Quay", "do": "preview"})

    assert answer.headers["Location"] == f"{NEW}/{made}/preview"
    assert anna.see(f"{NEW}/{made}/preview").one("h1") == "Quay"


def test_pressing_the_last_button_twice_lists_once(anna: Organiser) -> None:
    made = anna.write()
    preview = f"{NEW}/{made}/preview"
    token = anna.see(preview).values("aside input[name=csrf_token]", "value")[0]

    answers = [anna.client.post(preview, data={"csrf_token": token}) for _ in range(2)]

    assert {one.headers["Location"] for one in answers} == {
        f"/organise/listings/{made}/edit?listed=1"
    }
    assert "1 listing" in anna.see("/organise/").words


def test_a_session_is_added_and_taken_out_without_losing_the_others(anna: Organiser) -> None:
    address = f"{NEW}/{anna.begin()}/when"
    answer = anna.send(address, {**STEPS["when"], "do": "add"})
    assert answer.headers["Location"] == f"{address}#rows"
    assert len(anna.see(address).all("fieldset.row-of-many")) == 2

    second = {n.replace("-0-", "-1-"): v for n, v in STEPS["when"].items()}
    second["sessions-1-weekday"] = "fri"
    anna.send(address, {**STEPS["when"], **second, "do": "remove-0"})

    page = anna.see(address)
    assert page.values("select option[selected]", "value") == ["fri"]
    assert page.values("[name$=starts]", "value") == ["10:30"]


def test_the_next_eight_dates_are_shown_back(anna: Organiser) -> None:
    made = anna.begin()
    for slug in ("where", "what"):
        anna.send(f"{NEW}/{made}/{slug}", STEPS[slug])

    answer = anna.send(f"{NEW}/{made}/when", STEPS["when"])

    assert answer.headers["Location"] == f"{NEW}/{made}/dates"
    dates = anna.see(f"{NEW}/{made}/dates").all(".dates li")
    assert len(dates) == 8
    assert dates[0] == "Thursday 26 November, 10:30 to 11:15"


def test_a_venue_nearby_is_offered_and_taken_as_it_is(anna: Organiser, db: Db) -> None:
    keep(db, group("near", north=200), group("far", north=400))
    made = anna.begin()
    address = f"{NEW}/{made}/where"
    page = anna.see(address)
    (first, new) = page.values("input[name=venue]", "value")
    assert new == "new"
    assert "Hall near, 1 Example Street, EH6 7BS" in page.words
    said = anna.trouble(address, {"postcode": "EH6 7BS", "venue": "x"})
    assert said == ["Choose one of these: Which place is it?"]

    anna.send(address, {"postcode": "EH6 7BS", "venue": first, "parking": "yes"})
    for slug, values in list(STEPS.items())[1:]:
        anna.send(f"{NEW}/{made}/{slug}", values)

    assert "Hall near, 1 Example Street" in anna.see(f"{NEW}/{made}/preview").words


def test_a_listing_that_looks_the_same_is_asked_about_first(
    app: Flask, anna: Organiser, db: Db
) -> None:
    (there,) = keep(db, group("quay", venue=HALL))
    made = anna.write(what={"name": "Group Quay"})
    preview = f"{NEW}/{made}/preview"

    answer = anna.send(preview, {})

    assert answer.status_code == 200
    assert "Is one of these yours?" in answer.text
    assert f"/groups/{there.public_id}" in answer.text
    assert PageClient(app).get(f"/groups/{made}", 404)
    assert anna.send(preview, {"do": "anyway"}).status_code == 303


def test_a_second_group_of_the_same_organiser_needs_no_new_name(anna: Organiser) -> None:
    anna.publish()
    made = anna.begin()
    page = anna.see(f"{NEW}/{made}/what")
    (own, new) = page.values("input[name=organiser_id]", "value")
    assert new == "new"

    second = anna.publish(what={"organiser_id": own, "organiser": "", "name": "Quay Play"})

    assert "Quay Trust" in anna.see(f"/groups/{second}").words
    assert "2 listings" in anna.see("/organise/").words
