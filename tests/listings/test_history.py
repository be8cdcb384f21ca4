"""Every change of a listing is written down, whoever makes it."""

from dataclasses import replace
from datetime import timedelta

from finder.accounts import queries as accounts_queries
from finder.domain.vocabulary import ListingState
from finder.listings import history
from finder.listings.tables_history import ListingHistoryRow
from finder.organise import queries as organise_queries
from finder.platform.db.database import Database
from finder.reviews.saving import save
from tests.support.examples import SONGS, TUESDAY_NOON, keep

LATER = TUESDAY_NOON + timedelta(days=1)


def test_a_new_listing_and_each_change_have_a_line_and_the_whole_draft(database: Database) -> None:
    changed = replace(SONGS, name="Harbour Singing")
    with database.writing() as db:
        anna = accounts_queries.id_for(db, "anna@example.org", TUESDAY_NOON)
        (saved,) = keep(db, SONGS)
        save(db, changed, at=LATER, by=anna)
        db.commit()

        versions = organise_queries.versions_of(db, saved.public_id)

        assert [(v.number, v.by, v.changed) for v in versions] == [
            (2, "anna@example.org", "Name: Harbour Songs → Harbour Singing"),
            (1, "a file, or whoever runs this site", "Listed for the first time"),
        ]
        assert versions[0].changed_at == LATER
        assert history.draft_at(db, saved.public_id, 1) == SONGS
        assert history.draft_at(db, saved.public_id, 2) == changed
        assert history.draft_at(db, saved.public_id, 3) is None


def test_saving_the_same_again_writes_nothing(database: Database) -> None:
    with database.writing() as db:
        (saved,) = keep(db, SONGS)
        keep(db, SONGS)

        assert len(organise_queries.versions_of(db, saved.public_id)) == 1


def test_a_change_of_state_is_in_the_history_too(database: Database) -> None:
    with database.writing() as db:
        (saved,) = keep(db, SONGS)
        keep(db, SONGS, state=ListingState.PAUSED)

        assert organise_queries.versions_of(db, saved.public_id)[0].changed == "Published → Paused"


def test_a_listing_older_than_the_history_keeps_what_it_said_before(database: Database) -> None:
    with database.writing() as db:
        (saved,) = keep(db, SONGS)
        db.delete(db.get_one(ListingHistoryRow, (saved.public_id, 1)))
        db.commit()
        assert history.kept_now(db, [saved.public_id]) == set()
        keep(db, replace(SONGS, name="Harbour Singing"))

        assert history.draft_at(db, saved.public_id, 1) == SONGS
        assert history.kept_now(db, [saved.public_id]) == {saved.public_id}
