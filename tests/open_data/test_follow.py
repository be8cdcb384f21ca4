"""Following groups from elsewhere."""

from datetime import timedelta
from uuid import uuid4

import pytest

from finder.domain.vocabulary import ListingState
from finder.open_data import follow
from finder.open_data.follow import (
    changes_near,
    group_to_follow,
    groups_to_follow,
    pages_of_sitemap,
    sitemaps,
)
from finder.open_data.listed import Changes
from finder.places.gazetteer import Gazetteer
from finder.places.rules import NotFound
from finder.platform.db.database import Database
from finder.reviews.saving import save
from finder.search.rules import SearchQuery
from finder.search.service import MOST_SAVED
from tests.support.examples import NO_TERMS, TUESDAY_NOON, group, keep


@pytest.mark.parametrize("state", list(ListingState))
def test_a_calendar_outlives_its_group_but_shows_no_hidden_one(
    database: Database, state: ListingState
) -> None:
    with database.session() as db:
        (saved,) = keep(db, group("g"), state=state)
        found = group_to_follow(db, saved.public_id, TUESDAY_NOON)

    is_public = state in {ListingState.PUBLISHED, ListingState.PAUSED, ListingState.ENDED}
    assert (found is not None) == is_public


def test_saved_groups_keep_their_order_and_unknown_ones_are_left_out(
    database: Database,
) -> None:
    with database.session() as db:
        one, two = keep(db, group("one"), group("two"))
        asked = [two.public_id, uuid4(), one.public_id, *(uuid4() for _ in range(MOST_SAVED))]

        found = groups_to_follow(db, asked, TUESDAY_NOON)

        assert [listing.draft.ref for listing in found] == ["two", "one"]
        assert groups_to_follow(db, [], TUESDAY_NOON) == ()


def test_the_newest_change_of_a_search_comes_first(
    database: Database, gazetteer: Gazetteer
) -> None:
    with database.session() as db:
        keep(db, group("far", north=40_000))
        for number in range(3):
            at = TUESDAY_NOON + timedelta(hours=number % 2)
            save(db, group(f"g{number}", north=number), at=at)

        found = changes_near(db, gazetteer, NO_TERMS, SearchQuery("EH6 7BS"), TUESDAY_NOON)

    assert isinstance(found, Changes)
    assert found.changes[0].card.name == "Group g1"
    assert len(found.changes) == 3
    assert all(change.is_new for change in found.changes)


def test_a_change_is_told_from_a_new_group(database: Database, gazetteer: Gazetteer) -> None:
    later = TUESDAY_NOON + timedelta(days=1)
    with database.session() as db:
        keep(db, group("g"))
        save(db, group("g", summary="Now with tea."), at=later)

        found = changes_near(db, gazetteer, NO_TERMS, SearchQuery("EH6 7BS"), later)

    assert isinstance(found, Changes)
    assert [change.is_new for change in found.changes] == [False]


def test_a_place_that_is_not_known_has_no_changes(database: Database, gazetteer: Gazetteer) -> None:
    with database.session() as db:
        query = SearchQuery("EH99 9ZZ")

        assert isinstance(changes_near(db, gazetteer, NO_TERMS, query, TUESDAY_NOON), NotFound)


def test_sitemaps_hold_every_real_group_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "PAGES_A_SITEMAP", 2)
    with database.session() as db:
        real = keep(db, *(group(f"g{number}") for number in range(5)))
        keep(db, group("example", is_example=True))
        keep(db, group("over"), state=ListingState.ENDED)

        found = [id_ for n in range(1, sitemaps(db) + 1) for id_, _ in pages_of_sitemap(db, n)]

        assert sitemaps(db) == 3
        assert sorted(found) == sorted(saved.public_id for saved in real)
        assert pages_of_sitemap(db, 4) == []
