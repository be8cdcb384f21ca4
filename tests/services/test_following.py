"""Following groups from elsewhere."""

from uuid import uuid4

import pytest

from finder.domain.vocabulary import ListingState
from finder.services.finding import MOST_SAVED
from finder.services.following import group_to_follow, groups_to_follow
from finder.store.database import Database
from tests.examples import TUESDAY_NOON, group, keep


@pytest.mark.parametrize("state", list(ListingState))
def test_a_calendar_outlives_its_group_but_shows_no_hidden_one(
    sqlite_database: Database, state: ListingState
) -> None:
    with sqlite_database.session() as db:
        (saved,) = keep(db, group("g"), state=state)
        found = group_to_follow(db, saved.public_id, TUESDAY_NOON)

    is_public = state in {ListingState.PUBLISHED, ListingState.PAUSED, ListingState.ENDED}
    assert (found is not None) == is_public


def test_saved_groups_keep_their_order_and_unknown_ones_are_left_out(
    sqlite_database: Database,
) -> None:
    with sqlite_database.session() as db:
        one, two = keep(db, group("one"), group("two"))
        asked = [two.public_id, uuid4(), one.public_id, *(uuid4() for _ in range(MOST_SAVED))]

        found = groups_to_follow(db, asked, TUESDAY_NOON)

        assert [listing.draft.ref for listing in found] == ["two", "one"]
        assert groups_to_follow(db, [], TUESDAY_NOON) == ()
