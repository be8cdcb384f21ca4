"""A group's page holds all that is known, in few questions to the database."""

from dataclasses import replace
from datetime import date, time
from random import Random
from uuid import uuid4

from finder.domain.facts import Answers, Fact
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import ListingState, TalkingLevel, Weekday
from finder.group_page import queries as group_page_queries
from finder.group_page.queries import page
from finder.group_page.rules import FactFound, FoundOn, OnAnswer
from finder.listings.tables import CancelledOccurrenceRow
from finder.platform.db.database import Database
from tests.support.databases import statements
from tests.support.examples import HALL, NO_TERMS, SONGS, TUESDAY_NOON, any_group, keep


def test_the_page_holds_the_draft(database: Database) -> None:
    random = Random(2)
    for number in range(8):
        draft = any_group(f"ref {number}", random)
        with database.writing() as db:
            [saved] = keep(db, draft)
            db.expunge_all()

            found = page(db, saved.public_id, TUESDAY_NOON, NO_TERMS)

        assert found is not None
        assert (found.public_id, found.draft) == (saved.public_id, draft)


def test_the_page_takes_three_statements(database: Database) -> None:
    """The group, its facts, its steps: nothing was cancelled, and no parent has answered."""
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        db.expunge_all()

        with statements(db) as said:
            page(db, saved.public_id, TUESDAY_NOON, NO_TERMS)

    assert len(said) == 3


def test_facts_of_the_building_stand_beside_those_of_the_group(database: Database) -> None:
    venue = replace(HALL, facts={Fact.STEP_FREE: False})
    with database.writing() as db:
        [saved] = keep(db, replace(SONGS, venue=venue, facts={Fact.SING: True}))

        found = page(db, saved.public_id, TUESDAY_NOON, NO_TERMS)

    assert found is not None
    assert found.facts == (
        FactFound(Fact.SING, Answers(True, organiser_on=TUESDAY_NOON.date())),
        FactFound(Fact.STEP_FREE, Answers(False, organiser_on=TUESDAY_NOON.date())),
    )


def test_a_cancelled_date_is_on_the_page_with_its_note(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        note = CancelledOccurrenceRow(
            group_id=saved.public_id, on=date(2026, 12, 1), starts=time(10), note="Hall is shut"
        )
        db.add(note)
        db.flush()

        found = page(db, saved.public_id, TUESDAY_NOON, NO_TERMS)

    assert found is not None
    first, second, *_ = found.next_occurrences
    assert (first.on, first.is_cancelled, first.note) == (date(2026, 12, 1), True, "Hall is shut")
    assert (second.on, second.is_cancelled) == (date(2026, 12, 8), False)


def test_what_parents_say_of_dates_that_are_over_is_on_the_page(database: Database) -> None:
    tuesday, before = date(2026, 11, 24), date(2026, 11, 17)
    with database.writing() as db:
        saved, other = keep(db, SONGS, replace(SONGS, ref="other"))
        for on, was_on in ((tuesday, True), (tuesday, False), (tuesday, True), (before, False)):
            group_page_queries.add_answer(db, saved.public_id, OnAnswer(on, was_on))
        group_page_queries.add_answer(db, other.public_id, OnAnswer(before, True))

        found = page(db, saved.public_id, TUESDAY_NOON, NO_TERMS)

    assert found is not None
    assert set(found.found_on) == {FoundOn(tuesday, 2, 1), FoundOn(before, 0, 1)}
    assert found.draft == SONGS


def test_answers_of_over_a_year_ago_are_on_no_page_even_before_they_are_forgotten(
    database: Database,
) -> None:
    kept, gone = date(2025, 11, 24), date(2025, 11, 23)
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        for on in (kept, gone):
            group_page_queries.add_answer(db, saved.public_id, OnAnswer(on, True))

        found = page(db, saved.public_id, TUESDAY_NOON, NO_TERMS)

    assert found is not None
    assert [one.on for one in found.found_on] == [kept]


def test_recent_dates_may_be_spoken_of_but_for_those_that_were_cancelled(
    database: Database,
) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        off = CancelledOccurrenceRow(
            group_id=saved.public_id, on=date(2026, 11, 17), starts=time(10), note=""
        )
        db.add(off)
        db.flush()

        found = page(db, saved.public_id, TUESDAY_NOON, NO_TERMS)

    assert found is not None
    assert found.dates_to_ask == (date(2026, 11, 24), date(2026, 11, 10))
    assert not any(one.is_cancelled for one in found.next_occurrences)


def test_unknown_term_dates_are_said_where_they_matter(database: Database) -> None:
    term_time = Session(Weekday.TUE, time(10), time(11), is_term_time_only=True)
    with database.writing() as db:
        always, [term_only] = (
            keep(db, SONGS),
            keep(db, replace(SONGS, ref="term", sessions=(term_time,))),
        )

        found = [
            page(db, saved.public_id, TUESDAY_NOON, Calendars()) for saved in (*always, term_only)
        ]

    assert [one.are_terms_known for one in found if one] == [True, False]


def test_the_talking_rating_is_told_with_who_said_it(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, replace(SONGS, claimed_level=TalkingLevel.HELLO))

        found = page(db, saved.public_id, TUESDAY_NOON, NO_TERMS)

    assert found is not None
    assert found.talking.claimed_level is TalkingLevel.HELLO
    assert found.talking.is_known
    assert found.talking.sentence.startswith("The organiser says: a hello.")


def test_only_published_groups_have_a_page_unless_asked(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS, state=ListingState.WAITING)

        assert page(db, uuid4(), TUESDAY_NOON, NO_TERMS) is None
        assert page(db, saved.public_id, TUESDAY_NOON, NO_TERMS) is None
        assert page(db, saved.public_id, TUESDAY_NOON, NO_TERMS, (ListingState.WAITING,))
