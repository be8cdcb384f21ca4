"""Giving listings away."""

from uuid import uuid4

import pytest

from finder.domain.vocabulary import ListingState
from finder.open_data import service as open_data_service
from finder.open_data.rules import OpenDataQuery
from finder.places.gazetteer import Gazetteer
from finder.platform.db.database import Database
from tests.support.examples import TUESDAY_NOON, group, keep


@pytest.mark.parametrize(
    ("postcode", "total"), [("", 2), ("EH6 7BS", 1), ("eh6", 1), ("EH99 9ZZ", 0)]
)
def test_groups_are_found_near_a_postcode_and_none_near_an_unknown_one(
    database: Database, gazetteer: Gazetteer, postcode: str, total: int
) -> None:
    with database.session() as db:
        keep(db, group("near"), group("far", north=30_000))

        page = open_data_service.listings(db, gazetteer, OpenDataQuery(), postcode, TUESDAY_NOON)

    assert page.total == len(page.items) == total


@pytest.mark.parametrize("state", list(ListingState))
def test_what_was_never_published_or_is_hidden_never_leaves(
    database: Database, state: ListingState
) -> None:
    with database.session() as db:
        [saved] = keep(db, group("g"), state=state)
        one = open_data_service.listing(db, saved.public_id, TUESDAY_NOON)
        in_bulk = [
            found for some in open_data_service.everything(db, TUESDAY_NOON) for found in some
        ]
        organisers = open_data_service.organisers(db, 1, 10).total

    is_published = state is ListingState.PUBLISHED
    assert (one is not None, organisers == 1) == (is_published, is_published)
    may_leave = {ListingState.PUBLISHED, ListingState.PAUSED, ListingState.ENDED}
    assert bool(in_bulk) == (state in may_leave)


def test_an_organiser_without_published_groups_is_not_there(database: Database) -> None:
    with database.session() as db:
        keep(db, group("g"))
        [one] = open_data_service.organisers(db, 1, 10).items

        found = open_data_service.organiser(db, one.public_id, TUESDAY_NOON)

        assert found is not None
        assert [its.draft.ref for its in found[1]] == ["g"]
        assert open_data_service.organiser(db, uuid4(), TUESDAY_NOON) is None
