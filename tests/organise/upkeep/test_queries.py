"""Changes that leave a listing's words alone go through its editor."""

from datetime import date, time

from sqlmodel import select

from finder.domain.vocabulary import ListingState
from finder.listings import drafts
from finder.listings.tables import CancelledOccurrenceRow
from finder.organise.upkeep import queries as upkeep_queries
from finder.platform.db.database import Database
from tests.support.organise_parts import BEN, editor, kept, listing
from tests.support.review_parts import NOW, TODAY


def test_a_listing_is_held_through_its_editor_only(database: Database) -> None:
    with database.writing() as db:
        hers, anna = listing(db), editor(db)
        ben = editor(db, BEN, "Harbour Trust")

        found = upkeep_queries.lock(db, anna, hers)

        assert found is not None
        assert (found.id, found.state, found.is_silent) == (hers, ListingState.PUBLISHED, False)
        assert upkeep_queries.lock(db, ben, hers) is None


def test_hiding_and_checking_change_no_word(database: Database) -> None:
    with database.writing() as db:
        hers = listing(db)
        before = drafts.draft_of(db, hers)

        upkeep_queries.mark_asked(db, [hers], TODAY)
        upkeep_queries.hide_for_silence(db, [hers], TODAY, NOW)
        db.commit()
        hidden = kept(db, hers)
        upkeep_queries.mark_checked(db, [hers], TODAY, NOW)
        db.commit()

        assert (hidden.state, hidden.silent_since) == (ListingState.HIDDEN, TODAY)
        assert (hidden.asked_on, hidden.version) == (TODAY, 2)
        after = kept(db, hers)
        assert (after.state, after.silent_since) == (ListingState.PUBLISHED, None)
        assert (after.checked_on, after.version) == (TODAY, 3)
        assert drafts.draft_of(db, hers) == before


def test_a_date_is_cancelled_once_with_the_last_note(database: Database) -> None:
    day = date(2026, 12, 1)
    with database.writing() as db:
        hers = listing(db)
        for note in ("half term", "No heating"):
            upkeep_queries.cancel(db, hers, [(day, time(10)), (day, time(14))], note)

        rows = db.exec(select(CancelledOccurrenceRow)).all()
        assert {(row.starts, row.note) for row in rows} == {
            (time(10), "No heating"),
            (time(14), "No heating"),
        }
        assert [upkeep_queries.restore(db, hers, day, time(10)) for _ in range(2)] == [1, 0]
