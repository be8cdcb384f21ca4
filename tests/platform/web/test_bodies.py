"""What is posted is a form of a bounded size from our own page, or is refused in words."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from finder.platform.web.errors import TROUBLES
from finder.spreadsheets.uploads.views import LARGEST_REQUEST
from tests.support.odd_requests import furnish, routes
from tests.support.page_client import Page, check
from tests.support.sign_in_parts import browser_of
from tests.support.site import GROUPS, Site


@pytest.fixture(scope="module")
def site(gazetteer_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("bodies"), gazetteer_dir, GROUPS[:2])
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    furnish(site.app, site.database, datetime.now(UTC))
    yield site
    site.database.close()
    site.app.extensions["quiet_corner"].database.close()


@pytest.fixture(scope="module")
def visitors(site: Site) -> dict[str, FlaskClient]:
    """Nobody, a parent and a moderator."""
    with site.database.writing() as db:
        parent = browser_of(site.app, db, "parent@example.org")
        moderator = browser_of(site.app, db, "moderator@example.org")
    return {"nobody": site.app.test_client(), "parent": parent, "moderator": moderator}


def paths(site: Site) -> list[str]:
    """An address of every rule that takes a form."""
    fill = {"uuid": str(site.groups["rhyme-time"])[-36:], "int": "1"}
    place = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>")
    return [
        place.sub(lambda found: fill.get(found[1] or "", "talking"), rule.rule)
        for rule in routes(site.app, "POST")
    ]


def from_elsewhere() -> dict[str, str]:
    """Another network each time: one has a share only."""
    return {"REMOTE_ADDR": str(uuid4())}


def file(size: int = 1) -> tuple[BytesIO, str]:
    return BytesIO(b"x" * size), "a.csv"


PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'
PARTS = "multipart/form-data; boundary=x"
FORM = "application/x-www-form-urlencoded"
BODIES: dict[str, tuple[int, Callable[[], dict[str, Any]]]] = {
    "JSON": (415, lambda: {"json": {"email": "a@example.org"}}),
    "JSON, empty": (415, lambda: {"data": b"", "content_type": "application/json"}),
    "text": (415, lambda: {"data": "email=a", "content_type": "text/plain"}),
    "XML": (415, lambda: {"data": "<email/>", "content_type": "application/xml"}),
    "of no type": (415, lambda: {"data": b"email=a"}),
    "too long": (413, lambda: {"data": {"email": "a" * LARGEST_REQUEST}}),
    "a file too long": (413, lambda: {"data": {"file": file(LARGEST_REQUEST)}}),
    "many parts": (413, lambda: {"data": PART * 1_200 + b"--x--", "content_type": PARTS}),
    "many fields": (413, lambda: {"data": "a=b&" * 5_000, "content_type": FORM}),
    "a long part": (413, lambda: {"data": {"a": "x" * 700_000, "b": file()}}),
}


@pytest.mark.parametrize(("status", "body"), BODIES.values(), ids=BODIES)
def test_what_is_no_form_or_too_much_gets_one_answer_everywhere_signed_in_or_not(
    site: Site,
    visitors: dict[str, FlaskClient],
    status: int,
    body: Callable[[], dict[str, Any]],
) -> None:
    wrong = []
    # Large ones take their time: some addresses stand for the others.
    for path in paths(site) if status == 415 else paths(site)[::8]:
        for who, client in visitors.items():
            answer = client.post(path, **body(), environ_overrides=from_elsewhere())
            if answer.status_code != status or TROUBLES[status].next_steps not in answer.text:
                wrong.append((who, path, answer.status_code))
            answer.request.environ["wsgi.input"].close()  # a large one is a file

    assert wrong == []


def test_the_page_of_a_refused_body_follows_the_rules_of_pages(
    visitors: dict[str, FlaskClient],
) -> None:
    for client in visitors.values():
        for status, body in (BODIES["JSON"], BODIES["many fields"]):
            answer = client.post("/sign-in", **body())

            check(Page(answer, 0))
            assert answer.status_code == status


def test_a_large_file_of_an_organiser_is_still_taken(site: Site) -> None:
    with site.database.writing() as db:
        client = browser_of(site.app, db, "organiser@example.org")
    page = Page(client.get("/organise/upload/"), 0)
    token = page.values("input[name=csrf_token]", "value")[0]

    answer = client.post(
        "/organise/upload/", data={"csrf_token": token, "file": file(LARGEST_REQUEST - 1_500_000)}
    )
    answer.request.environ["wsgi.input"].close()

    assert answer.status_code == 303


def test_a_button_without_a_body_is_a_form_too(visitors: dict[str, FlaskClient]) -> None:
    assert visitors["nobody"].post("/complain").status_code == 400


def test_an_address_that_takes_no_form_says_so_first(visitors: dict[str, FlaskClient]) -> None:
    assert visitors["nobody"].post("/about/", json=[]).status_code == 405
    assert visitors["nobody"].post("/nowhere", json=[]).status_code == 404


def test_a_chunked_body_is_answered_in_words(visitors: dict[str, FlaskClient]) -> None:
    answer = visitors["nobody"].post("/complain", headers={"Transfer-Encoding": "chunked"})

    assert answer.status_code == 411
    assert TROUBLES[411].next_steps in answer.text


def test_whoever_asks_too_often_learns_when_to_come_back(site: Site) -> None:
    client = site.app.test_client()
    page = Page(client.get("/sign-in"), 0)
    token = page.values("input[name=csrf_token]", "value")[0]

    for number in range(200):
        data = {"csrf_token": token, "email": f"often{number}@example.org"}
        answer = client.post("/sign-in", data=data)
        if answer.status_code == 429:
            break

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
