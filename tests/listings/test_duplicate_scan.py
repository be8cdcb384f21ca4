"""Listings that may be one group come into the queue, and come once."""

from collections.abc import Iterator

import pytest

from finder.listings.duplicates import service as duplicates_service
from finder.moderation import queries as moderation_queries
from finder.moderation.rules import Action, ItemKind
from finder.platform.db.database import Database, Db
from tests.support.moderation_parts import decide, moderator
from tests.support.review_parts import NOW, add_group


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


def test_only_those_that_are_alike_are_suspected_and_a_decision_settles_it(db: Db) -> None:
    add_group(db)
    add_group(db, "again", name="Songs at the Harbour")
    add_group(db, "monkeys", name="Messy Monkeys")

    assert duplicates_service.spot_all(db, NOW) == 1
    assert duplicates_service.spot_all(db, NOW) == 0
    (item,) = moderation_queries.queue_page(db, ItemKind.DUPLICATE, 1).items
    assert "names" in item.detail
    decide(db, moderator(db), ItemKind.DUPLICATE, item.id, Action.APART)

    assert duplicates_service.spot_all(db, NOW) == 0
    assert moderation_queries.queue_page(db, None, 1).items == ()


def test_a_new_listing_is_compared_with_its_neighbours_alone(db: Db) -> None:
    add_group(db)
    again = add_group(db, "again")
    alone = add_group(db, "monkeys", name="Messy Monkeys")

    assert duplicates_service.spot(db, NOW, alone) == 0
    assert duplicates_service.spot(db, NOW, again) == 1
