"""The clerk works beside the requests of a serving site, and never in a test."""

from collections.abc import Iterator

import pytest

from finder.services.clerk import Clerk
from finder.web import clerk as web_clerk
from tests.support.organise_site import Desk
from tests.support.upload_parts import file_of, hers


@pytest.fixture
def clerk(desk: Desk) -> Iterator[Clerk]:
    found: Clerk = desk.app.extensions["clerk"]
    yield found
    desk.app.testing = True
    found.background.stop()


def test_a_serving_site_checks_a_file_without_being_asked(desk: Desk, clerk: Clerk) -> None:
    desk.app.testing = False
    page = desk.anna.press("/organise/upload/", file=file_of(hers("songs")))
    (address,) = set(page.values("p[role=status] + p a", "href"))

    clerk.background.stop()

    assert "left alone" in desk.anna.get(address).words


def test_in_a_test_nothing_works_by_itself(desk: Desk, clerk: Clerk) -> None:
    with desk.app.test_request_context():
        web_clerk.wake()
    page = desk.anna.press("/organise/upload/", file=file_of(hers("songs")))

    (address,) = set(page.values("p[role=status] + p a", "href"))
    assert desk.anna.get(address).one("h1") == "We are checking your file"
