"""A suspended account is known again by itself, by its network, and by its address."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from finder.accounts import queries as accounts_queries
from finder.accounts import suspensions
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
    suspensions.add(db, anna, "abcde", NOW)

    assert suspensions.is_suspended(db, anna)
    assert suspensions.concerns(db, anna, ANNA, None)
    assert suspensions.concerns(db, ben, BEN, "abcde")
    assert not suspensions.concerns(db, ben, BEN, "fffff")
    suspensions.lift(db, anna, NOW)
    assert not suspensions.concerns(db, anna, ANNA, "abcde")


def test_deleting_the_account_is_no_way_out(db: Db) -> None:
    anna, ben = people(db)
    suspensions.add(db, anna, None, NOW)
    personal.forget(db, anna, ANNA, keep_reviews=False)

    again = accounts_queries.id_for(db, ANNA, NOW)

    assert again != anna
    assert suspensions.concerns(db, again, ANNA, None)
    assert not suspensions.concerns(db, ben, BEN, None)


def test_networks_go_first_and_then_all_of_it(db: Db) -> None:
    anna, ben = people(db)
    suspensions.add(db, anna, "abcde", NOW)

    assert suspensions.forget_networks(db, NOW - timedelta(days=1)) == 0
    assert suspensions.forget_networks(db, NOW) == 1
    assert not suspensions.concerns(db, ben, BEN, "abcde")
    assert suspensions.forget(db, NOW) == 1
    assert not suspensions.is_suspended(db, anna)
