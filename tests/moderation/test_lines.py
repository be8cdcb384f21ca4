"""What moderators read of people and listings, in lines."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from finder.accounts import queries as accounts_queries
from finder.domain.groups import GettingIn, Step
from finder.domain.vocabulary import Expected, ListingState, TalkingLevel
from finder.moderation import lines as moderation_lines
from finder.platform.db.database import Database, Db
from tests.support.moderation_parts import claim, held, look_after, moderator
from tests.support.review_parts import add_group, draft, publish


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


@pytest.fixture
def group(db: Db) -> UUID:
    return add_group(db)


def test_names_and_states_of_listings(db: Db, group: UUID) -> None:
    assert moderation_lines.name_of(db, group) == "Harbour Songs, Harbour Hall"
    assert moderation_lines.name_of(db, None) == moderation_lines.name_of(db, uuid4()) == ""
    assert moderation_lines.state_of_listing(db, group) is ListingState.PUBLISHED
    assert moderation_lines.state_of_listing(db, uuid4()) is None


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

    said = dict(moderation_lines.listing_lines(db, group))

    assert said["What happens"] == "sign the book; round of names"
    assert said["Getting in"] == "The side door; A tin by the door"
    assert said["Talking, they say"] == "A hello"
    assert said["Booking"].endswith(", 01632 960 000")


def test_reviews_move_unless_their_author_has_one_there(db: Db, group: UUID) -> None:
    other = add_group(db, "other")
    stays, _ = publish(db, group, draft(1), "a@example.org")
    moves, _ = publish(db, group, draft(2), "b@example.org")
    publish(db, other, draft(3), "a@example.org")

    assert moderation_lines.reviews_to_move(db, group, other) == (moves.id,)
    assert stays.id not in moderation_lines.reviews_to_move(db, group, other)


def test_what_somebody_did_before_is_told_in_sentences(db: Db, group: UUID) -> None:
    own = held(db, group, draft(2, words="Calm"), "a@example.org")
    claim(db, group, "a@example.org")
    assert own.account_id is not None

    assert moderation_lines.earlier_of(db, own.account_id) == (
        "Review of Harbour Songs: A hello. Waiting for a moderator. “Calm”",
        "Claim of Harbour Songs. Waiting for a moderator.",
    )
    assert moderation_lines.held_of(db, own.account_id) == (own.id,)
    assert moderation_lines.author_of_review(db, own.id) == (own.account_id, "a@example.org")
    assert moderation_lines.author_of_review(db, uuid4()) == (None, "")


def test_editors_and_moderators_are_counted(db: Db, group: UUID) -> None:
    assert accounts_queries.count_moderators(db) == 0
    moderator(db)
    assert accounts_queries.count_moderators(db) == 1
    look_after(db, "o@example.org")
    assert [email for _, email in moderation_lines.editors_of(db, group)] == ["o@example.org"]
