"""An organiser publishes, changes and looks back; two at once lose nothing; others get nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Thread
from uuid import UUID, uuid4

import pytest

from finder.domain.calendars import Calendars
from finder.domain.cost import Cost
from finder.domain.facts import Fact
from finder.domain.groups import GroupDraft, Place
from finder.domain.listing_changes import Whose
from finder.domain.refused import Refused
from finder.domain.schedule import Session
from finder.domain.vocabulary import CostKind, ListingState, Weekday
from finder.services import importing, listing, writing
from finder.services.joining import NotYours
from finder.store import accounts, editors, groups
from finder.store.database import Database, Db
from finder.store.groups import Outcome
from tests.support.examples import HALL, SONGS, group, keep
from tests.support.examples import TUESDAY_NOON as NOW

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")

LATER = NOW + timedelta(hours=1)
PAID = Cost(CostKind.EACH_TIME, 150)


@dataclass
class People:
    anna: UUID
    ben: UUID


@pytest.fixture
def db(database: Database) -> Iterator[Db]:
    with database.writing() as db:
        yield db


@pytest.fixture
def people(db: Db) -> People:
    found = People(*(accounts.id_for(db, f"{n}@example.org", NOW) for n in ("anna", "ben")))
    db.commit()
    return found


def publish(
    db: Db, account: UUID, draft: GroupDraft = SONGS, organiser: UUID | None = None
) -> UUID:
    made = writing.begin(db, account, "where", {}, NOW)
    return listing.publish(db, account, made, draft, organiser, NOW)


def kept(db: Db, account: UUID, group_id: UUID) -> GroupDraft:
    found = listing.own(db, account, group_id).draft
    db.rollback()
    return found


def test_a_first_listing_makes_its_organiser_and_is_found(db: Db, people: People) -> None:
    made = publish(db, people.anna)

    its = listing.own(db, people.anna, made)
    assert its.draft == replace(SONGS, ref="harbour-songs")
    assert (its.state, its.version) == (ListingState.PUBLISHED, 1)
    assert [one.name for one in editors.organisers_of(db, people.anna)] == ["Harbour Trust"]
    page = groups.page(db, made, NOW, Calendars())
    assert page is not None
    assert page.checked_on == NOW.date()
    assert writing.unfinished_of(db, people.anna) == ()


def test_pressing_twice_lists_once(db: Db, people: People) -> None:
    unfinished = writing.begin(db, people.anna, "where", {}, NOW)

    first = listing.publish(db, people.anna, unfinished, SONGS, None, NOW)
    second = listing.publish(db, people.anna, unfinished, SONGS, None, NOW)

    assert first == second == unfinished
    assert editors.organisers_of(db, people.anna)[0].listings == 1


def test_nobody_publishes_what_another_writes(db: Db, people: People) -> None:
    unfinished = writing.begin(db, people.anna, "where", {}, NOW)

    with pytest.raises(NotYours):
        listing.publish(db, people.ben, unfinished, SONGS, None, NOW)
    db.rollback()
    assert writing.find(db, people.anna, unfinished).id == unfinished


def test_the_name_of_an_organiser_gives_no_right_to_its_listings(db: Db, people: People) -> None:
    made = publish(db, people.anna)
    organiser = editors.organisers_of(db, people.anna)[0].id
    unfinished = writing.begin(db, people.ben, "where", {}, NOW)

    for name in ("Harbour Trust", "HARBOUR TRUST"):
        draft = replace(SONGS, organiser=name)
        with pytest.raises(Refused) as refused:
            listing.publish(db, people.ben, unfinished, draft, None, NOW)
        assert refused.value.field == "organiser"
    with pytest.raises(NotYours):
        listing.publish(db, people.ben, unfinished, SONGS, organiser, NOW)

    assert editors.organisers_of(db, people.ben) == ()
    assert writing.find(db, people.ben, unfinished)
    assert kept(db, people.anna, made).name == "Harbour Songs"


def test_further_listings_have_refs_of_their_own(db: Db, people: People) -> None:
    publish(db, people.anna)
    organiser = editors.organisers_of(db, people.anna)[0].id

    second = publish(db, people.anna, replace(SONGS, organiser="Somebody else"), organiser)

    draft = kept(db, people.anna, second)
    assert (draft.organiser, draft.ref) == ("Harbour Trust", "harbour-songs-2")


def test_a_stranger_can_do_nothing_with_a_listing(db: Db, people: People) -> None:
    made = publish(db, people.anna)
    changed = replace(SONGS, name="Mine now")

    for attempt in (
        lambda: listing.own(db, people.ben, made),
        lambda: listing.edit(db, people.ben, made, changed, 1, NOW),
        lambda: listing.versions(db, people.ben, made),
        lambda: listing.restore(db, people.ben, made, 1, 1, NOW),
        lambda: listing.own(db, people.anna, uuid4()),
    ):
        with pytest.raises(NotYours):
            attempt()
    db.rollback()
    assert kept(db, people.anna, made).name == "Harbour Songs"


def test_an_edit_can_not_move_a_listing_to_another_organiser_or_ref(db: Db, people: People) -> None:
    theirs = publish(db, people.ben, replace(SONGS, organiser="Hill Library"))
    made = publish(db, people.anna)

    draft = replace(SONGS, organiser="Hill Library", ref="harbour-songs", name="Changed")
    listing.edit(db, people.anna, made, draft, 1, LATER)

    assert kept(db, people.anna, made).organiser == "Harbour Trust"
    assert kept(db, people.ben, theirs).name == "Harbour Songs"


def test_an_edit_is_a_version_with_what_changed_in_words(db: Db, people: People) -> None:
    made = publish(db, people.anna)

    saved = listing.edit(db, people.anna, made, replace(SONGS, cost=PAID), 1, LATER)

    assert saved.outcome is Outcome.CHANGED
    _, versions = listing.versions(db, people.anna, made)
    assert [(v.number, v.by, v.changed) for v in versions] == [
        (2, "anna@example.org", "Cost: Free → £1.50 each time"),
        (1, "anna@example.org", "Listed for the first time"),
    ]


def test_a_file_that_changes_a_listing_is_in_its_history_too(db: Db, people: People) -> None:
    made = publish(db, people.anna)

    importing.import_drafts(db, [replace(SONGS, ref="harbour-songs", cost=PAID)], LATER)

    _, versions = listing.versions(db, people.anna, made)
    assert (versions[0].by, versions[0].changed) == ("", "Cost: Free → £1.50 each time")


def test_undoing_a_change_is_a_new_version_with_the_old_words(db: Db, people: People) -> None:
    made = publish(db, people.anna)
    listing.edit(db, people.anna, made, replace(SONGS, cost=PAID), 1, LATER)

    listing.restore(db, people.anna, made, 1, 2, LATER)

    its, versions = listing.versions(db, people.anna, made)
    assert its.draft == replace(SONGS, ref="harbour-songs")
    assert its.version == len(versions) == 3
    with pytest.raises(NotYours):
        listing.restore(db, people.anna, made, 9, 3, LATER)


def test_the_second_of_two_editors_is_shown_what_changed_and_nothing_is_saved(
    db: Db, people: People
) -> None:
    made = publish(db, people.anna)
    editors.add(db, editors.organisers_of(db, people.anna)[0].id, people.ben, NOW)
    listing.edit(db, people.anna, made, replace(SONGS, name="Hers", cost=PAID), 1, LATER)
    his = replace(SONGS, name="His", facts={Fact.SING: True})

    with pytest.raises(listing.ChangedMeanwhile) as meanwhile:
        listing.edit(db, people.ben, made, his, 1, LATER)

    assert meanwhile.value.version == 2
    assert {line.key: line.whose for line in meanwhile.value.lines} == {
        "name": Whose.BOTH,
        "cost": Whose.THEIRS,
        "sing": Whose.YOURS,
    }
    assert kept(db, people.anna, made).name == "Hers"
    with pytest.raises(listing.ChangedMeanwhile):
        listing.restore(db, people.ben, made, 1, 1, LATER)


def test_two_editors_who_save_at_the_same_moment_lose_nothing(
    database: Database, db: Db, people: People
) -> None:
    """Two real sessions, each on a connection and a thread of its own."""
    made = publish(db, people.anna)
    editors.add(db, editors.organisers_of(db, people.anna)[0].id, people.ben, NOW)
    db.commit()
    outcomes: dict[UUID, object] = {}

    def save(account: UUID, name: str) -> None:
        with database.writing() as own:
            try:
                draft = replace(SONGS, name=name)
                outcomes[account] = listing.edit(own, account, made, draft, 1, LATER)
            except listing.ChangedMeanwhile as meanwhile:
                outcomes[account] = meanwhile

    threads = [
        Thread(target=save, args=one) for one in ((people.anna, "Hers"), (people.ben, "His"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (first,) = [who for who, what in outcomes.items() if isinstance(what, groups.Saved)]
    (second,) = [w for w in outcomes.values() if isinstance(w, listing.ChangedMeanwhile)]
    won, lost = ("Hers", "His") if first == people.anna else ("His", "Hers")
    its, versions = listing.versions(db, people.anna, made)
    assert (its.draft.name, its.version, len(versions)) == (won, 2, 2)
    assert [(line.theirs, line.yours) for line in second.lines] == [(won, lost)]


def test_an_editor_waits_for_the_one_before_and_then_sees_the_change(
    database: Database, db: Db, people: People
) -> None:
    """The first has written but not committed when the second begins to save."""
    made = publish(db, people.anna)
    seen: list[listing.ChangedMeanwhile] = []

    def save() -> None:
        with database.writing() as own, pytest.raises(listing.ChangedMeanwhile) as meanwhile:
            listing.edit(own, people.anna, made, replace(SONGS, name="Second"), 1, LATER)
        seen.append(meanwhile.value)

    with database.writing() as first:
        draft = replace(SONGS, ref="harbour-songs", name="First")
        groups.save(first, draft, at=LATER, by=people.anna, version=1)
        second = Thread(target=save)
        second.start()
        second.join(0.3)
        assert second.is_alive()
        first.commit()
        second.join()

    assert [line.theirs for line in seen[0].lines] == ["First"]


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
    assert listing.is_venue_shared(db, people.anna, HALL)


def test_ones_own_venue_can_be_put_right(db: Db, people: People) -> None:
    made = publish(db, people.anna)
    right = replace(HALL, street="12 Example Street", place=Place(55.9765, -3.166))
    assert not listing.is_venue_shared(db, people.anna, HALL)

    listing.edit(db, people.anna, made, replace(SONGS, venue=right), 1, LATER)

    assert kept(db, people.anna, made).venue == right


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

    (found,) = listing.looks_like(db, people.anna, replace(SONGS, **changes))

    assert (found.id, found.why, found.is_yours) == (there.public_id, why, False)


def test_a_listing_of_ones_own_that_looks_the_same_is_marked(db: Db, people: People) -> None:
    made = publish(db, people.anna)

    (hers,) = listing.looks_like(db, people.anna, SONGS)
    (anothers,) = listing.looks_like(db, people.ben, SONGS)

    assert (hers.id, hers.is_yours) == (made, True)
    assert (anothers.id, anothers.is_yours) == (made, False)


def test_another_group_at_another_time_or_farther_away_is_not(db: Db, people: People) -> None:
    keep(db, replace(group("far", north=160), name="Harbour Songs"), group("near", north=20))
    from_noon = Session(Weekday.TUE, SONGS.sessions[0].ends, HALF_PAST_ELEVEN)

    draft = replace(SONGS, name="Messy Mondays", sessions=(from_noon,))

    assert listing.looks_like(db, people.anna, draft) == ()


HALF_PAST_ELEVEN = SONGS.sessions[0].ends.replace(minute=30)


def test_a_preview_says_what_the_page_will_say(db: Db, people: People) -> None:
    draft = replace(SONGS, facts={Fact.SING: True}, claimed_level=None)
    seen = listing.preview(db, draft, Calendars(), uuid4(), NOW)

    made = publish(db, people.anna, draft)

    page = groups.page(db, made, NOW, Calendars())
    assert page is not None
    assert seen.dates_to_ask == ()  # of what nobody can have been to
    asked = page.dates_to_ask
    assert replace(seen, public_id=made, draft=page.draft, dates_to_ask=asked) == page
    assert len(listing.next_dates(draft, Calendars(), NOW)) == 8
