"""The rules at work: what is held, what a change does, and a burst that nobody sees."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from finder.moderation import service as moderation_service
from finder.moderation.rules import Action, ItemKind
from finder.platform.db.database import Database, Db
from finder.reviews import queries as reviews_queries
from finder.reviews import service as reviews_service
from finder.reviews.hold_rules import Rule
from finder.reviews.rules import ReviewState
from finder.reviews.tables import ReviewHoldRow, ReviewRow
from tests.support.moderation_parts import PARENT, decide, found, held, moderator
from tests.support.review_parts import (
    NOW,
    SITE,
    add_group,
    draft,
    manage_tokens,
    publish,
    stored,
    submit,
)

KNOWN = "known@example.org"


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def group(db: Db) -> UUID:
    return add_group(db)


def known(db: Db, email: str = KNOWN) -> None:
    """A parent whose review was read and published before."""
    publish(db, add_group(db, f"of-{email}"), email=email)


def rules(db: Db, review_id: UUID) -> tuple[Rule, ...]:
    kept = reviews_queries.rules_of(db, review_id)
    db.rollback()
    return kept


def test_a_first_review_waits_and_counts_for_nothing(db: Db, group: UUID) -> None:
    before = stored(db, group)

    own = held(db, group)

    assert own.state is ReviewState.HELD
    assert rules(db, own.id) == (Rule.FIRST,)
    assert stored(db, group) == before


def test_a_known_parents_next_review_counts_at_once(db: Db, group: UUID) -> None:
    known(db)

    own = reviews_service.confirm(db, submit(db, group, email=KNOWN), SITE, NOW)

    assert own.state is ReviewState.PUBLISHED
    assert rules(db, own.id) == ()


def test_a_copy_is_held_also_from_a_known_parent(db: Db, group: UUID) -> None:
    words = "Calm and warm, and nobody asked us anything at all."
    held(db, add_group(db, "other"), draft(words=words), "first@example.org")
    known(db)

    copied = draft(words=words.replace("warm", "sunny"))
    own = reviews_service.confirm(db, submit(db, group, copied, KNOWN), SITE, NOW)

    assert rules(db, own.id) == (Rule.COPIED,)


def test_what_a_moderator_let_through_is_read_anew_once_its_words_change(
    db: Db, group: UUID
) -> None:
    own = held(db, group, draft(words="Calm."))
    (token,) = manage_tokens(db)
    db.rollback()
    decide(db, moderator(db), ItemKind.REVIEW, own.id, Action.PUBLISH)

    level_only = reviews_service.change(db, token, draft(3, words="Calm."), NOW)
    assert level_only.state is ReviewState.PUBLISHED
    changed = reviews_service.change(db, token, draft(3, words="Cheap shoes."), NOW)

    assert changed.state is ReviewState.HELD
    assert Rule.CHANGED in rules(db, own.id)
    assert stored(db, group)["reports_3"] == 0


def test_a_suspended_network_is_held_under_any_address(db: Db, group: UUID) -> None:
    token = f"token-{'x' * 30}"
    reviews_service.submit(db, draft(), PARENT, group, "form", token, SITE, NOW, "abcde")
    own = reviews_service.confirm(db, token, SITE, NOW)
    decide(db, moderator(db), ItemKind.REVIEW, own.id, Action.SUSPEND)
    known(db)

    other = f"token-{'y' * 30}"
    reviews_service.submit(db, draft(4), KNOWN, group, "form2", other, SITE, NOW, "abcde")
    again = reviews_service.confirm(db, other, SITE, NOW)

    assert Rule.SUSPENDED in rules(db, again.id)


ADDRESSES, REVIEWS = 50, 1_000


def test_a_thousand_spam_reviews_are_none_public_and_others_still_go_through(
    sqlite_database: Database,
) -> None:
    with sqlite_database.writing() as db:
        known(db)
        groups = [add_group(db, f"group-{n}") for n in range(REVIEWS // ADDRESSES)]
        before = [stored(db, group) for group in groups]
        burst(db, groups)

        assert [stored(db, group) for group in groups] == before
        queue = moderation_service.look_through(db, ItemKind.REVIEW, 1)
        assert (queue.total, len(queue.items)) == (REVIEWS, 50)
        db.rollback()

        own = reviews_service.confirm(db, submit(db, add_group(db, "calm"), email=KNOWN), SITE, NOW)
        assert own.state is ReviewState.PUBLISHED


def test_one_decision_clears_all_that_one_address_sent(sqlite_database: Database) -> None:
    with sqlite_database.writing() as db:
        burst(db, [add_group(db, f"group-{n}") for n in range(REVIEWS // ADDRESSES)])
        following = moderation_service.next_after(db, ItemKind.REVIEW)
        assert following is not None

        decide(db, moderator(db), ItemKind.REVIEW, following[1], Action.SUSPEND)

        queue = moderation_service.look_through(db, ItemKind.REVIEW, 1)
        assert queue.total == REVIEWS - REVIEWS // ADDRESSES


def burst(db: Db, groups: list[UUID]) -> None:
    """Each address writes of one group through the service, and has a like row for each other.

    An address gets too few mails a day to send so many by the form, and a thousand confirmations
    take half a minute.
    """
    for sender in range(ADDRESSES):
        words = f"Best group ever, come to my shop at once, said {sender}"
        group = groups[sender % len(groups)]
        own = held(db, group, draft(1, words=words), f"spam{sender}@example.org")
        assert own.state is ReviewState.HELD
    once: dict[str, Any] = dict.fromkeys(("token_hash", "manage_hash", "form_key"))
    waiting = db.exec(select(ReviewRow).where(col(ReviewRow.state) == ReviewState.HELD)).all()
    others = [
        row.model_dump() | once | {"id": uuid4(), "group_id": group}
        for row in waiting
        for group in groups
        if group != row.group_id
    ]
    db.execute(sa.insert(ReviewRow), others)
    holds = [{"review_id": other["id"], "rule": Rule.FIRST} for other in others]
    db.execute(sa.insert(ReviewHoldRow), holds)
    db.commit()


def test_a_moderator_reads_which_rules_held_it(db: Db, group: UUID) -> None:
    own = held(db, group, email="x@mailinator.com")

    assert found(db, ItemKind.REVIEW, own.id).rules == (Rule.FIRST, Rule.DISPOSABLE)
