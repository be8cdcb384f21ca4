"""Listings close to a point, with whose they are."""

from finder.domain.vocabulary import ListingState
from finder.store import accounts, editors, lookalikes, organisers
from finder.store.database import Database
from tests.support.examples import LEITH, group, keep
from tests.support.examples import TUESDAY_NOON as NOW


def test_listings_within_a_hundred_metres_nearest_first_with_ones_own_marked(
    database: Database,
) -> None:
    with database.writing() as db:
        anna = accounts.id_for(db, "anna@example.org", NOW)
        hers = organisers.add(db, "Anna’s")
        editors.add(db, hers, anna, NOW)
        editors.add(db, hers, accounts.id_for(db, "ben@example.org", NOW), NOW)
        keep(db, group("b", north=90), group("a", north=30, organiser="Anna’s"))
        keep(db, group("far", north=110), group("corner", north=80, east=80))
        keep(db, group("over", north=1), state=ListingState.ENDED)
        keep(db, group("paused", north=-40), state=ListingState.PAUSED)

        found = lookalikes.within(db, LEITH, 100, anna)

    assert [(draft.ref, is_own) for _, draft, is_own in found] == [
        ("a", True),
        ("paused", False),
        ("b", False),
    ]
