"""An organiser publishes a listing once, and is shown first what looks the same."""

from dataclasses import replace
from uuid import uuid4

import pytest

from finder.accounts import editors
from finder.accounts.service import NotYours
from finder.domain.facts import Fact
from finder.domain.refused import Refused
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import ListingState, Weekday
from finder.group_page import queries as group_page_queries
from finder.organise import service as organise_service
from finder.organise.wizard import service as wizard_service
from finder.platform.db.database import Db
from tests.organise.two_people import People, db, kept, people, publish
from tests.support.examples import SONGS, group, keep
from tests.support.examples import TUESDAY_NOON as NOW

__all__ = ["db", "people"]

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")


def test_a_first_listing_makes_its_organiser_and_is_found(db: Db, people: People) -> None:
    made = publish(db, people.anna)

    its = organise_service.own(db, people.anna, made)
    assert its.draft == replace(SONGS, ref="harbour-songs")
    assert (its.state, its.version) == (ListingState.PUBLISHED, 1)
    assert [one.name for one in editors.organisers_of(db, people.anna)] == ["Harbour Trust"]
    page = group_page_queries.page(db, made, NOW, Calendars())
    assert page is not None
    assert page.checked_on == NOW.date()
    assert wizard_service.unfinished_of(db, people.anna) == ()


def test_pressing_twice_lists_once(db: Db, people: People) -> None:
    unfinished = wizard_service.begin(db, people.anna, "where", {}, NOW)

    first = organise_service.publish(db, people.anna, unfinished, SONGS, None, NOW)
    second = organise_service.publish(db, people.anna, unfinished, SONGS, None, NOW)

    assert first == second == unfinished
    assert editors.organisers_of(db, people.anna)[0].listings == 1


def test_nobody_publishes_what_another_writes(db: Db, people: People) -> None:
    unfinished = wizard_service.begin(db, people.anna, "where", {}, NOW)

    with pytest.raises(NotYours):
        organise_service.publish(db, people.ben, unfinished, SONGS, None, NOW)
    db.rollback()
    assert wizard_service.find(db, people.anna, unfinished).id == unfinished


def test_the_name_of_an_organiser_gives_no_right_to_its_listings(db: Db, people: People) -> None:
    made = publish(db, people.anna)
    organiser = editors.organisers_of(db, people.anna)[0].id
    unfinished = wizard_service.begin(db, people.ben, "where", {}, NOW)

    for name in ("Harbour Trust", "HARBOUR TRUST"):
        draft = replace(SONGS, organiser=name)
        with pytest.raises(Refused) as refused:
            organise_service.publish(db, people.ben, unfinished, draft, None, NOW)
        assert refused.value.field == "organiser"
    with pytest.raises(NotYours):
        organise_service.publish(db, people.ben, unfinished, SONGS, organiser, NOW)

    assert editors.organisers_of(db, people.ben) == ()
    assert wizard_service.find(db, people.ben, unfinished)
    assert kept(db, people.anna, made).name == "Harbour Songs"


def test_further_listings_have_refs_of_their_own(db: Db, people: People) -> None:
    publish(db, people.anna)
    organiser = editors.organisers_of(db, people.anna)[0].id

    second = publish(db, people.anna, replace(SONGS, organiser="Somebody else"), organiser)

    draft = kept(db, people.anna, second)
    assert (draft.organiser, draft.ref) == ("Harbour Trust", "harbour-songs-2")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": "Harbor  songs"}, "It has nearly the same name."),
        ({"name": "Songs, Harbour"}, "It has nearly the same name."),
        ({"name": "Something else"}, "It is on there at the same time."),
    ],
)
def test_a_listing_that_looks_the_same_is_offered(
    db: Db, people: People, changes: dict[str, str], why: str
) -> None:
    (there,) = keep(db, replace(group("songs", north=60), name="Harbour Songs"))

    (found,) = organise_service.lookalikes_of(db, people.anna, replace(SONGS, **changes))

    assert (found.id, found.why, found.is_yours) == (there.public_id, why, False)


def test_a_listing_of_ones_own_that_looks_the_same_is_marked(db: Db, people: People) -> None:
    made = publish(db, people.anna)

    (hers,) = organise_service.lookalikes_of(db, people.anna, SONGS)
    (anothers,) = organise_service.lookalikes_of(db, people.ben, SONGS)

    assert (hers.id, hers.is_yours) == (made, True)
    assert (anothers.id, anothers.is_yours) == (made, False)


HALF_PAST_ELEVEN = SONGS.sessions[0].ends.replace(minute=30)


def test_another_group_at_another_time_or_farther_away_is_not(db: Db, people: People) -> None:
    keep(db, replace(group("far", north=160), name="Harbour Songs"), group("near", north=20))
    from_noon = Session(Weekday.TUE, SONGS.sessions[0].ends, HALF_PAST_ELEVEN)

    draft = replace(SONGS, name="Messy Mondays", sessions=(from_noon,))

    assert organise_service.lookalikes_of(db, people.anna, draft) == ()


def test_a_preview_says_what_the_page_will_say(db: Db, people: People) -> None:
    draft = replace(SONGS, facts={Fact.SING: True}, claimed_level=None)
    seen = organise_service.preview(db, draft, Calendars(), uuid4(), NOW)

    made = publish(db, people.anna, draft)

    page = group_page_queries.page(db, made, NOW, Calendars())
    assert page is not None
    assert seen.dates_to_ask == ()  # of what nobody can have been to
    asked = page.dates_to_ask
    assert replace(seen, public_id=made, draft=page.draft, dates_to_ask=asked) == page
    assert len(organise_service.next_dates(draft, Calendars(), NOW)) == 8
