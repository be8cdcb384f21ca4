"""An organiser keeps its own listings true, and nobody else's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from finder.accounts.service import NotYours
from finder.domain.refused import Refused
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import ListingState, Weekday
from finder.group_page import queries as group_page_queries
from finder.listings import drafts as listings_drafts
from finder.organise.upkeep import service as upkeep_service
from finder.organise.upkeep.rules import Wish
from finder.platform.db.database import Database, Db
from finder.spreadsheets import listings_csv
from tests.support.examples import any_group, keep
from tests.support.organise_parts import BEN, editor, kept, listing
from tests.support.review_parts import NOW, TODAY

PLAIN = Calendars()
TUESDAYS = (Session(Weekday.TUE, time(10), time(11)),)


def cancel(db: Db, who: UUID, what: UUID, first: date, last: date, note: str = "half term") -> int:
    return upkeep_service.cancel_dates(db, PLAIN, who, what, first, last, note, TODAY, NOW)


def dates(db: Db, who: UUID, what: UUID) -> dict[date, tuple[bool, str]]:
    found = upkeep_service.coming_dates(db, PLAIN, who, what, TODAY)
    db.rollback()
    return {one.on: (one.is_cancelled, one.note) for one in found}


ERRANDS: dict[str, Callable[[Db, UUID, UUID], Any]] = {
    "read": lambda db, who, what: upkeep_service.own_listing(db, PLAIN, who, what, NOW),
    "pause": lambda db, who, what: upkeep_service.set_state(db, who, what, Wish.PAUSE, NOW),
    "check": lambda db, who, what: upkeep_service.say_true(db, who, [what], TODAY, NOW),
    "copy": lambda db, who, what: upkeep_service.copy(db, who, what, NOW),
    "note": lambda db, who, what: upkeep_service.write_note(db, who, what, "New toys", TODAY, NOW),
    "dates": lambda db, who, what: upkeep_service.coming_dates(db, PLAIN, who, what, TODAY),
    "cancel": lambda db, who, what: cancel(db, who, what, TODAY, TODAY),
    "put back": lambda db, who, what: upkeep_service.put_back(db, who, what, TODAY, time(10), NOW),
}


@pytest.mark.parametrize("errand", ERRANDS)
def test_another_organisers_listing_is_not_there(database: Database, errand: str) -> None:
    with database.writing() as db:
        hers = listing(db, sessions=TUESDAYS)
        editor(db)
        ben = editor(db, BEN, "Harbour Trust")
        before = kept(db, hers)

        for what in (hers, UUID(int=7)):
            with pytest.raises(NotYours):
                ERRANDS[errand](db, ben, what)

        db.rollback()
        assert kept(db, hers) == before


@pytest.mark.parametrize("errand", ERRANDS)
def test_each_errand_is_done_for_its_editor(database: Database, errand: str) -> None:
    with database.writing() as db:
        hers, anna = listing(db, sessions=TUESDAYS), editor(db)

        ERRANDS[errand](db, anna, hers)


def test_what_needs_a_check_comes_first_and_an_ended_one_last(database: Database) -> None:
    with database.writing() as db:
        anna = editor(db)
        listing(db, "a", state=ListingState.ENDED)
        listing(db, "b", checked_on=TODAY)
        listing(db, "c", now=NOW - timedelta(days=90))
        listing(db, "not mine", organiser="Harbour Trust")

        mine = upkeep_service.my_listings(db, PLAIN, anna, 9, NOW)

    assert [one.ref for one in mine.listings] == ["c", "b", "a"]
    assert (mine.total, mine.page, mine.pages) == (3, 1, 1)
    assert mine.listings[1].next is not None
    assert mine.listings[1].next.on >= TODAY


def test_a_listing_is_paused_published_and_ended(database: Database) -> None:
    with database.writing() as db:
        anna, hers = editor(db), listing(db)
        upkeep_service.set_state(db, anna, hers, Wish.PAUSE, NOW)
        paused = kept(db, hers)
        upkeep_service.set_state(db, anna, hers, Wish.PUBLISH, NOW)
        again = kept(db, hers)
        upkeep_service.set_state(db, anna, hers, Wish.END, NOW)

        assert (paused.state, paused.version, paused.checked_on) == (ListingState.PAUSED, 2, None)
        assert (again.state, again.checked_on) == (ListingState.PUBLISHED, TODAY)
        assert kept(db, hers).state is ListingState.ENDED
        with pytest.raises(Refused):
            upkeep_service.set_state(db, anna, hers, Wish.PAUSE, NOW)


def test_a_copy_is_paused_and_has_a_ref_of_its_own(database: Database) -> None:
    with database.writing() as db:
        anna, hers = editor(db), listing(db)

        copies = [upkeep_service.copy(db, anna, hers, NOW) for _ in range(2)]

        drafts = [listings_drafts.draft_of(db, one) for one in copies]
        original = listings_drafts.draft_of(db, hers)
        assert original is not None
        assert drafts == [
            replace(original, ref=ref, name="Group songs (copy)")
            for ref in ("songs-copy", "songs-copy-2")
        ]
        assert {kept(db, one).state for one in copies} == {ListingState.PAUSED}


def test_half_term_is_cancelled_and_one_date_put_back(database: Database) -> None:
    with database.writing() as db:
        anna, hers = editor(db), listing(db, sessions=TUESDAYS)
        first, second = date(2026, 12, 1), date(2026, 12, 8)

        assert cancel(db, anna, hers, date(2026, 11, 30), date(2026, 12, 13)) == 2
        assert cancel(db, anna, hers, first, first, "No heating") == 1

        assert dates(db, anna, hers)[first] == (True, "No heating")
        assert dates(db, anna, hers)[second] == (True, "half term")
        assert dates(db, anna, hers)[date(2026, 12, 15)] == (False, "")
        page = group_page_queries.page(db, hers, NOW, PLAIN)
        assert page is not None
        shown = {one.on: one.note for one in page.next_occurrences if one.is_cancelled}
        assert shown == {first: "No heating", second: "half term"}
        db.rollback()

        assert upkeep_service.put_back(db, anna, hers, first, time(10), NOW)
        assert not upkeep_service.put_back(db, anna, hers, first, time(10), NOW)
        assert dates(db, anna, hers)[first] == (False, "")


def test_days_on_which_it_is_not_on_are_refused_and_change_nothing(database: Database) -> None:
    with database.writing() as db:
        anna, hers = editor(db), listing(db, sessions=TUESDAYS)

        with pytest.raises(Refused) as refusal:
            cancel(db, anna, hers, date(2026, 11, 25), date(2026, 11, 30))

        assert refusal.value.field == "first"
        assert not any(off for off, _ in dates(db, anna, hers).values())


def test_a_note_has_its_day_and_can_be_taken_away(database: Database) -> None:
    with database.writing() as db:
        anna, hers = editor(db), listing(db)
        upkeep_service.write_note(db, anna, hers, "We stopped the name circle.", TODAY, NOW)
        tomorrow = TODAY + timedelta(days=1)
        upkeep_service.write_note(db, anna, hers, "We stopped the name circle.", tomorrow, NOW)
        page = group_page_queries.page(db, hers, NOW, PLAIN)
        assert page is not None
        assert (page.note, page.note_on) == ("We stopped the name circle.", TODAY)
        db.rollback()

        upkeep_service.write_note(db, anna, hers, "", TODAY, NOW)

        assert (kept(db, hers).note, kept(db, hers).note_on) == (None, None)
        with pytest.raises(Refused):
            upkeep_service.write_note(db, anna, hers, "Ask for Sarah", TODAY, NOW)


def test_own_listings_come_out_as_they_are_read_again(database: Database) -> None:
    random = Random(5)
    drafts = [replace(any_group(f"ref {n}", random), organiser="Hill Library") for n in range(30)]
    with database.writing() as db:
        keep(db, *drafts)
        listing(db, "not mine", organiser="Harbour Trust")
        anna = editor(db)

        found = upkeep_service.own_drafts(db, anna)

    assert {draft.ref: draft for draft in found} == {draft.ref: draft for draft in drafts}
    assert listings_csv.write(found)
