"""How many links to sign in an address is sent, and who can use them up."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest

from finder.accounts import service as accounts_service
from finder.platform.db.database import Database, Db
from tests.support.review_parts import NOW
from tests.support.sign_in_parts import ask, tokens

ANNA = "anna@example.org"
BEN = "ben@example.org"


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


def test_a_network_gets_five_links_an_hour_for_an_address_and_is_told(db: Db) -> None:
    for _ in range(accounts_service.MOST_LINKS_AN_HOUR):
        ask(db, ANNA)
    with pytest.raises(accounts_service.TooManyLinks):
        ask(db, ANNA)
    ask(db, BEN)

    assert len(tokens(db, ANNA)) == 5
    assert len(tokens(db, BEN)) == 1
    ask(db, ANNA, NOW + timedelta(hours=1))
    assert len(tokens(db, ANNA)) == 6


def test_a_stranger_who_asks_for_links_uses_up_nobodys(db: Db) -> None:
    for _ in range(accounts_service.MOST_LINKS_AN_HOUR):
        ask(db, ANNA, mark="aaaaa")
    with pytest.raises(accounts_service.TooManyLinks):
        ask(db, ANNA, mark="aaaaa")

    ask(db, ANNA, mark="bbbbb")

    assert len(tokens(db, ANNA)) == 6


def test_all_networks_together_can_not_flood_an_address(db: Db) -> None:
    for number in range(accounts_service.MOST_LINKS_TO_AN_ADDRESS):
        ask(db, ANNA, mark=f"{number:05}")

    with pytest.raises(accounts_service.TooManyLinks):
        ask(db, ANNA, mark="fffff")


def test_asking_for_many_at_one_moment_gets_around_no_limit(database: Database) -> None:
    gate = threading.Barrier(8)

    def press() -> None:
        with database.writing() as own:
            gate.wait()
            with suppress(accounts_service.TooManyLinks):
                ask(own, ANNA)

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.writing() as db:
        assert len(tokens(db, ANNA)) == accounts_service.MOST_LINKS_AN_HOUR
