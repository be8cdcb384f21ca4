"""One thing that waits, as a moderator sees it."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import col

from finder.domain.groups import GettingIn, Step
from finder.domain.vocabulary import Expected, ListingState, TalkingLevel
from finder.moderation import rules as moderation_rules
from finder.moderation.item import editors_of, find_item, name_of, state_of_listing
from finder.moderation.reports.rules import ReportKind
from finder.moderation.rules import Action, ItemKind
from finder.platform.db.database import Database, Db
from finder.reviews import service as reviews_service
from finder.reviews.tables import ReviewRow
from tests.support.moderation_parts import (
    PARENT,
    claim,
    decide,
    duplicate,
    held,
    look_after,
    moderator,
    report,
    waiting_listing,
)
from tests.support.review_parts import NOW, add_group, draft, manage_tokens, publish, submit


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def group(db: Db) -> UUID:
    return add_group(db)


def seen(db: Db, kind: ItemKind, item_id: UUID) -> moderation_rules.Item:
    found = find_item(db, kind, item_id)
    db.rollback()
    assert found is not None
    return found


def test_a_review_shows_what_it_says_whose_it_is_and_what_they_did_before(
    db: Db, group: UUID
) -> None:
    publish(db, add_group(db, "other", name="Hill Songs"), draft(5, words="Loud"), PARENT)
    own = held(db, group, draft(2, words="Shit. Calm though."), PARENT)
    assert own.state.value in {"held", "published"}

    item = seen(db, ItemKind.REVIEW, own.id)

    assert ("Level", "A hello") in item.lines
    assert ("Words", "Shit. Calm though.") in item.lines
    assert item.author == PARENT
    assert item.earlier == ("Review of Hill Songs: Introductions. Published. “Loud”",)


def test_what_is_not_confirmed_is_not_there_to_decide_on(db: Db, group: UUID) -> None:
    own = reviews_service.find_by_token(db, submit(db, group), NOW)

    assert find_item(db, ItemKind.REVIEW, own.id) is None


def test_a_withdrawn_review_is_left_alone(db: Db, group: UUID) -> None:
    own = held(db, group)
    (token,) = manage_tokens(db)
    db.rollback()
    reviews_service.withdraw(db, token, NOW)

    assert seen(db, ItemKind.REVIEW, own.id).actions == ()


def test_what_is_done_already_is_not_offered_again(db: Db, group: UUID) -> None:
    own, _ = publish(db, group)
    mod = moderator(db)
    assert Action.PUBLISH not in seen(db, ItemKind.REVIEW, own.id).actions

    decide(db, mod, ItemKind.REVIEW, own.id, Action.HIDE)

    offered = seen(db, ItemKind.REVIEW, own.id).actions
    assert Action.HIDE not in offered
    assert {Action.PUBLISH, Action.UNDO} <= set(offered)


def test_a_report_shows_the_review_it_is_of_and_can_be_answered_once(db: Db, group: UUID) -> None:
    own, _ = publish(db, group, draft(2, words="Cold"), PARENT)
    reported = report(db, group, own.id)

    item = seen(db, ItemKind.REPORT, reported)
    assert ("The review: Words", "Cold") in item.lines
    assert item.author == PARENT
    decide(db, moderator(db), ItemKind.REPORT, reported, Action.KEEP)

    assert seen(db, ItemKind.REPORT, reported).actions == (Action.UNDO,)


def test_a_report_of_a_listing_offers_what_can_be_done_with_a_listing(db: Db, group: UUID) -> None:
    found = seen(db, ItemKind.REPORT, report(db, group, kind=ReportKind.CLOSED))

    assert found.actions == (Action.KEEP, Action.HIDE, Action.ASK, Action.NOTE)


def test_the_others_show_what_a_decision_needs(db: Db, group: UUID) -> None:
    other = add_group(db, "other")
    claimed = seen(db, ItemKind.CLAIM, claim(db, group))
    assert dict(claimed.lines) == {
        "They ask for": "This listing only",
        "Why it is theirs": "I run it on Tuesdays.",
        "Who looks after it now": "Nobody",
    }
    pair = seen(db, ItemKind.DUPLICATE, duplicate(db, group, other))
    assert {group_id for group_id, _ in pair.pair} == {group, other}
    look_after(db, "organiser@example.org")
    waiting = seen(db, ItemKind.LISTING, waiting_listing(db, group))
    assert dict(waiting.lines)["Run by"] == "Harbour Trust"
    assert Action.PUBLISH in waiting.actions


def test_the_stamp_changes_with_every_decision(db: Db, group: UUID) -> None:
    own = held(db, group)
    before = seen(db, ItemKind.REVIEW, own.id).stamp

    decide(db, moderator(db), ItemKind.REVIEW, own.id, Action.ASK)

    assert seen(db, ItemKind.REVIEW, own.id).stamp != before


def test_names_and_states_of_listings(db: Db, group: UUID) -> None:
    assert name_of(db, group) == "Harbour Songs, Harbour Hall"
    assert name_of(db, None) == name_of(db, uuid4()) == ""
    assert state_of_listing(db, group) is ListingState.PUBLISHED
    assert state_of_listing(db, uuid4()) is None


def test_a_moderator_reads_all_that_a_listing_says(db: Db) -> None:
    group = add_group(
        db,
        "wordy",
        steps=(
            Step(0, "sign the book", Expected.NEITHER),
            Step(5, "round of names", Expected.TALK),
        ),
        getting_in=GettingIn(door="The side door", how_to_pay="A tin by the door"),
        claimed_level=TalkingLevel.HELLO,
        booking_phone="01632 960 000",
    )

    lines = dict(seen(db, ItemKind.LISTING, group).lines)

    assert lines["What happens"].startswith("0 min: sign the book (")
    assert lines["What happens"].split("; ")[1].startswith("5 min: round of names (")
    assert (lines["Which door"], lines["How and when to pay"]) == (
        "The side door",
        "A tin by the door",
    )
    assert lines["Talking required"] == "A hello"
    assert lines["Booking"].endswith(", 01632 960 000")
    assert lines["Ages"] == "Birth to 2 years"
    assert "10:00 to 11:00" in lines["When it is on"]


def test_what_somebody_did_before_is_in_sentences(db: Db, group: UUID) -> None:
    own = held(db, group, draft(2, words="Calm"), "a@example.org")
    claimed = claim(db, group, "a@example.org")

    of_review, of_claim = seen(db, ItemKind.REVIEW, own.id), seen(db, ItemKind.CLAIM, claimed)

    assert of_review.earlier == ("Claim of Harbour Songs. Waiting for a moderator.",)
    assert of_claim.earlier == (
        "Review of Harbour Songs: A hello. Waiting for a moderator. “Calm”",
    )
    assert of_review.author_id == of_claim.author_id == own.account_id


def test_a_review_whose_account_is_gone_has_no_author(db: Db, group: UUID) -> None:
    own, _ = publish(db, group)
    db.exec(sa.update(ReviewRow).where(col(ReviewRow.id) == own.id).values(account_id=None))
    db.commit()

    item = seen(db, ItemKind.REVIEW, own.id)

    assert (item.author_id, item.author, item.earlier) == (None, "", ())


def test_editors_of_a_listing_are_named(db: Db, group: UUID) -> None:
    assert editors_of(db, [group]) == {}

    look_after(db, "o@example.org")

    assert list(editors_of(db, [group]).values()) == ["o@example.org"]
