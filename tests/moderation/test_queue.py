"""One queue of everything that waits, oldest first."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from finder.moderation.queries import first_in_queue, held_of, queue_page, reviews_to_move
from finder.moderation.reports.rules import ReportKind
from finder.moderation.rules import Action, ItemKind
from finder.platform.db.database import Database, Db
from finder.reviews import service as reviews_service
from tests.support.moderation_parts import (
    claim,
    decide,
    duplicate,
    held,
    moderator,
    report,
    waiting_listing,
)
from tests.support.review_parts import NOW, add_group, draft, manage_tokens, publish


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


def test_every_kind_is_in_it_once_and_what_does_not_wait_is_not(db: Db) -> None:
    group, other = add_group(db), add_group(db, "other", name="Hill Songs")
    own = held(db, group)
    reported = report(db, group, kind=ReportKind.CLOSED)
    ids = {own.id, reported, claim(db, group), duplicate(db, group, other)}
    ids.add(waiting_listing(db, other))

    found = queue_page(db, None, 1)

    assert {item.id for item in found.items} == ids
    assert set(found.counts) == set(ItemKind)
    by_kind = {item.kind: item for item in found.items}
    assert by_kind[ItemKind.REPORT].detail == "It has closed down"
    assert by_kind[ItemKind.REVIEW].about == "Harbour Songs, Harbour Hall"
    assert by_kind[ItemKind.DUPLICATE].about in {
        "Harbour Songs and Hill Songs",
        "Hill Songs and Harbour Songs",
    }
    decide(db, moderator(db), ItemKind.REVIEW, own.id, Action.PUBLISH)
    assert own.id not in {item.id for item in queue_page(db, None, 1).items}


def test_the_oldest_comes_first_and_next(db: Db) -> None:
    group, other = add_group(db), add_group(db, "other")
    late = held(db, group, email="a@example.org", now=NOW + timedelta(hours=1))
    early = held(db, other, email="b@example.org")

    assert [item.id for item in queue_page(db, None, 1).items] == [
        early.id,
        late.id,
    ]
    assert first_in_queue(db, ItemKind.REVIEW) == (ItemKind.REVIEW, early.id)
    assert first_in_queue(db, ItemKind.CLAIM) is None


def test_a_page_past_the_last_gives_the_last(db: Db) -> None:
    held(db, add_group(db))

    assert queue_page(db, None, 99).page == 1
    assert queue_page(db, ItemKind.CLAIM, 0).items == ()


def test_what_its_author_was_asked_about_comes_back_with_the_change(db: Db) -> None:
    own = held(db, add_group(db), draft(words="Calm"))
    (token,) = manage_tokens(db)
    db.rollback()
    decide(db, moderator(db), ItemKind.REVIEW, own.id, Action.ASK)
    assert (
        queue_page(db, None, 1).items,
        queue_page(db, None, 1).asked,
    ) == ((), 1)

    reviews_service.change(db, token, draft(words="Calm and warm"), NOW + timedelta(days=1))

    assert [item.id for item in queue_page(db, None, 1).items] == [own.id]


def test_reviews_move_unless_their_author_has_one_there(db: Db) -> None:
    group, other = add_group(db), add_group(db, "other")
    stays, _ = publish(db, group, draft(1), "a@example.org")
    moves, _ = publish(db, group, draft(2), "b@example.org")
    publish(db, other, draft(3), "a@example.org")

    assert reviews_to_move(db, group, other) == (moves.id,)
    assert stays.id not in reviews_to_move(db, group, other)


def test_the_reviews_of_an_account_that_wait_are_found(db: Db) -> None:
    own = held(db, add_group(db), draft(2, words="Calm"), "a@example.org")
    assert own.account_id is not None

    assert held_of(db, own.account_id) == (own.id,)
