"""All levels are worked out anew, some groups at a time; and the rating learns from all reviews."""

from datetime import timedelta
from uuid import UUID

import pytest

from finder.domain.facts import Fact
from finder.domain.talking.beliefs import STARTING_TABLES
from finder.platform.db.database import Database, Db
from finder.reviews import service as reviews_service
from finder.reviews.learning import queries as learning_queries
from finder.reviews.learning import service as learning_service
from finder.reviews.rules import Visit
from tests.support.review_parts import (
    NOW,
    add_group,
    draft,
    publish,
    stored,
)

pytestmark = pytest.mark.usefixtures("first_reviews_are_trusted")


def test_a_rebuild_gives_the_same_numbers(db: Db, group: UUID) -> None:
    other = add_group(db, "other", claimed_level=None)
    for level, visit in ((1, Visit(2026, 9)), (2, Visit(2025, 3)), (4, Visit(2026, 11))):
        publish(db, group, draft(level, visit=visit, facts={Fact.SING: level > 1}))
    _, token = publish(db, other, draft(5))
    reviews_service.withdraw(db, token, NOW)
    before = stored(db, group), stored(db, other)

    learning_service.rebuild_levels(db, NOW)

    assert (stored(db, group), stored(db, other)) == before


def test_a_rebuild_mends_what_is_wrong_and_lets_reports_fade(db: Db, group: UUID) -> None:
    publish(db, group, draft(1, facts={Fact.SING: True}))
    right = stored(db, group)
    db.connection().exec_driver_sql(
        "UPDATE groups SET talking_1 = 0, reports_1 = 7, reports_5 = 9, facts_yes = 0"
    )
    db.connection().exec_driver_sql("UPDATE group_facts SET parents_yes = 5")
    db.commit()

    assert learning_service.rebuild_levels(db, NOW) == 1
    assert stored(db, group) == right

    learning_service.rebuild_levels(db, NOW + timedelta(days=730))
    assert stored(db, group)["talking_1"] < right["talking_1"]


def test_saving_the_listing_again_keeps_what_parents_said(db: Db, group: UUID) -> None:
    publish(db, group, draft(1, visit=Visit(2025, 1)))
    publish(db, group, draft(3, visit=Visit(2026, 11)))
    before = stored(db, group)

    add_group(db, summary="Other words")

    assert stored(db, group) == before


def test_learning_moves_groups_that_nobody_has_told_us_of(db: Db) -> None:
    silent = add_group(db, "silent", claimed_level=None)
    for number in range(12):
        told = add_group(db, f"told-{number}", claimed_level=None)
        for reporter in range(3):
            publish(db, told, draft(5), email=f"parent{number}x{reporter}@example.org")
    before = stored(db, silent)

    taught, rebuilt = learning_service.learn(db, NOW)

    assert (taught, rebuilt) == (12, 13)
    assert stored(db, silent)["talking_5"] > before["talking_5"]


def test_a_review_after_learning_is_read_by_what_was_learned(db: Db) -> None:
    for number in range(12):
        told = add_group(db, f"told-{number}", claimed_level=None)
        publish(db, told, draft(5), email=f"parent{number}@example.org")
    learning_service.learn(db, NOW)
    group = add_group(db, "new", claimed_level=None)
    publish(db, group, draft(2))
    at_once = stored(db, group)

    learning_service.rebuild_levels(db, NOW)

    assert stored(db, group) == at_once


def test_every_group_is_rebuilt_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning_queries, "AT_ONCE", 2)
    with database.writing() as db:
        made = {add_group(db, f"group-{n}") for n in range(5)}
        seen, last = [], None
        while ids := learning_queries.rebuild_some(db, last, NOW, STARTING_TABLES):
            seen += ids
            last = ids[-1]

        assert len(seen) == 5
        assert set(seen) == made
