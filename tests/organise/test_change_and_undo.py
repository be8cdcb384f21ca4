"""An organiser changes a listing, looks back and undoes; a stranger can do nothing with it."""

from dataclasses import replace
from uuid import uuid4

import pytest

from finder.accounts.service import NotYours
from finder.domain.facts import Fact
from finder.domain.groups import Place
from finder.listings.writer import Outcome
from finder.organise import service as organise_service
from finder.platform.db.database import Db
from finder.spreadsheets import service as spreadsheets_service
from tests.organise.two_people import LATER, PAID, People, db, kept, people, publish
from tests.support.examples import HALL, SONGS, group, keep
from tests.support.examples import TUESDAY_NOON as NOW

__all__ = ["db", "people"]

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")


def test_a_stranger_can_do_nothing_with_a_listing(db: Db, people: People) -> None:
    made = publish(db, people.anna)
    changed = replace(SONGS, name="Mine now")

    for attempt in (
        lambda: organise_service.own(db, people.ben, made),
        lambda: organise_service.edit(db, people.ben, made, changed, 1, NOW),
        lambda: organise_service.versions(db, people.ben, made),
        lambda: organise_service.restore(db, people.ben, made, 1, 1, NOW),
        lambda: organise_service.own(db, people.anna, uuid4()),
    ):
        with pytest.raises(NotYours):
            attempt()
    db.rollback()
    assert kept(db, people.anna, made).name == "Harbour Songs"


def test_an_edit_can_not_move_a_listing_to_another_organiser_or_ref(db: Db, people: People) -> None:
    theirs = publish(db, people.ben, replace(SONGS, organiser="Hill Library"))
    made = publish(db, people.anna)

    draft = replace(SONGS, organiser="Hill Library", ref="harbour-songs", name="Changed")
    organise_service.edit(db, people.anna, made, draft, 1, LATER)

    assert kept(db, people.anna, made).organiser == "Harbour Trust"
    assert kept(db, people.ben, theirs).name == "Harbour Songs"


def test_an_edit_is_a_version_with_what_changed_in_words(db: Db, people: People) -> None:
    made = publish(db, people.anna)

    saved = organise_service.edit(db, people.anna, made, replace(SONGS, cost=PAID), 1, LATER)

    assert saved.outcome is Outcome.CHANGED
    _, versions = organise_service.versions(db, people.anna, made)
    assert [(v.number, v.by, v.changed) for v in versions] == [
        (2, "anna@example.org", "Cost: Free → £1.50 each time"),
        (1, "anna@example.org", "Listed for the first time"),
    ]


def test_a_file_that_changes_a_listing_is_in_its_history_too(db: Db, people: People) -> None:
    made = publish(db, people.anna)

    spreadsheets_service.import_drafts(db, [replace(SONGS, ref="harbour-songs", cost=PAID)], LATER)

    _, versions = organise_service.versions(db, people.anna, made)
    assert versions[0].by == "a file, or whoever runs this site"
    assert versions[0].changed == "Cost: Free → £1.50 each time"


def test_undoing_a_change_is_a_new_version_with_the_old_words(db: Db, people: People) -> None:
    made = publish(db, people.anna)
    organise_service.edit(db, people.anna, made, replace(SONGS, cost=PAID), 1, LATER)

    organise_service.restore(db, people.anna, made, 1, 2, LATER)

    its, versions = organise_service.versions(db, people.anna, made)
    assert its.draft == replace(SONGS, ref="harbour-songs")
    assert its.version == len(versions) == 3
    with pytest.raises(NotYours):
        organise_service.restore(db, people.anna, made, 9, 3, LATER)


def test_where_groups_of_others_meet_the_address_stands(db: Db, people: People) -> None:
    keep(db, group("theirs", organiser="Others", venue=replace(HALL, facts={Fact.PARKING: True})))
    spoiled = replace(
        HALL,
        name="HARBOUR HALL",
        street="Nowhere",
        place=Place(56.0, -3.0),
        facts={Fact.PARKING: False, Fact.STEP_FREE: True},
    )

    made = publish(db, people.anna, replace(SONGS, venue=spoiled))

    facts = {Fact.PARKING: True, Fact.STEP_FREE: True}
    assert kept(db, people.anna, made).venue == replace(HALL, facts=facts)
    assert organise_service.is_venue_shared(db, people.anna, HALL)


def test_ones_own_venue_can_be_put_right(db: Db, people: People) -> None:
    made = publish(db, people.anna)
    right = replace(HALL, street="12 Example Street", place=Place(55.9765, -3.166))
    assert not organise_service.is_venue_shared(db, people.anna, HALL)

    organise_service.edit(db, people.anna, made, replace(SONGS, venue=right), 1, LATER)

    assert kept(db, people.anna, made).venue == right
