"""A form that may not be from our own page changes nothing: 400, with what was typed in it."""

from typing import Any

import pytest

from tests.support.moderation_parts import MOD, moderator, waiting_listing
from tests.support.organise_site import Desk, Person
from tests.support.page_client import Page, check
from tests.support.review_parts import manage_tokens, publish
from tests.support.sign_in_parts import browser_of

WORDS = "Nobody had to say a word there"
EMAIL = "kept@example.org"
REVIEW = {"level": "2", "visit": "2026-10", "words": WORDS, "email": EMAIL}
DAYS = {"first": "2026-12-01", "last": "2026-12-08", "note": WORDS}
STEP = {"steps-0-what": WORDS, "do": "add"}
FORMS: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "sign in": ("/sign-in", {"email": EMAIL}, (EMAIL,)),
    "complain": ("/complain", {"words": WORDS, "email": EMAIL}, (WORDS, EMAIL)),
    "report": ("/groups/{songs}/report", {"problem": "unkind", "words": WORDS}, (WORDS,)),
    "review": ("/groups/{songs}/review", REVIEW, (WORDS, EMAIL)),
    "note": ("/organise/listings/{songs}/note", {"note": WORDS}, (WORDS,)),
    "dates": ("/organise/listings/{songs}/dates", DAYS, (WORDS,)),
    "editor": ("/organise/organisers/{hill}/editors", {"email": EMAIL}, (EMAIL,)),
    "claim": ("/organise/claim/{songs}", {"why": WORDS}, (WORDS,)),
    "postcode": ("/organise/listings/new", {"postcode": "EH6 7BS"}, ("EH6 7BS",)),
    "part": ("/organise/listings/{songs}/edit/what", {"name": WORDS}, (WORDS,)),
    "row": ("/organise/listings/{songs}/edit/what-happens", STEP, (WORDS,)),
    "decision": ("/moderate/listing/{songs}", {"words": WORDS, "action": "hide"}, (WORDS,)),
    "state": ("/organise/listings/{songs}/state", {"wish": "end"}, ()),
    "copy": ("/organise/listings/{songs}/copy", {}, ()),
    "check": ("/organise/check", {"listing": "{songs}"}, ()),
    "remove editor": ("/organise/organisers/{hill}/editors/{anna}/remove", {}, ()),
    "upload": ("/organise/upload/", {}, ()),
    "was it on": ("/groups/{songs}/was-it-on", {"answer": "2026-11-24 yes"}, ()),
    "delete me": ("/account/delete", {}, ()),
    "end others": ("/account/sign-ins/end-others", {}, ()),
    "sign out": ("/sign-out", {}, ()),
}  # fmt: skip


@pytest.fixture
def whoever(desk: Desk) -> dict[str, Person]:
    """Who may use each kind of page."""
    person = Person(desk.app, desk.db)
    moderator(desk.db)
    person.browser.client = browser_of(desk.app, desk.db, MOD)
    return {"/moderate": person, "/organise/claim": desk.ben}


def bad(token: str) -> dict[str, dict[str, Any]]:
    """Ways in which a form may come from elsewhere."""
    return {
        "without a token": {"data": {}},
        "with an old one": {"data": {"csrf_token": "IjEi.aaaa.bbbb"}},
        "from another site": {
            "data": {"csrf_token": token},
            "headers": {"Origin": "https://evil.example"},
        },
    }


@pytest.mark.parametrize(("path", "typed", "kept"), FORMS.values(), ids=FORMS)
def test_a_form_that_is_not_surely_ours_is_kept_and_answered_400(
    desk: Desk, whoever: dict[str, Person], path: str, typed: dict[str, str], kept: tuple[str, ...]
) -> None:
    if "moderate" in path:
        waiting_listing(desk.db, desk.songs)
    person = next((who for start, who in whoever.items() if path.startswith(start)), desk.anna)
    if path in {"/sign-in", "/complain"} or path.startswith("/groups"):
        person = desk.nobody
    names = {"songs": desk.songs, "hill": desk.hill, "anna": desk.anna_id}
    address, client = path.format(**names), person.browser.client
    own = {name: value.format(**names) for name, value in typed.items()}
    if "moderate" in path:
        own["stamp"] = Page(client.get(address), 0).values("input[name=stamp]", "value")[0]

    for way in bad(token_of(person)).values():
        answer = client.post(address, data={**own, **way["data"]}, headers=way.get("headers", {}))

        assert answer.status_code == 400, answer.text[:2000]
        page = Page(answer, 0)
        check(page)
        assert page.values("form[method=post] input[name=csrf_token]", "value")
        for words in kept:
            assert words in answer.text


def token_of(person: Person) -> str:
    page = person.browser.client.get("/sign-out")
    return Page(page, 0).values("input[name=csrf_token]", "value")[0]


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "http://localhost", "null"])
def test_a_form_of_our_own_page_is_taken(desk: Desk, origin: str) -> None:
    client = desk.anna.browser.client
    data = {"csrf_token": token_of(desk.anna), "note": WORDS}

    answer = client.post(
        f"/organise/listings/{desk.songs}/note", data=data, headers={"Origin": origin}
    )

    assert answer.status_code == 303


@pytest.mark.parametrize("do", ["change", "withdraw", ""])
def test_an_author_s_review_stays_as_it_was(desk: Desk, do: str) -> None:
    publish(desk.db, desk.songs)
    [token] = manage_tokens(desk.db)
    desk.db.rollback()

    answer = desk.nobody.browser.client.post(
        f"/reviews/{token}", data={"do": do, **REVIEW, "csrf_token": "x"}
    )

    assert answer.status_code == 400
    assert "Press the button once more" in answer.text
    assert do != "change" or WORDS in answer.text
