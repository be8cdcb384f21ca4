"""What the rules need to know of others, asked of the database."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from finder.domain.holding import Rule
from finder.store import holds
from finder.store.database import Database, Db
from tests.support.moderation_parts import held
from tests.support.review_parts import NOW, add_group, draft, publish, submit


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

    assert holds.levels_of_others(db, group, own.id) == (4,)
    assert holds.count_in_a_day(db, group, own.id, NOW) == 2
    assert holds.count_in_a_day(db, group, own.id, NOW + timedelta(days=2)) == 0


def test_long_words_of_others_are_compared_whatever_became_of_them(db: Db, group: UUID) -> None:
    words = "Nobody made us talk, and we sat by the window."
    held(db, group, draft(words=words), "a@example.org")
    publish(db, group, draft(words="Lovely"), "b@example.org")
    submit(db, group, draft(words="Not confirmed, but long enough to be compared."))
    own, _ = publish(db, group, draft(words=words + " Too."), "c@example.org")

    assert holds.words_of_others(db, own.id) == (words,)


def test_rules_are_kept_in_their_order_and_replaced(db: Db, group: UUID) -> None:
    own = held(db, group)

    holds.note(db, own.id, [Rule.BURST, Rule.FIRST])
    assert holds.rules_of(db, own.id) == (Rule.FIRST, Rule.BURST)
    holds.note(db, own.id, [])
    assert holds.rules_of(db, own.id) == ()


def test_only_published_ones_make_an_author_known(db: Db, group: UUID) -> None:
    own, _ = publish(db, group, email="a@example.org")
    waiting = held(db, group, email="b@example.org")
    assert own.account_id is not None
    assert waiting.account_id is not None

    assert holds.published_before(db, own.account_id) == 1
    assert holds.published_before(db, waiting.account_id) == 0


def test_the_mark_of_a_network_is_kept_with_the_review(db: Db, group: UUID) -> None:
    own = held(db, group)

    holds.set_network(db, own.id, "abcde")
    assert holds.network_of(db, own.id) == "abcde"
    holds.set_network(db, own.id, "")
    assert holds.network_of(db, own.id) is None
