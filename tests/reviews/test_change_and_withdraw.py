"""What an author changes or takes back changes the rating at once."""

from uuid import UUID

import pytest

from finder.domain.facts import Fact
from finder.domain.refused import Refused
from finder.platform.db.database import Db
from finder.reviews import queries as reviews_queries
from finder.reviews import service as reviews_service
from finder.reviews.rules import ReviewState
from tests.support.review_parts import (
    NOW,
    draft,
    publish,
    stored,
)

pytestmark = pytest.mark.usefixtures("first_reviews_are_trusted")


def reports(db: Db, group: UUID) -> list[int]:
    return [stored(db, group)[f"reports_{level}"] for level in range(1, 6)]


def test_a_change_moves_the_rating_at_once(db: Db, group: UUID) -> None:
    _, token = publish(db, group, draft(5, facts={Fact.SING: True}))

    own = reviews_service.change(db, token, draft(1, facts={Fact.CRAFT: False}), NOW)

    assert own.answers.facts == {Fact.CRAFT: False}
    assert reports(db, group) == [1, 0, 0, 0, 0]
    assert set(stored(db, group)["facts"]) == {"craft"}


def test_withdrawing_takes_the_review_out_of_the_rating_and_forgets_its_words(
    db: Db, group: UUID
) -> None:
    before = stored(db, group)
    _, token = publish(db, group, draft(1, words="Calm", advice="Go", facts={Fact.SING: True}))

    own = reviews_service.withdraw(db, token, NOW)

    assert own.state is ReviewState.WITHDRAWN
    assert stored(db, group) == before
    assert (own.answers.words, own.answers.advice, own.answers.facts) == ("", "", {})


def test_a_withdrawn_review_cannot_be_changed_but_a_new_one_counts(db: Db, group: UUID) -> None:
    _, token = publish(db, group, email="parent@example.org")
    reviews_service.withdraw(db, token, NOW)

    with pytest.raises(Refused):
        reviews_service.change(db, token, draft(1), NOW)
    publish(db, group, draft(1), "parent@example.org")

    assert reports(db, group) == [1, 0, 0, 0, 0]


def test_withdrawing_what_a_moderator_hid_forgets_its_words_and_keeps_it_hidden(
    db: Db, group: UUID
) -> None:
    own, token = publish(db, group, draft(words="Calm"))
    reviews_queries.set_state(db, own.id, ReviewState.HIDDEN, NOW)
    db.commit()

    after = reviews_service.withdraw(db, token, NOW)

    assert after.state is ReviewState.HIDDEN
    assert after.answers.words == ""
