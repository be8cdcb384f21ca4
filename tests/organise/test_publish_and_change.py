"""An organiser publishes, changes and looks back; two at once lose nothing; others get nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Thread
from uuid import UUID, uuid4

import pytest

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.accounts.service import NotYours
from finder.domain.cost import Cost
from finder.domain.facts import Fact
from finder.domain.groups import GroupDraft, Place
from finder.domain.refused import Refused
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import CostKind, ListingState, Weekday
from finder.group_page import queries as group_page_queries
from finder.listings import writer
from finder.listings.changes import Whose
from finder.listings.writer import Outcome
from finder.organise import service as organise_service
from finder.organise.wizard import service as wizard_service
from finder.platform.db.database import Database, Db
from finder.reviews import saving
from finder.spreadsheets import service as spreadsheets_service
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
    found = People(*(accounts_queries.id_for(db, f"{n}@example.org", NOW) for n in ("anna", "ben")))
    db.commit()
    return found


def publish(
    db: Db, account: UUID, draft: GroupDraft = SONGS, organiser: UUID | None = None
) -> UUID:
    made = wizard_service.begin(db, account, "where", {}, NOW)
    return organise_service.publish(db, account, made, draft, organiser, NOW)


def kept(db: Db, account: UUID, group_id: UUID) -> GroupDraft:
    found = organise_service.own(db, account, group_id).draft
    db.rollback()
    return found


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
    assert (versions[0].by, versions[0].changed) == ("", "Cost: Free → £1.50 each time")


def test_undoing_a_change_is_a_new_version_with_the_old_words(db: Db, people: People) -> None:
    made = publish(db, people.anna)
    organise_service.edit(db, people.anna, made, replace(SONGS, cost=PAID), 1, LATER)

    organise_service.restore(db, people.anna, made, 1, 2, LATER)

    its, versions = organise_service.versions(db, people.anna, made)
    assert its.draft == replace(SONGS, ref="harbour-songs")
    assert its.version == len(versions) == 3
    with pytest.raises(NotYours):
        organise_service.restore(db, people.anna, made, 9, 3, LATER)


def test_the_second_of_two_editors_is_shown_what_changed_and_nothing_is_saved(
    db: Db, people: People
) -> None:
    made = publish(db, people.anna)
    editors.add(db, editors.organisers_of(db, people.anna)[0].id, people.ben, NOW)
    organise_service.edit(db, people.anna, made, replace(SONGS, name="Hers", cost=PAID), 1, LATER)
    his = replace(SONGS, name="His", facts={Fact.SING: True})

    with pytest.raises(organise_service.ChangedMeanwhile) as meanwhile:
        organise_service.edit(db, people.ben, made, his, 1, LATER)

    assert meanwhile.value.version == 2
    assert {line.key: line.whose for line in meanwhile.value.lines} == {
        "name": Whose.BOTH,
        "cost": Whose.THEIRS,
        "sing": Whose.YOURS,
    }
    assert kept(db, people.anna, made).name == "Hers"
    with pytest.raises(organise_service.ChangedMeanwhile):
        organise_service.restore(db, people.ben, made, 1, 1, LATER)


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
                outcomes[account] = organise_service.edit(own, account, made, draft, 1, LATER)
            except organise_service.ChangedMeanwhile as meanwhile:
                outcomes[account] = meanwhile

    threads = [
        Thread(target=save, args=one) for one in ((people.anna, "Hers"), (people.ben, "His"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (first,) = [who for who, what in outcomes.items() if isinstance(what, writer.Saved)]
    (second,) = [w for w in outcomes.values() if isinstance(w, organise_service.ChangedMeanwhile)]
    won, lost = ("Hers", "His") if first == people.anna else ("His", "Hers")
    its, versions = organise_service.versions(db, people.anna, made)
    assert (its.draft.name, its.version, len(versions)) == (won, 2, 2)
    assert [(line.theirs, line.yours) for line in second.lines] == [(won, lost)]


def test_an_editor_waits_for_the_one_before_and_then_sees_the_change(
    database: Database, db: Db, people: People
) -> None:
    """The first has written but not committed when the second begins to save."""
    made = publish(db, people.anna)
    seen: list[organise_service.ChangedMeanwhile] = []

    def save_second() -> None:
        with (
            database.writing() as own,
            pytest.raises(organise_service.ChangedMeanwhile) as meanwhile,
        ):
            organise_service.edit(own, people.anna, made, replace(SONGS, name="Second"), 1, LATER)
        seen.append(meanwhile.value)

    with database.writing() as first:
        draft = replace(SONGS, ref="harbour-songs", name="First")
        saving.save(first, draft, at=LATER, by=people.anna, version=1)
        second = Thread(target=save_second)
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
    assert organise_service.is_venue_shared(db, people.anna, HALL)


def test_ones_own_venue_can_be_put_right(db: Db, people: People) -> None:
    made = publish(db, people.anna)
    right = replace(HALL, street="12 Example Street", place=Place(55.9765, -3.166))
    assert not organise_service.is_venue_shared(db, people.anna, HALL)

    organise_service.edit(db, people.anna, made, replace(SONGS, venue=right), 1, LATER)

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

    (found,) = organise_service.lookalikes_of(db, people.anna, replace(SONGS, **changes))

    assert (found.id, found.why, found.is_yours) == (there.public_id, why, False)


def test_a_listing_of_ones_own_that_looks_the_same_is_marked(db: Db, people: People) -> None:
    made = publish(db, people.anna)

    (hers,) = organise_service.lookalikes_of(db, people.anna, SONGS)
    (anothers,) = organise_service.lookalikes_of(db, people.ben, SONGS)

    assert (hers.id, hers.is_yours) == (made, True)
    assert (anothers.id, anothers.is_yours) == (made, False)


def test_another_group_at_another_time_or_farther_away_is_not(db: Db, people: People) -> None:
    keep(db, replace(group("far", north=160), name="Harbour Songs"), group("near", north=20))
    from_noon = Session(Weekday.TUE, SONGS.sessions[0].ends, HALF_PAST_ELEVEN)

    draft = replace(SONGS, name="Messy Mondays", sessions=(from_noon,))

    assert organise_service.lookalikes_of(db, people.anna, draft) == ()


HALF_PAST_ELEVEN = SONGS.sessions[0].ends.replace(minute=30)


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
