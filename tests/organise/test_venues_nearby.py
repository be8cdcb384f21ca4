"""Venues that are known already: offered near a postcode, and nobody's to overwrite."""

from sqlmodel import select

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.domain.facts import Fact
from finder.domain.vocabulary import ListingState
from finder.listings.tables import OrganiserRow
from finder.organise import venues
from finder.platform.db.database import Database
from tests.support.examples import HALL, LEITH, SONGS, group, keep
from tests.support.examples import TUESDAY_NOON as NOW


def test_venues_of_published_groups_are_offered_nearest_first(database: Database) -> None:
    with database.writing() as db:
        keep(db, group("far", north=290), group("near", north=-20, building={Fact.PARKING: True}))
        keep(db, group("too-far", north=320), group("also-too-far", north=230, east=230))
        keep(db, group("paused", north=10), state=ListingState.PAUSED)

        found = venues.near(db, LEITH, 300)

    assert [one.draft.name for one in found] == ["Hall near", "Hall far"]
    assert 19 < found[0].distance_m < 21
    assert found[0].draft.facts == {Fact.PARKING: True}


def test_a_venue_is_known_by_its_name_in_small_or_capital_letters(database: Database) -> None:
    with database.writing() as db:
        keep(db, SONGS)

        found = venues.called(db, "HARBOUR hall", "EH6 7BS")

        assert found is not None
        assert found[1] == HALL
        assert venues.called(db, "Harbour Hall", "EH6 7BX") is None


def test_a_venue_is_used_by_others_while_one_of_their_groups_is_there(database: Database) -> None:
    with database.writing() as db:
        keep(db, SONGS)
        anna = accounts_queries.id_for(db, "anna@example.org", NOW)
        found = venues.called(db, HALL.name, HALL.postcode)
        assert found is not None

        assert venues.is_used_by_others(db, found[0], anna)
        trust = db.exec(select(OrganiserRow)).one()
        editors.add(db, trust.id, anna, NOW)
        assert not venues.is_used_by_others(db, found[0], anna)
