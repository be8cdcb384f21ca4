"""Listing a group step by step, from the first postcode to a page that parents find."""

from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from finder.platform.db.database import Db
from tests.organise.wizard.listing_site import anna, app, ben, db
from tests.support.examples import HALL, group, keep
from tests.support.listing_parts import NEW, STEPS, Organiser, Values
from tests.support.page_client import PageClient

__all__ = ["anna", "app", "ben", "db"]

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")

EVIL = '"><script>alert(1)</script><b onclick=x>&lt;'


def test_a_group_that_was_listed_is_found_by_a_parents_search(app: Flask, anna: Organiser) -> None:
    made = anna.publish()

    parent = PageClient(app)
    assert parent.get("/search?near=EH6+7BS").all(".card h2") == ["Quay Songs"]
    page = parent.get(f"/groups/{made}")
    for words in (
        *("Everybody sings", "Quay Hall, 2 Example Street", "Birth to 18 months", "Quay Trust"),
        *("£1.50 each time, 50p a sibling", "Every Thursday, 10:30 to 11:15", "The blue door"),
        *("9 to 20 families", "Lively", "Story time", "The organiser says 1."),
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


NO_POSTCODES = (
    ("", "Type the venue’s postcode"),
    ("EH6", "Type the whole postcode, like EH6 7BS"),
    ("Leith", "Type the whole postcode, like EH6 7BS"),
    ("EH99 9ZZ", "We can't find EH99 9ZZ"),
    ("55.976,-3.16", "Type the whole postcode, like EH6 7BS"),
    (EVIL, ""),
)


def test_a_listing_begins_with_a_whole_postcode(anna: Organiser) -> None:
    said = [(words, anna.trouble(NEW, {"postcode": typed})) for typed, words in NO_POSTCODES]

    assert {len(all_) for _, all_ in said} == {1}
    assert [(words, one) for words, [one] in said if not one.startswith(words)] == []


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


WRONG: list[tuple[str, Values, str]] = [
    ("where", {"venue_name": ""}, "Type the name of the place"),
    ("where", {"locality": ""}, "Type the area or town"),
    ("where", {"venue_kind": ""}, "Choose one from the list"),
    ("where", {"venue_kind": "castle"}, "Choose one from the list"),
    ("where", {"latitude": "55.9"}, "Give both numbers, like 55.97601 and -3.16572"),
    ("where", {"latitude": "nan", "longitude": "nan"}, "The pin is far from EH6 7BS."),
    ("where", {"latitude": "51.5", "longitude": "-0.1"}, "The pin is far from EH6 7BS."),
    ("where", {"step_free": "perhaps"}, "Choose one of these"),
    ("where", {"venue_name": "x" * 121}, "Use at most 120 characters"),
    ("what", {"name": "  "}, "Type the name of the group"),
    ("what", {"format": ""}, "Choose one from the list"),
    ("what", {"other_formats": ["dancing"]}, "Tick only what is on the list"),
    ("what", {"ages": "0-2"}, "Is 0-2 in months or in years?"),
    ("what", {"website": "javascript:alert(1)"}, "A web address begins with https://"),
    ("what", {"website": "https://example.org/" + "x" * 500}, "Use at most 500 characters"),
    ("what", {"organiser": ""}, "Say who runs it"),
    ("what", {"summary": "x" * 2001}, "Use at most 2,000 characters"),
    ("when", {"sessions-0-weekday": ""}, "Choose one from the list"),
    ("when", {"sessions-0-starts": ""}, "Say when it starts, like 10:30"),
    ("when", {"sessions-0-ends": "10:00"}, "It must end after it starts"),
    ("when", {"sessions-0-starts": "2", "sessions-0-ends": "3"}, "Say am or pm"),
    ("when", {"sessions-0-repeats": "fortnightly"}, "Give one Thursday when it is on"),
    ("when", {"sessions-0-first_on": "2026-02-31"}, "There is no such day"),
    (
        "when",
        {"sessions-0-first_on": "2027-02-02", "sessions-0-last_on": "2027-01-02"},
        "The last date can’t be before the first date",
    ),
    (
        "when",
        {
            f"sessions-1-{n}": v
            for n, v in (
                ("weekday", "thu"),
                ("starts", "10:30"),
                ("ends", "11:15"),
                ("repeats", "weekly"),
            )
        },
        "Two sessions are the same",
    ),
    ("cost", {"cost": ""}, "Choose one of these"),
    ("cost", {"pence": ""}, "Give the price"),
    ("cost", {"pence": "150"}, "Is 150 pounds or pence?"),
    ("cost", {"pence": "£2 or £3"}, "Give one price"),
    ("cost", {"sibling_pence": "£9"}, "A sibling can’t cost more than the first child"),
    ("cost", {"cost": "block"}, "Say how many sessions the price buys"),
    ("cost", {"booking": "phone_only"}, "Give the number to phone"),
    ("cost", {"booking_url": "www.example.org"}, "A web address begins with https://"),
    ("talking", {"level": ""}, "Choose one of these"),
    ("talking", {"level": "6"}, "Choose one of these"),
    ("talking", {"sing": "maybe"}, "Choose one of these"),
    ("good-to-know", {"noise": "deafening"}, "Choose one of these"),
    ("what-happens", {"steps-0-minutes": "soon"}, "Type a number of minutes, like 5"),
    ("what-happens", {"steps-0-minutes": "601"}, "Minutes from the start must be between"),
    ("what-happens", {"steps-0-what": ""}, "Say what happens then, or empty both boxes"),
    ("getting-in", {"door": "x" * 201}, "Use at most 200 characters"),
]


def test_what_makes_no_sense_is_said_beside_its_field_and_above_the_form(anna: Organiser) -> None:
    made = anna.begin()

    said = [
        (words, anna.trouble(f"{NEW}/{made}/{slug}", {**STEPS[slug], **changes}))
        for slug, changes, words in WRONG
    ]

    assert [
        (words, all_) for words, all_ in said if not any(a.startswith(words) for a in all_)
    ] == []


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({"cost": {"cost": "free"}}, "Free"),
        (
            {"cost": {"cost": "donation", "pence": "1", "sibling_pence": ""}},
            "Donation, £1 suggested",
        ),
        (
            {
                "cost": {
                    "cost": "block",
                    "pence": "£36",
                    "block_sessions": "6",
                    "sibling_pence": "",
                    "is_first_free": "y",
                }
            },
            "£36 for 6 sessions, first visit free",
        ),
        ({"when": {"sessions-0-starts": "9.30am", "sessions-0-ends": "11am"}}, "9:30 to 11:00"),
        ({"when": {"sessions-0-starts": "06:30", "sessions-0-ends": "07:15"}}, "6:30 to 7:15"),
        ({"when": {"sessions-0-is_term_time_only": "y"}}, "term time only"),
        ({"talking": {"level": "unknown"}}, "Not known"),
        ({"what": {"ages": "under 5s"}}, "Birth to 5 years"),
        ({"what": {"other_formats": ["singing", "craft"]}}, "Also Craft"),
    ],
)
def test_what_people_type_is_understood(
    anna: Organiser, changes: dict[str, Any], seen: str
) -> None:
    made = anna.write(**changes)

    assert seen in anna.see(f"{NEW}/{made}/preview").words


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
        assert answer.status_code == 200
        assert "This page was open for a long time" in answer.text

    assert anna.see(f"{NEW}/{made}/preview").one("h1") == "Quay Songs"
