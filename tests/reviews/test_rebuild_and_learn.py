"""All levels are worked out anew, some groups at a time; and the rating learns from all reviews."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from finder.domain.facts import Fact
from finder.domain.talking.beliefs import STARTING_TABLES
from finder.domain.vocabulary import Format
from finder.listings.tables import GroupRow
from finder.platform.db.database import Database, Db
from finder.reviews import service as reviews_service
from finder.reviews.learning import queries as learning_queries
from finder.reviews.learning import service as learning_service
from finder.reviews.learning.rules import changes, moved_levels
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

    learned = learning_service.learn(db, NOW)

    assert (learned.taught, learned.rebuilt.groups) == (12, 13)
    assert sum(learned.rebuilt.moved.values()) > 0
    assert (learned.before.version, learned.after.version) == ("2.0", "2.1")
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
            last = max(ids)

        assert len(seen) == 5
        assert set(seen) == made


def test_a_rating_says_by_which_tables_it_was_worked_out(db: Db, group: UUID) -> None:
    first_day = version_of(db, group)

    learning_service.learn(db, NOW)

    assert (first_day, version_of(db, group)) == (STARTING_TABLES.version, "2.1")


def test_what_an_earlier_release_rated_is_rated_anew_and_only_that(db: Db, group: UUID) -> None:
    add_group(db, "other")
    right = stored(db, group)
    db.connection().exec_driver_sql(
        "UPDATE groups SET talking_version = '', talking_level = 5 WHERE ref <> 'other'"
    )
    db.commit()

    first = learning_service.rebuild(db, NOW, is_all=False)
    second = learning_service.rebuild(db, NOW, is_all=False)

    assert (first.groups, second.groups) == (1, 0)
    assert first.moved == {5 - right["talking_level"]: 1}
    assert stored(db, group) == right


def test_a_second_rebuild_moves_nothing(db: Db, group: UUID) -> None:
    publish(db, group, draft(4, visit=Visit(2025, 3)))
    learning_service.rebuild(db, NOW + timedelta(days=900))

    assert learning_service.rebuild(db, NOW + timedelta(days=900)).moved == {}


def test_whoever_runs_the_site_sees_what_learning_changed() -> None:
    louder = replace(
        STARTING_TABLES,
        formats={**STARTING_TABLES.formats, Format.CRAFT: (0.1, 0.1, 0.2, 0.3, 0.3)},
        change=0.4,
        version="2.1",
    )

    lines = changes(STARTING_TABLES, louder)

    assert lines[0].split() == ["2.0", "2.1"]
    assert "Changes of a group's level in a year".ljust(44) + "    0.15    0.40" in lines
    assert "  Craft".ljust(44) + "    0.44    0.20" in lines
    assert moved_levels(1_200, {1: 50, 3: 2}) == (
        "1,200 groups rated anew: 1,148 kept their level, 50 moved by 1, 2 moved by 3."
    )


def version_of(db: Db, group_id: UUID) -> str:
    db.expire_all()
    return db.get_one(GroupRow, group_id).talking_version
