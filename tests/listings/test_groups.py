"""What an organiser said is kept whole, and changes only when something is different."""

from dataclasses import replace
from datetime import date, time, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from finder.domain.facts import Fact
from finder.domain.groups import Step
from finder.domain.readable import is_seen
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import Expected, ListingState, VenueKind, Weekday
from finder.group_page import queries as group_page_queries
from finder.listings import drafts
from finder.listings.search_columns import Heard
from finder.listings.tables import GroupRow, OrganiserRow, VenueRow
from finder.listings.writer import Outcome
from finder.platform.db.database import Database, Db
from finder.reviews.saving import save
from finder.search import queries as search_queries
from finder.search.rules import SearchQuery
from tests.support.examples import (
    HALL,
    LEITH,
    NO_TERMS,
    SONGS,
    TUESDAY_NOON,
    any_group,
    group,
    keep,
)
from tests.support.saving import hear

LATER = TUESDAY_NOON + timedelta(days=3)
LINES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=80).filter(
    lambda text: text.strip() and is_seen(text)
)


def row_of(db: Db, ref: str) -> GroupRow:
    return db.exec(select(GroupRow).where(col(GroupRow.ref) == ref)).one()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 10**9), LINES, LINES)
def test_a_draft_comes_back_equal(database: Database, seed: int, name: str, what: str) -> None:
    drawn = any_group("drawn", Random(seed))
    draft = replace(drawn, name=name, summary=what, steps=(Step(5, what, Expected.SING),))

    with database.writing() as db:
        saved = save(db, draft, at=TUESDAY_NOON)
        db.commit()
        db.expunge_all()

        assert drafts.draft_of(db, saved.public_id) == draft


def test_saving_the_same_again_changes_nothing(database: Database) -> None:
    with database.writing() as db:
        keep(db, SONGS)

        again = save(db, SONGS, at=LATER)

        assert again.outcome is Outcome.UNCHANGED
        assert (row_of(db, "songs").version, row_of(db, "songs").updated_at) == (1, TUESDAY_NOON)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Other songs"},
        {"sessions": (Session(Weekday.WED, time(10), time(11)),)},
        {"steps": (Step(0, "Arrive", Expected.NEITHER),)},
        {"facts": {Fact.SING: True}},
        {"venue": replace(HALL, street="2 Example Street")},
        {"venue": replace(HALL, facts={Fact.STEP_FREE: True})},
        {"venue": replace(HALL, name="Another hall")},
    ],
    ids=str,
)
def test_a_real_change_makes_a_new_version_of_the_same_group(
    database: Database, changes: dict[str, object]
) -> None:
    changed = replace(SONGS, **changes)
    with database.writing() as db:
        [first] = keep(db, SONGS)

        second = save(db, changed, at=LATER)

        assert (second.public_id, second.outcome) == (first.public_id, Outcome.CHANGED)
        assert (row_of(db, "songs").version, row_of(db, "songs").updated_at) == (2, LATER)
        assert drafts.draft_of(db, first.public_id) == changed


def test_the_same_ref_of_another_organiser_is_another_group(database: Database) -> None:
    with database.writing() as db:
        first, second = keep(db, SONGS, replace(SONGS, organiser="Hill Library"))

        assert first.public_id != second.public_id


def test_groups_of_one_organiser_at_one_place_share_both(database: Database) -> None:
    with database.writing() as db:
        keep(db, group("a"), group("b"))

        assert len(db.exec(select(OrganiserRow)).all()) == 1
        assert len(db.exec(select(VenueRow)).all()) == 1


def test_a_change_of_the_venue_is_found_for_all_who_meet_there(database: Database) -> None:
    moved = replace(HALL, kind=VenueKind.LIBRARY, facts={Fact.STEP_FREE: True})
    asked = SearchQuery(
        "x", venue_kinds=frozenset({VenueKind.LIBRARY}), can=frozenset({Fact.STEP_FREE})
    )
    with database.writing() as db:
        keep(db, group("a"), group("b"))

        keep(db, replace(group("b"), venue=moved))

        assert search_queries.nearby(db, asked, LEITH, TUESDAY_NOON, NO_TERMS)[1] == 2
        assert row_of(db, "a").version == 1


def test_a_state_that_is_not_said_stays(database: Database) -> None:
    with database.writing() as db:
        keep(db, SONGS, state=ListingState.PAUSED)

        keep(db, replace(SONGS, name="Other songs"))
        assert row_of(db, "songs").state is ListingState.PAUSED

        assert (
            keep(db, replace(SONGS, name="Other songs"), state=ListingState.PUBLISHED)[0].outcome
            is Outcome.CHANGED
        )


def test_confirming_that_all_is_true_is_kept_without_a_new_version(database: Database) -> None:
    with database.writing() as db:
        keep(db, SONGS)

        [saved] = keep(db, SONGS, checked_on=date(2026, 11, 3))

        assert saved.outcome is Outcome.UNCHANGED
        assert row_of(db, "songs").checked_on == date(2026, 11, 3)
        keep(db, SONGS)
        assert row_of(db, "songs").checked_on == date(2026, 11, 3)


def test_what_parents_said_outlives_a_change_by_the_organiser(database: Database) -> None:
    heard = Heard([(2, 10.0)] * 3, {Fact.SING: (3, 0), Fact.INCLUDED: (2, 1)})
    with database.writing() as db:
        [saved] = keep(db, replace(SONGS, facts={Fact.SING: True}))
        hear(db, saved.public_id, heard, TUESDAY_NOON)

        keep(db, SONGS)

        found = group_page_queries.page(db, saved.public_id, TUESDAY_NOON, NO_TERMS)
        assert found is not None
        assert {one.fact: one.answers[:3] for one in found.facts} == {
            Fact.SING: (None, 3, 0),
            Fact.INCLUDED: (None, 2, 1),
        }
        assert found.talking.parents == 3
        assert found.draft == SONGS
        assert row_of(db, "songs").facts_sure & Fact.SING.bit
