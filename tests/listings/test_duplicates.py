"""Pairs of listings are found by place, in any order, and once."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from finder.domain.groups import Place
from finder.domain.vocabulary import ListingState
from finder.listings.duplicates import queries as duplicates_queries
from finder.moderation import states
from finder.platform.db.database import Database, Db
from tests.domain.test_groups import GROUP
from tests.support.examples import LEITH, group, keep
from tests.support.review_parts import NOW, add_group

HALL = GROUP.venue


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as session:
        yield session


def moved(metres_east: float) -> Place:
    return Place(HALL.place.latitude, HALL.place.longitude + metres_east / 62_000)


def test_those_close_by_are_pairs_and_those_far_are_not(db: Db) -> None:
    here = add_group(db)
    near = add_group(db, "near", venue=replace(HALL, name="Next door", place=moved(100)))
    add_group(db, "far", venue=replace(HALL, name="Far", place=moved(2_000)))
    hidden = add_group(db, "hidden")
    states.set_listing(db, hidden, ListingState.HIDDEN, NOW)

    assert list(duplicates_queries.near_pairs(db)) == [tuple(sorted((here, near)))]
    assert list(duplicates_queries.near_pairs(db, hidden)) == []
    assert len(list(duplicates_queries.near_pairs(db, near))) == 1


def test_a_pair_is_kept_once_and_is_then_known(db: Db) -> None:
    low, high = sorted((add_group(db), add_group(db, "near")))

    for _ in range(2):
        duplicates_queries.add(db, [(low, high, "0 metres apart")], NOW)

    assert list(duplicates_queries.near_pairs(db)) == []


def test_listings_within_150_metres_are_near_the_nearest_first(db: Db) -> None:
    keep(db, group("b", north=140), group("a", north=30))
    keep(db, group("far", north=160), group("corner", north=110, east=110))
    keep(db, group("over", north=1), state=ListingState.ENDED)
    keep(db, group("paused", north=-40), state=ListingState.PAUSED)

    found = duplicates_queries.near(db, LEITH)

    assert [draft.ref for _, _, draft in found] == ["a", "paused", "b"]
