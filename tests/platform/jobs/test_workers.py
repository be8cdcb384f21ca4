"""The workers work beside the requests of a serving site, and never in a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from finder.platform.db.database import Database
from finder.platform.mail import queries
from finder.platform.web.request import wake
from tests.support.organise_site import Desk
from tests.support.review_parts import NOW
from tests.support.served import machine_of
from tests.support.served import serving as serving_on
from tests.support.upload_parts import file_of, hers
from tests.support.waiting import wait_until


@pytest.fixture
def serving(desk: Desk) -> Iterator[Desk]:
    """The desk at a site that serves, until the end of the test."""
    workers = desk.app.extensions["workers"]
    desk.app.testing = False
    yield desk
    desk.app.testing = True
    for worker in workers.values():
        worker.stop()


def test_a_serving_site_checks_a_file_without_being_asked(serving: Desk) -> None:
    page = serving.anna.press("/organise/upload/", file=file_of(hers("songs")))
    (address,) = set(page.values("p[role=status] + p a", "href"))

    wait_until(
        lambda: "left alone" in serving.anna.get(address).words, "nobody has checked the file"
    )


def test_in_a_test_nothing_works_by_itself(desk: Desk) -> None:
    with desk.app.test_request_context():
        wake("uploads")
    page = desk.anna.press("/organise/upload/", file=file_of(hers("songs")))

    (address,) = set(page.values("p[role=status] + p a", "href"))
    assert desk.anna.get(address).one("h1") == "We are checking your file"


def test_a_letter_of_before_the_server_started_leaves_before_anybody_asks_for_a_page(
    tmp_path: Path, gazetteer_path: Path, migrated_file: Path
) -> None:
    machine = machine_of(tmp_path, gazetteer_path, migrated_file)
    database = Database(f"sqlite:///{machine.folder / 'finder.db'}")
    with database.writing() as db:
        queries.queue(db, "one", "parent@example.org", "Hello", "A letter", NOW)
        db.commit()

    with serving_on(machine):
        wait_until(lambda: list(tmp_path.rglob("*.eml")), "the letter has not left")

    database.close()
