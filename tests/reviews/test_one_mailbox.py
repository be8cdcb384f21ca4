"""One mailbox is one parent: it counts once, whatever its addresses; accounts stay two."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.accounts.tables import AccountRow
from finder.listings.tables import GroupRow
from finder.moderation.item import find_item
from finder.moderation.rules import ItemKind
from finder.platform.db.database import Db
from finder.reviews import service as reviews_service
from finder.reviews.group_reviews import reviews_of
from finder.reviews.hold_rules import Rule
from finder.reviews.queries import rules_of
from finder.reviews.rules import OwnReview, ReviewState
from tests.support.review_parts import NOW, SITE, draft, mails, publish, stored, submit

trusted = pytest.mark.usefixtures("first_reviews_are_trusted")
LATER = NOW + timedelta(hours=1)
DAY = timedelta(days=1)


def levels(db: Db, group: UUID) -> list[int]:
    return [stored(db, group)[f"reports_{level}"] for level in range(1, 6)]


def from_network(db: Db, group: UUID, email: str, mark: str, number: int) -> OwnReview:
    token = f"token-{number}" * 8
    at = NOW + number * DAY
    reviews_service.submit(db, draft(), email, group, f"form-{number}", token, SITE, at, mark)
    return reviews_service.confirm(db, token, SITE, at)


@trusted
def test_two_addresses_of_one_mailbox_count_as_one_parent_and_the_newest_counts(
    db: Db, group: UUID
) -> None:
    publish(db, group, draft(1), "anna@gmail.com")
    _, token = publish(db, group, draft(4), "an.na+again@googlemail.com", LATER)
    publish(db, group, draft(2), "ben@example.org", LATER)

    assert levels(db, group) == [0, 1, 0, 1, 0]
    assert reviews_of(db, group).published == 2
    assert {mail.recipient for mail in mails(db)} >= {"anna@gmail.com"}

    reviews_service.withdraw(db, token, LATER)

    assert levels(db, group) == [1, 1, 0, 0, 0]
    assert len(set(db.exec(select(AccountRow.id)))) == 3


@trusted
def test_an_editor_cannot_review_the_own_group_from_another_address_of_its_mailbox(
    db: Db, group: UUID
) -> None:
    organiser = db.exec(select(GroupRow.organiser_id).where(col(GroupRow.id) == group)).one()
    editors.add(db, organiser, accounts_queries.id_for(db, "anna@gmail.com", NOW), NOW)

    submit(db, group, draft(), "a.n.n.a+parent@gmail.com")

    (mail,) = mails(db)
    assert mail.recipient == "a.n.n.a+parent@gmail.com"
    assert mail.subject == "Your review was not kept"


def test_whoever_was_published_before_or_is_suspended_is_known_by_the_mailbox(
    db: Db, group: UUID
) -> None:
    publish(db, group, draft(), "anna@example.org")
    other = accounts_queries.id_for(db, "anna+2@example.org", NOW)
    stranger = accounts_queries.id_for(db, "ben@example.org", NOW)
    first = accounts_queries.id_for(db, "anna@example.org", NOW)

    accounts_queries.suspend(db, first, None, NOW)

    assert accounts_queries.is_sender_suspended(db, other, "anna+2@example.org", None)
    assert not accounts_queries.is_sender_suspended(db, stranger, "ben@example.org", None)
    db.delete(db.get_one(AccountRow, other))


@trusted
def test_the_third_mailbox_of_one_network_waits_and_its_moderator_sees_the_pattern(
    db: Db, group: UUID
) -> None:
    first = from_network(db, group, "one@example.org", "abcde", 0)
    from_network(db, group, "elsewhere@example.org", "fffff", 1)
    second = from_network(db, group, "two@example.org", "abcde", 2)
    third = from_network(db, group, "three@example.org", "abcde", 3)

    assert [one.state for one in (first, second)] == [ReviewState.PUBLISHED] * 2
    assert third.state is ReviewState.HELD
    assert rules_of(db, third.id) == (Rule.BURST,)
    item = find_item(db, ItemKind.REVIEW, third.id)
    assert item is not None
    assert ("From where it came", "3 reviews, 1 network, 4 days") in item.lines


@trusted
def test_one_mailbox_that_writes_again_from_its_network_is_no_pattern(db: Db, group: UUID) -> None:
    for number in range(4):
        own = from_network(db, group, f"anna+{number}@example.org", "abcde", number)

    item = find_item(db, ItemKind.REVIEW, own.id)
    assert own.state is ReviewState.PUBLISHED
    assert item is not None
    assert "From where it came" not in dict(item.lines)
