"""The moderators' pages: who gets in, the queue, a decision, and the second of two moderators."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from finder.moderation.rules import Action, ItemKind, Reason
from finder.platform.db.database import Database, Db
from tests.accounts.test_auth import address_of
from tests.support.moderation_parts import (
    MOD,
    OTHER_MOD,
    PARENT,
    claim,
    decide,
    duplicate,
    held,
    letters,
    log,
    look_after,
    moderator,
    report,
    waiting_listing,
)
from tests.support.page_client import Page, PageClient, check
from tests.support.review_parts import NOW, add_group, draft, publish
from tests.support.sign_in_parts import browser_of
from tests.support.site import app_on


@pytest.fixture
def app(database: Database, tmp_path: Path) -> Iterator[Flask]:
    app = app_on(database, tmp_path, NOW)
    yield app
    app.extensions["quiet_corner"].database.close()


@pytest.fixture
def db(app: Flask) -> Iterator[Db]:
    with app.extensions["quiet_corner"].database.writing() as db:
        yield db


@pytest.fixture
def desk(app: Flask, db: Db) -> PageClient:
    moderator(db)
    return at_desk(app, db, MOD)


def at_desk(app: Flask, db: Db, email: str) -> PageClient:
    pages = PageClient(app)
    pages.client = browser_of(app, db, email)
    return pages


def send(pages: PageClient, address: str, status: int = 303, **typed: str) -> Page | None:
    """Fill the form of a thing in, and press its button."""
    form = pages.get(address)
    hidden = dict(
        zip(
            form.values("main input[type=hidden]", "name"),
            form.values("main input[type=hidden]", "value"),
            strict=True,
        )
    )
    answer = pages.client.post(address, data=hidden | typed)
    assert answer.status_code == status, answer.text[:3000]
    if status == 303:
        return None
    page = Page(answer, 0)
    check(page)
    return page


def roles(app: Flask, db: Db) -> dict[str, FlaskClient]:
    """A browser of each kind of person there is, and the status that closed pages answer them."""
    moderator(db)
    look_after(db, "organiser@example.org")
    return {
        "stranger": app.test_client(),
        "parent": browser_of(app, db, PARENT),
        "organiser": browser_of(app, db, "organiser@example.org"),
        "moderator": browser_of(app, db, MOD),
    }


def test_every_page_for_moderators_is_there_for_nobody_else(app: Flask, db: Db) -> None:
    people = roles(app, db)
    closed = [r for r in app.url_map.iter_rules() if r.rule.startswith("/moderate")]
    assert len(closed) >= 4

    for rule in closed:
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            answers = {
                who: browser.open(address_of(rule.rule), method=method).status_code
                for who, browser in people.items()
                if who != "moderator"
            }
            assert answers == {"stranger": 303, "parent": 404, "organiser": 404}, rule.rule


def test_every_page_of_an_account_is_there_for_whoever_is_signed_in(app: Flask, db: Db) -> None:
    people = roles(app, db)
    closed = [r for r in app.url_map.iter_rules() if r.rule.startswith("/account/")]
    assert len(closed) >= 6

    for rule in closed:
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            for who, browser in people.items():
                answer = browser.open(address_of(rule.rule), method=method)
                sent_away = answer.headers.get("Location", "").startswith("/sign-in")
                assert sent_away is (who == "stranger"), (who, method, rule.rule)
                assert answer.status_code < 500


def test_only_moderators_see_the_way_to_their_pages(app: Flask, db: Db, desk: PageClient) -> None:
    assert "/moderate/" in desk.get("/account/").values("header a", "href")

    parent = at_desk(app, db, PARENT)
    assert "/moderate/" not in parent.get("/account/").values("header a", "href")


def test_the_queue_holds_every_kind_oldest_first_with_counts(db: Db, desk: PageClient) -> None:
    assert "Nothing waits here" in desk.get("/moderate/").words
    group, other = add_group(db), add_group(db, "other", name="Hill Songs")
    own = held(db, group)
    report(db, group, own.id)
    claim(db, group)
    duplicate(db, group, other)
    waiting_listing(db, other, "organiser@example.org")

    page = desk.get("/moderate/", most_statements=7)

    assert sorted(page.all(".queue .tag")) == [
        "Claim",
        "First listing",
        "Report",
        "Review",
        "Suspected duplicate",
    ]
    assert "All 5" in page.all(".pick")
    assert "Held reviews 1" in page.all(".pick")
    assert "It is the first review from this email address" in page.words
    assert desk.get("/moderate/?kind=claim").all(".queue .tag") == ["Claim"]
    for link in page.values(".queue a", "href"):
        assert "What it says" in desk.get(link).words


def test_a_decision_needs_an_action_a_reason_and_words(db: Db, desk: PageClient) -> None:
    address = f"/moderate/review/{held(db, add_group(db)).id}"

    page = send(desk, address, 200)

    assert page is not None
    assert page.all(".problem-list a")[:2] == ["Choose what to do", "Choose a reason"]
    page = send(desk, address, 200, action="hide", reason="names")
    assert page is not None
    assert "Say why in a sentence" in page.words
    page = send(desk, address, 200, action="hide", reason="names", words="Ring 01632 960 000")
    assert page is not None
    assert "the log keeps this for ever" in page.words
    page = send(desk, address, 200, action="move", reason="names", words="There", target="nowhere")
    assert page is not None
    assert "Paste the address of the group’s page" in page.words
    assert log(db) == ()


def test_a_moderator_publishes_and_undoes_and_the_history_says_so(db: Db, desk: PageClient) -> None:
    address = f"/moderate/review/{held(db, add_group(db), draft(words='Warm')).id}"

    send(desk, address, action="publish", reason="fine", words="Kind and clear.")
    page = desk.get(address + "?done=1")
    assert "Done. It is in the log" in page.words
    assert "Review: waiting for a moderator, then published" in page.words
    send(desk, address, action="undo", reason="mistake", words="I was too quick.")

    everything = desk.get("/moderate/log")
    assert "Undo the last decision" in everything.words
    assert "Review of Harbour Songs at Harbour Hall" in everything.words
    assert [line.action for line in log(db)].count(Action.UNDO) == 1


def test_the_second_moderator_is_told_and_nothing_of_theirs_is_done(
    app: Flask, db: Db, desk: PageClient
) -> None:
    moderator(db, OTHER_MOD)
    own = held(db, add_group(db))
    address = f"/moderate/review/{own.id}"
    second = at_desk(app, db, OTHER_MOD)
    opened = second.get(address)
    names = opened.values("main input[type=hidden]", "name")
    hidden = dict(zip(names, opened.values("main input[type=hidden]", "value"), strict=True))
    send(desk, address, action="publish", reason="fine", words="Kind and clear.")

    answer = second.client.post(
        address, data=hidden | {"action": "hide", "reason": "names", "words": "It names her."}
    )

    assert answer.status_code == 409
    page = Page(answer, 0)
    check(page)
    assert "mod@example.org chose “Publish”" in page.words
    assert "You wrote: “It names her.”" in page.words
    assert len(log(db)) == 1


def test_a_merged_listing_leads_to_the_one_that_stays(db: Db, desk: PageClient) -> None:
    group, other = add_group(db), add_group(db, "other")
    pair = duplicate(db, group, other)
    address = f"/moderate/duplicate/{pair}"

    page = send(desk, address, 200, action="merge", reason="same", words="One hall, one hour.")
    assert page is not None
    assert "Choose the group" in page.words
    send(
        desk,
        address,
        action="merge",
        reason="same",
        words="One hall, one hour.",
        target=str(group),
    )

    answer = desk.client.get(f"/groups/{other}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/groups/{group}")
    send(desk, address, action="undo", reason="mistake", words="They are two.")
    desk.get(f"/groups/{other}")


def test_a_review_is_moved_by_the_address_of_a_groups_page(db: Db, desk: PageClient) -> None:
    group, other = add_group(db), add_group(db, "other", name="Hill Songs")
    own, _ = publish(db, group, email=PARENT)

    send(
        desk,
        f"/moderate/review/{own.id}",
        action="move",
        reason="wrong_place",
        words="It is about the hill.",
        target=f"https://quietcorner.example/groups/{other}?x=1",
    )

    (letter,) = letters(db, PARENT)
    assert "Hill Songs" in letter.body


def test_what_is_not_there_is_not_there(desk: PageClient) -> None:
    for address in (f"/moderate/review/{UUID(int=7)}", f"/moderate/nothing/{UUID(int=7)}"):
        desk.get(address, 404)
    desk.get("/moderate/?page=99")
    desk.get("/moderate/log?page=0")
    desk.get(f"/moderate/log?page={'9' * 30}")
    desk.get(f"/moderate/?page={'9' * 30}")


def test_the_queue_has_pages_that_go_forth_and_back(db: Db, desk: PageClient) -> None:
    group = add_group(db)
    for number in range(51):
        claim(db, group, f"parent{number}@example.org")

    assert len(desk.get("/moderate/").all(".queue > li")) == 50
    page = desk.get("/moderate/?page=2")
    assert len(page.all(".queue > li")) == 1
    assert page.values(".pages a", "rel") == ["prev"]


def test_what_waits_for_its_author_is_out_of_the_way_until_they_change_it(
    db: Db, desk: PageClient
) -> None:
    own = held(db, add_group(db))
    decide(db, moderator(db), ItemKind.REVIEW, own.id, Action.ASK)

    assert "Nothing waits here" in desk.get("/moderate/").words
    assert desk.get("/moderate/?asked=1").all(".queue .tag") == ["Review"]


def test_the_figures_of_a_year_stand_with_the_rules_for_reviews(
    app: Flask, db: Db, desk: PageClient
) -> None:
    reader = PageClient(app)
    assert "Nothing has been decided yet." in reader.get("/about/reviews").words
    own = held(db, add_group(db))
    decide(db, moderator(db), ItemKind.REVIEW, own.id, Action.HIDE, reason=Reason.NAMES)

    page = reader.get("/about/reviews")

    assert "We decided 1 time, and took 0 of these back." in page.words
    assert page.all("td") == ["Review", "Hide", "1", "It names or points to a person", "1"]
