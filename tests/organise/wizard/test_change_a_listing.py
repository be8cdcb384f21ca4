"""Changing a published listing, part by part; two at once; its history."""

import re
from uuid import UUID

import pytest
from flask import Flask

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.platform.db.database import Db
from tests.organise.wizard.listing_site import ANNA, BEN, anna, app, ben, db
from tests.support.listing_parts import STEPS, Organiser, Values
from tests.support.page_client import Page, PageClient, check
from tests.support.review_parts import NOW

__all__ = ["anna", "app", "ben", "db"]

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")


@pytest.fixture
def made(anna: Organiser, first_listings_are_trusted: None) -> UUID:
    return anna.publish()


@pytest.fixture
def together(db: Db, made: UUID) -> None:
    """Ben becomes an editor of Anna's organiser."""
    account = accounts_queries.id_for(db, ANNA, NOW)
    (organiser,) = editors.organisers_of(db, account)
    editors.add(db, organiser.id, accounts_queries.id_for(db, BEN, NOW), NOW)
    db.commit()


def edit(made: UUID, slug: str = "") -> str:
    return f"/organise/listings/{made}/edit" + (f"/{slug}" if slug else "")


def history(made: UUID) -> str:
    return f"/organise/listings/{made}/history"


def typed(page: Page) -> Values:
    """What a form holds, as a browser would send it."""
    values: dict[str, list[str]] = {}
    for node in page.tree.query("main form input, main form textarea, main form option"):
        kind, attrs = node.attrs.get("type", ""), node.attrs
        if node.name == "textarea":
            values.setdefault(str(attrs["name"]), []).append(node.to_text().lstrip("\n"))
        elif node.name == "option":
            if "selected" in attrs:
                name = str(node.parent.attrs["name"])  # type: ignore[union-attr]
                values.setdefault(name, []).append(str(attrs["value"]))
        elif kind not in {"radio", "checkbox"} or "checked" in attrs:
            values.setdefault(str(attrs["name"]), []).append(str(attrs.get("value") or ""))
    return dict(values)


def test_a_part_that_is_saved_as_it_stands_changes_nothing(anna: Organiser, made: UUID) -> None:
    for slug in STEPS:
        page = anna.see(edit(made, slug))

        answer = anna.client.post(edit(made, slug), data=typed(page))

        assert answer.headers["Location"] == edit(made) + "?saved=1", slug
        assert len(anna.see(history(made)).all("ol.rows > li")) == 1, slug


CHANGES: list[tuple[str, Values, str]] = [
    ("where", {"street": "9 Other Street"}, "9 Other Street"),
    ("what", {"name": "Quay Rhymes"}, "Quay Rhymes"),
    ("when", {"sessions-0-weekday": "fri"}, "Every Friday, 10:30 to 11:15"),
    ("cost", {"cost": "free"}, "Free"),
    ("talking", {"level": "3"}, "The organiser says: some chat."),
    ("good-to-know", {"busy": "packed"}, "Often full"),
    ("what-happens", {"steps-0-what": "Lie on the floor"}, "Lie on the floor"),
    ("getting-in", {"door": "The green door"}, "The green door"),
]


def test_any_part_can_be_changed_and_parents_see_it_at_once(
    app: Flask, anna: Organiser, made: UUID
) -> None:
    for before, (slug, changes, seen) in enumerate(CHANGES, 1):
        page = anna.see(edit(made, slug))
        assert seen not in PageClient(app).get(f"/groups/{made}").words

        anna.client.post(edit(made, slug), data={**typed(page), **changes})

        assert seen in PageClient(app).get(f"/groups/{made}").words
        assert "Your changes are saved" in anna.see(edit(made) + "?saved=1").words
        assert len(anna.see(history(made)).all("ol.rows > li")) == before + 1, slug


def test_what_makes_no_sense_is_not_saved(anna: Organiser, made: UUID) -> None:
    said = anna.trouble(edit(made, "what"), {**STEPS["what"], "ages": "5", "version": "1"})

    assert said == [
        "Is that from this age, or up to it? Write it like 0-18 months, 6 months to 3 years, or"
        " under 5s"
    ]
    assert len(anna.see(history(made)).all("ol.rows > li")) == 1


def test_a_row_is_added_while_editing_and_nothing_typed_is_lost(
    anna: Organiser, made: UUID
) -> None:
    page = anna.see(edit(made, "when"))
    sent = {**typed(page), "sessions-0-starts": "09:45", "do": "add"}

    answer = anna.client.post(edit(made, "when"), data=sent)

    more = Page(answer, 0)
    check(more)
    assert len(more.all("fieldset.row-of-many")) == 2
    assert more.values("#sessions-0-starts", "value") == ["09:45"]
    assert more.values("input[name=version]", "value") == ["1"]


def conflict(
    made: UUID, first: Organiser, second: Organiser, slug: str, theirs: Values, yours: Values
) -> Page:
    """Both open a part, both save. Gives what the second is shown."""
    one, other = first.see(edit(made, slug)), second.see(edit(made, slug))
    saved = first.client.post(edit(made, slug), data={**typed(one), **theirs})
    assert saved.status_code == 303
    answer = second.client.post(edit(made, slug), data={**typed(other), **yours})
    assert answer.status_code == 409
    page = Page(answer, 0)
    check(page)
    return page


@pytest.mark.usefixtures("together")
def test_the_second_of_two_editors_sees_both_and_saves_anyway(
    anna: Organiser, ben: Organiser, made: UUID
) -> None:
    page = conflict(
        made,
        anna,
        ben,
        "what",
        {"name": "Quay Rhymes", "size": "large"},
        {"name": "Quay Play", "ages": "under 5s"},
    )
    assert "Yours Quay Play" in page.words
    assert "Theirs Quay Rhymes" in page.words
    assert "How many come More than 20 families" in page.words

    answer = ben.client.post(edit(made, "what"), data=typed(page))

    assert answer.status_code == 303
    seen = anna.see(f"/groups/{made}").words
    assert "Quay Play" in seen
    assert "More than 20 families" in seen
    assert "Birth to 5 years" in seen
    assert len(anna.see(history(made)).all("ol.rows > li")) == 3


@pytest.mark.usefixtures("together")
def test_the_second_of_two_editors_may_let_theirs_stand_field_by_field(
    anna: Organiser, ben: Organiser, made: UUID
) -> None:
    page = conflict(
        made,
        anna,
        ben,
        "what",
        {"name": "Quay Rhymes", "summary": "Hers."},
        {"name": "Quay Play", "summary": "His."},
    )

    ben.client.post(edit(made, "what"), data={**typed(page), "keep-name": "theirs"})

    seen = anna.see(f"/groups/{made}")
    assert seen.one("h1") == "Quay Rhymes"
    assert "His." in seen.words


@pytest.mark.usefixtures("together")
def test_a_third_change_while_choosing_is_shown_as_well(
    anna: Organiser, ben: Organiser, made: UUID
) -> None:
    page = conflict(made, anna, ben, "what", {"name": "Second"}, {"name": "His"})
    anna.client.post(
        edit(made, "what"), data={**typed(anna.see(edit(made, "what"))), "name": "Third"}
    )

    answer = ben.client.post(edit(made, "what"), data=typed(page))

    assert answer.status_code == 409
    assert "Theirs Third" in Page(answer, 0).words
    ben.client.post(edit(made, "what"), data=typed(Page(answer, 0)))
    assert anna.see(f"/groups/{made}").one("h1") == "His"


@pytest.mark.usefixtures("together")
def test_changes_of_different_parts_both_stand(anna: Organiser, ben: Organiser, made: UUID) -> None:
    his = typed(ben.see(edit(made, "cost")))
    anna.client.post(
        edit(made, "what"), data={**typed(anna.see(edit(made, "what"))), "name": "Hers"}
    )

    answer = ben.client.post(edit(made, "cost"), data={**his, "cost": "free"})

    page = Page(answer, 0)
    assert "both can stand" in page.words
    ben.client.post(edit(made, "cost"), data=typed(page))
    seen = anna.see(f"/groups/{made}")
    assert seen.one("h1") == "Hers"
    assert "Cost Free" in seen.words


def test_the_history_says_who_changed_what_and_a_change_can_be_undone(
    app: Flask, anna: Organiser, made: UUID
) -> None:
    page = anna.see(edit(made, "what"))
    anna.client.post(edit(made, "what"), data={**typed(page), "name": "Quay Rhymes"})
    page = anna.see(history(made))
    assert "Name: Quay Songs → Quay Rhymes" in page.words
    assert page.words.count(ANNA) == 2
    (address,) = page.values("main form", "action")

    answer = anna.send(history(made), {"version": "2"}, to=address)

    assert answer.headers["Location"] == history(made) + "?saved=1"
    assert PageClient(app).get(f"/groups/{made}").one("h1") == "Quay Songs"
    assert "Name: Quay Rhymes → Quay Songs" in anna.see(history(made)).words


def test_undoing_what_somebody_just_changed_asks_to_look_again(anna: Organiser, made: UUID) -> None:
    for name in ("Two", "Three"):
        page = anna.see(edit(made, "what"))
        anna.client.post(edit(made, "what"), data={**typed(page), "name": name})
    token = anna.see(history(made)).values("main input[name=csrf_token]", "value")[0]

    answer = anna.client.post(
        f"{history(made)}/1/restore", data={"csrf_token": token, "version": "2"}
    )

    assert answer.status_code == 409
    check(Page(answer, 0))
    assert "Somebody else changed it just now" in answer.text
    assert anna.see(f"/groups/{made}").one("h1") == "Three"


def test_every_page_of_a_listing_is_there_for_its_editors_alone(
    app: Flask, anna: Organiser, ben: Organiser, made: UUID
) -> None:
    """A parent with an account, then another organiser: both are told that nothing is there."""
    rules = [
        (re.sub(r"<uuid:public_id>", str(made), rule.rule), rule.methods or set())
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("organise_listing.") and "public_id" in rule.rule
    ]
    addresses = [
        (re.sub(r"<int[^<>]*:number>", "1", address.replace("<slug>", slug)), methods)
        for address, methods in rules
        for slug in (STEPS if "<slug>" in address else ["what"])
    ]
    assert len(addresses) >= len(STEPS) + 3

    for organiser_first in (False, True):
        if organiser_first:
            ben.publish(what={"organiser": "Ben’s"}, where={"venue_name": "Elsewhere"})
        token = ben.see("/organise/listings/new").values("main input[name=csrf_token]", "value")[0]
        for address, methods in addresses:
            sent = {"csrf_token": token, "version": "1", "opened": "1", **STEPS["what"]}
            for method in methods & {"GET", "POST"}:
                assert ben.client.open(address, method=method, data=sent).status_code == 404
                stranger = app.test_client().open(address, method=method, data=sent)
                assert stranger.headers["Location"].startswith("/sign-in")

    assert len(anna.see(history(made)).all("ol.rows > li")) == 1


def test_a_form_from_elsewhere_changes_nothing(anna: Organiser, made: UUID) -> None:
    answer = anna.client.post(edit(made, "what"), data={**STEPS["what"], "name": "Forged"})
    undone = anna.client.post(f"{history(made)}/1/restore", data={"version": "1"})

    assert (answer.status_code, undone.status_code) == (400, 400)
    assert "This page was open for a long time" in answer.text
    assert "This page was open for a long time" in undone.text
    assert anna.see(f"/groups/{made}").one("h1") == "Quay Songs"


def test_a_version_that_never_was_saves_nothing(anna: Organiser, made: UUID) -> None:
    for version in ("", "x", "-1", "99", "9" * 30):
        sent = {**STEPS["what"], "name": "Odd", "version": version, "opened": version}

        assert anna.send(edit(made, "what"), sent).status_code == 409, version
        assert anna.see(f"/groups/{made}").one("h1") == "Quay Songs"
