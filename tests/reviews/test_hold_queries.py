"""What the rules need to know of others, asked of the database."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from finder.platform.db.database import Database, Db
from finder.reviews import group_reviews
from finder.reviews import queries as reviews_queries
from finder.reviews import service as reviews_service
from finder.reviews.hold_rules import Rule
from tests.support.moderation_parts import held
from tests.support.review_parts import NOW, SITE, add_group, draft, publish, submit


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def group(db: Db) -> UUID:
    return add_group(db)


def test_others_are_those_of_the_group_that_stand(db: Db, group: UUID) -> None:
    own, _ = publish(db, group, draft(1), "a@example.org")
    publish(db, group, draft(4), "b@example.org")
    held(db, group, draft(5), "c@example.org")
    publish(db, add_group(db, "other"), draft(3), "d@example.org")

    assert group_reviews.levels_of_others(db, group, own.id) == (4,)
    assert group_reviews.count_in_a_day(db, group, own.id, NOW) == 2
    assert group_reviews.count_in_a_day(db, group, own.id, NOW + timedelta(days=2)) == 0


def test_long_words_of_others_are_compared_whatever_became_of_them(db: Db, group: UUID) -> None:
    words = "Nobody made us talk, and we sat by the window."
    held(db, group, draft(words=words), "a@example.org")
    publish(db, group, draft(words="Lovely"), "b@example.org")
    submit(db, group, draft(words="Not confirmed, but long enough to be compared."))
    own, _ = publish(db, group, draft(words=words + " Too."), "c@example.org")

    assert group_reviews.words_of_others(db, own.id) == (words,)


def test_rules_are_kept_in_their_order_and_replaced(db: Db, group: UUID) -> None:
    own = held(db, group)

    reviews_queries.note(db, own.id, [Rule.BURST, Rule.FIRST])
    assert reviews_queries.rules_of(db, own.id) == (Rule.FIRST, Rule.BURST)
    reviews_queries.note(db, own.id, [])
    assert reviews_queries.rules_of(db, own.id) == ()


def test_only_published_ones_make_an_author_known(db: Db, group: UUID) -> None:
    own, _ = publish(db, group, email="a@example.org")
    waiting = held(db, group, email="b@example.org")
    assert own.account_id is not None
    assert waiting.account_id is not None

    assert group_reviews.published_before(db, own.account_id) == 1
    assert group_reviews.published_before(db, waiting.account_id) == 0


def test_the_mark_of_a_network_is_kept_with_the_review_that_came_last(db: Db, group: UUID) -> None:
    def confirmed(token: str, mark: str) -> UUID:
        reviews_service.submit(db, draft(), "a@example.org", group, token, token, SITE, NOW, mark)
        return reviews_service.confirm(db, token, SITE, NOW).id

    own = confirmed("first", "abcde")
    assert reviews_queries.network_of(db, own) == "abcde"
    assert confirmed("second", "fffff") == own
    assert reviews_queries.network_of(db, own) == "fffff"
    assert confirmed("third", "") == own
    assert reviews_queries.network_of(db, own) is None
