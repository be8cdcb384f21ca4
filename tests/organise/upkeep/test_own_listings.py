"""A list of listings is made of few statements, however many there are."""

from datetime import timedelta

from finder.domain.facts import Fact
from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import ListingState, TalkingLevel
from finder.organise.upkeep import own_listings
from finder.organise.upkeep.rules import ASKED_FIRST
from finder.platform.db.database import Database
from tests.support.databases import statements
from tests.support.organise_parts import editor, listing, organiser_id
from tests.support.review_parts import NOW

PLAIN = Calendars()


def test_a_page_of_listings_takes_two_statements(database: Database) -> None:
    with database.writing() as db:
        anna = editor(db)
        for n in range(12):
            listing(db, f"ref {n}", claimed_level=TalkingLevel.HELLO, facts={Fact.SING: False})

        with statements(db) as said:
            found = own_listings.of_account(db, anna, NOW, PLAIN, 2, 5)

    assert len(said) == 2
    assert len(found) == 5
    assert {(one.has_level, one.unanswered, one.has_end) for one in found} == {
        (True, len(ASKED_FIRST) - 1, False)
    }


def test_what_is_to_be_checked_is_one_organisers_and_no_example(database: Database) -> None:
    old = NOW - timedelta(days=90)
    with database.writing() as db:
        anna = editor(db)
        due = listing(db, "due", now=old)
        listing(db, "fresh", checked_on=NOW.date())
        listing(db, "example", now=old, is_example=True)
        listing(db, "paused", now=old, state=ListingState.PAUSED)
        listing(db, "theirs", now=old, organiser="Harbour Trust")

        found = own_listings.to_check(db, organiser_id(db), anna, NOW, PLAIN)

    assert [one.id for one in found] == [due]
