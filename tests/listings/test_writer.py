"""Many drafts saved at once end just as they do when each is saved alone."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.facts import Fact
from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import ListingState
from finder.listings import drafts as listings_drafts
from finder.listings.bulk_rows import AT_ONCE
from finder.listings.tables import GroupRow, OrganiserRow, VenueRow
from finder.listings.writer import Outcome
from finder.platform.db.database import Database, Db
from finder.platform.db.rows import NAMES
from finder.reviews.saving import Saving, save
from tests.support.databases import statements
from tests.support.examples import HALL, SONGS, TUESDAY_NOON, any_group, group

LATER = TUESDAY_NOON + timedelta(days=3)
TABLES = (
    "organisers",
    "venues",
    "venue_facts",
    "groups",
    "sessions",
    "steps",
    "group_facts",
    "listing_history",
)


def everything(db: Db) -> dict[str, list[str]]:
    """All that is kept of listings; what an id points to stands for the id."""
    names: dict[UUID, str] = {}
    for row in db.exec(select(OrganiserRow)):
        names[row.id] = row.name
    for venue in db.exec(select(VenueRow)):
        names[venue.id] = f"{venue.name}, {venue.postcode}"
    for one in db.exec(select(GroupRow)):
        names[one.id] = f"{names[one.organiser_id]}/{one.ref}"
    return {
        table: sorted(
            repr({key: names.get(value, value) for key, value in row.items()})
            for row in db.execute(sa.select(NAMES.tables[table])).mappings()
        )
        for table in TABLES
    }


def changed(drafts: list[GroupDraft]) -> list[GroupDraft]:
    """Some renamed, some with other facts, one venue that several share described anew."""
    moved = replace(HALL, street="2 Example Street", facts={Fact.STEP_FREE: True})
    some = [
        replace(draft, name="Renamed", facts={Fact.SING: True}) if number % 3 == 0 else draft
        for number, draft in enumerate(drafts)
    ]
    return [replace(draft, venue=moved) if draft.venue == HALL else draft for draft in some]


def test_a_file_saved_at_once_is_the_same_as_each_listing_saved_alone(database: Database) -> None:
    lot = Random(12)
    first = [any_group(f"ref {n}", lot) for n in range(15)] + [group(f"at {n}") for n in range(3)]
    second = [*changed(first), any_group("new", lot)]
    with database.writing() as db:
        alone = [save(db, one, at=TUESDAY_NOON) for one in first]
        alone += [save(db, one, at=LATER) for one in second]
        db.expunge_all()
        found_alone = everything(db)
        db.rollback()

        at_once = list(Saving(db, TUESDAY_NOON).save_all(first))
        at_once += Saving(db, LATER).save_all(second)
        db.expunge_all()

        assert everything(db) == found_alone
        assert [(one.outcome, one.version) for one in at_once] == [
            (one.outcome, one.version) for one in alone
        ]
        assert {one.outcome for one in at_once} == set(Outcome)


def test_a_long_file_asks_the_database_no_more_often_than_a_short_one(
    database: Database,
) -> None:
    lot = Random(3)
    few, many = ([any_group(f"{size} {n}", lot) for n in range(size)] for size in (20, AT_ONCE))
    with database.writing() as db:
        with statements(db) as for_few:
            list(Saving(db, TUESDAY_NOON).save_all(few))
        with statements(db) as for_many:
            list(Saving(db, TUESDAY_NOON).save_all(many))

    assert len(for_many) <= len(for_few) + 1
    assert len(for_few) < 20


@pytest.mark.parametrize("count", [AT_ONCE, AT_ONCE + 1])
def test_every_listing_of_a_long_file_is_saved_and_found_unchanged(
    database: Database, count: int
) -> None:
    drafts = [group(f"ref {n}", organiser=f"Organiser {n}") for n in range(count)]
    with database.writing() as db:
        first = list(Saving(db, TUESDAY_NOON).save_all(drafts))
        again = list(Saving(db, LATER).save_all(drafts))

    assert [one.outcome for one in first] == [Outcome.ADDED] * count
    assert [one.outcome for one in again] == [Outcome.UNCHANGED] * count
    assert [one.public_id for one in again] == [one.public_id for one in first]


def test_the_same_listing_twice_is_added_and_then_changed(database: Database) -> None:
    with database.writing() as db:
        saving = Saving(db, TUESDAY_NOON)
        outcomes = [
            saving.save(replace(SONGS, name=name)).outcome
            for name in ("One", "One", "Two", "Three")
        ]
        saving.write()

        assert outcomes == [Outcome.ADDED, Outcome.UNCHANGED, Outcome.CHANGED, Outcome.CHANGED]
        kept = db.exec(select(GroupRow)).one()
        assert (kept.name, kept.version) == ("Three", 3)


def test_a_venue_described_anew_by_a_new_listing_changes_for_those_before_it(
    database: Database,
) -> None:
    step_free = replace(HALL, facts={Fact.STEP_FREE: True})
    with database.writing() as db:
        saving = Saving(db, TUESDAY_NOON)
        before = saving.save(group("before"))
        saving.save(group("after", venue=step_free))
        saving.write()

        row = db.exec(select(GroupRow).where(col(GroupRow.ref) == "before")).one()
        assert row.facts_yes & Fact.STEP_FREE.bit
        draft = listings_drafts.draft_of(db, before.public_id)
        assert draft
        assert draft.venue == step_free


def test_a_listing_gets_the_state_that_it_is_given(database: Database) -> None:
    def state_of(draft: GroupDraft) -> ListingState | None:
        return ListingState.WAITING if draft.ref == "waits" else None

    with database.writing() as db:
        list(Saving(db, TUESDAY_NOON).save_all([group("waits"), group("shows")], state_of))

        states = {row.ref: row.state for row in db.exec(select(GroupRow))}
    assert states == {"waits": ListingState.WAITING, "shows": ListingState.PUBLISHED}
