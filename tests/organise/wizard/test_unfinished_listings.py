"""Writing a listing: each step is kept, and nobody else comes near it."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from finder.accounts import queries as accounts_queries
from finder.accounts.service import NotYours
from finder.domain.refused import Refused
from finder.organise.rules import MOST_UNFINISHED
from finder.organise.wizard import service as wizard_service
from finder.platform.db.database import Database, Db
from tests.support.examples import LEITH, SONGS, keep
from tests.support.examples import TUESDAY_NOON as NOW


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as db:
        yield db


@pytest.fixture
def anna(db: Db) -> UUID:
    return accounts_queries.id_for(db, "anna@example.org", NOW)


def test_a_step_is_there_for_whoever_comes_back(db: Db, anna: UUID) -> None:
    made = wizard_service.begin(db, anna, "where", {"postcode": ["EH6 7BS"]}, NOW)
    wizard_service.keep(db, anna, made, "what", {"name": ["Songs"]}, NOW)
    db.rollback()

    assert wizard_service.find(db, anna, made).typed == {
        "where": {"postcode": ["EH6 7BS"]},
        "what": {"name": ["Songs"]},
    }
    assert [one.name for one in wizard_service.unfinished_of(db, anna)] == ["Songs"]


def test_somebody_else_finds_nothing(db: Db, anna: UUID) -> None:
    made = wizard_service.begin(db, anna, "where", {}, NOW)
    ben = accounts_queries.id_for(db, "ben@example.org", NOW)

    for attempt in (
        lambda: wizard_service.find(db, ben, made),
        lambda: wizard_service.keep(db, ben, made, "what", {}, NOW),
        lambda: wizard_service.give_up(db, ben, made),
    ):
        with pytest.raises(NotYours):
            attempt()
    wizard_service.give_up(db, anna, made)
    with pytest.raises(NotYours):
        wizard_service.find(db, anna, made)


def test_nobody_keeps_very_many(db: Db, anna: UUID) -> None:
    for _ in range(MOST_UNFINISHED):
        wizard_service.begin(db, anna, "where", {}, NOW)

    with pytest.raises(Refused):
        wizard_service.begin(db, anna, "where", {}, NOW)


def test_venues_near_a_point_are_offered(db: Db) -> None:
    keep(db, SONGS)

    assert [one.draft.name for one in wizard_service.venues_near(db, LEITH)] == ["Harbour Hall"]
