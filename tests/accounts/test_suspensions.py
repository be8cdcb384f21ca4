"""A suspended account is known again by itself, by its network, and by its address."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from finder.accounts import queries as accounts_queries
from finder.my_account import personal
from finder.platform.db.database import Database, Db
from tests.support.review_parts import NOW

ANNA, BEN = "anna@example.org", "ben@example.org"


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


def people(db: Db) -> tuple[UUID, UUID]:
    return accounts_queries.id_for(db, ANNA, NOW), accounts_queries.id_for(db, BEN, NOW)


def test_it_holds_the_account_and_its_network_until_it_is_lifted(db: Db) -> None:
    anna, ben = people(db)
    accounts_queries.suspend(db, anna, "abcde", NOW)

    assert accounts_queries.is_suspended(db, anna)
    assert accounts_queries.is_sender_suspended(db, anna, ANNA, None)
    assert accounts_queries.is_sender_suspended(db, ben, BEN, "abcde")
    assert not accounts_queries.is_sender_suspended(db, ben, BEN, "fffff")
    accounts_queries.lift_suspension(db, anna, NOW)
    assert not accounts_queries.is_sender_suspended(db, anna, ANNA, "abcde")


def test_deleting_the_account_is_no_way_out(db: Db) -> None:
    anna, ben = people(db)
    accounts_queries.suspend(db, anna, None, NOW)
    personal.forget(db, anna, ANNA, keep_reviews=False)

    again = accounts_queries.id_for(db, ANNA, NOW)

    assert again != anna
    assert accounts_queries.is_sender_suspended(db, again, ANNA, None)
    assert not accounts_queries.is_sender_suspended(db, ben, BEN, None)


def test_networks_go_first_and_then_all_of_it(db: Db) -> None:
    anna, ben = people(db)
    accounts_queries.suspend(db, anna, "abcde", NOW)

    assert accounts_queries.forget_suspended_networks(db, NOW - timedelta(days=1)) == 0
    assert accounts_queries.forget_suspended_networks(db, NOW) == 1
    assert not accounts_queries.is_sender_suspended(db, ben, BEN, "abcde")
    assert accounts_queries.forget_suspensions(db, NOW) == 1
    assert not accounts_queries.is_suspended(db, anna)
