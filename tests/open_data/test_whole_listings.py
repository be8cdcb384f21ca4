"""Listings whole, as other systems get them."""

from datetime import date, time

from finder.domain.facts import Answers, Fact
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import ListingState, Weekday
from finder.listings.tables import CancelledOccurrenceRow
from finder.open_data.whole_listings import listed
from finder.platform.db.database import Database
from tests.support.databases import statements
from tests.support.examples import TUESDAY_NOON, group, keep

TUESDAY = Session(Weekday.TUE, time(10), time(11))
WEDNESDAY = Session(Weekday.WED, time(9), time(10))


def test_a_listing_comes_whole_and_in_the_order_asked(database: Database) -> None:
    draft = group(
        "one", facts={Fact.SING: True}, building={Fact.STEP_FREE: False}, sessions=(TUESDAY,)
    )
    with database.session() as db:
        one, two = keep(db, draft, group("two"))

        found = listed(db, [two.public_id, one.public_id], TUESDAY_NOON)

    assert [listing.draft.ref for listing in found] == ["two", "one"]
    assert found[1].draft == draft
    assert found[1].facts == {Fact.SING: Answers(True), Fact.STEP_FREE: Answers(False)}
    assert found[1].talking.level


def test_dates_cancelled_stand_with_their_session(database: Database) -> None:
    with database.session() as db:
        (one,) = keep(db, group("one", sessions=(TUESDAY, WEDNESDAY)))
        off = date(2026, 12, 8)
        db.add(
            CancelledOccurrenceRow(group_id=one.public_id, on=off, starts=time(10), note="Closed")
        )
        db.commit()

        (found,) = listed(db, [one.public_id], TUESDAY_NOON)

    assert found.cancelled == {TUESDAY: {off: "Closed"}, WEDNESDAY: {}}


def test_only_the_states_asked_for_are_given(database: Database) -> None:
    with database.session() as db:
        (ended,) = keep(db, group("one"), state=ListingState.ENDED)

        assert listed(db, [ended.public_id], TUESDAY_NOON) == ()
        (found,) = listed(db, [ended.public_id], TUESDAY_NOON, [ListingState.ENDED])

    assert found.state is ListingState.ENDED


def test_many_listings_take_six_statements(database: Database) -> None:
    with database.session() as db:
        ids = [saved.public_id for saved in keep(db, *(group(f"g{n}", north=n) for n in range(30)))]

        with statements(db) as said:
            listed(db, ids, TUESDAY_NOON)

    assert len(said) <= 6
