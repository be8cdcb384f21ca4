"""How far a feed's run came. What runs do with listings: test_feed_import.py."""

from datetime import timedelta

import pytest

from finder.open_data.feed_import import queries as feed_import_queries
from finder.open_data.feed_import.feed_listing import Offer
from finder.platform.db.database import Database
from finder.reviews.saving import Saving
from tests.support.databases import statements
from tests.support.examples import TUESDAY_NOON, group

FEED = "https://feed.example"
HOUR = timedelta(hours=1)


def test_a_run_goes_on_after_the_last_page_that_was_done(database: Database) -> None:
    with database.writing() as db:
        run = feed_import_queries.begin(db, FEED, TUESDAY_NOON)
        feed_import_queries.page_done(db, run, 3, (), (), TUESDAY_NOON)

        soon = feed_import_queries.begin(db, FEED, TUESDAY_NOON + HOUR)
        late = feed_import_queries.begin(db, FEED, TUESDAY_NOON + 24 * HOUR)

    assert (run.number, run.first_page, run.is_resumed) == (1, 1, False)
    assert (soon.number, soon.first_page, soon.is_resumed) == (1, 4, True)
    assert (late.number, late.first_page, late.is_resumed) == (2, 1, False)


def test_a_run_after_one_that_is_done_is_a_new_one(database: Database) -> None:
    with database.writing() as db:
        feed_import_queries.run_done(
            db, feed_import_queries.begin(db, FEED, TUESDAY_NOON), TUESDAY_NOON
        )
        again = feed_import_queries.begin(db, FEED, TUESDAY_NOON + HOUR)

    assert (again.number, again.first_page) == (2, 1)


def test_a_page_that_changed_nothing_is_a_few_statements_however_long(
    database: Database,
) -> None:
    with database.writing() as db:
        run = feed_import_queries.begin(db, FEED, TUESDAY_NOON)
        some = [Offer(f"g{n}", "", group(f"g{n}", north=n)) for n in range(20)]
        saving = Saving(db, TUESDAY_NOON)
        takings = [feed_import_queries.take(db, run, one, None, saving) for one in some]
        saving.write()
        feed_import_queries.page_done(
            db, run, 1, [one.source_id for one in some], takings, TUESDAY_NOON
        )

        with statements(db) as seen:
            known = feed_import_queries.taken_before(db, run, [one.source_id for one in some])
            feed_import_queries.page_done(db, run, 1, list(known), (), TUESDAY_NOON)

    assert {kept.digest for kept in known.values()} == {one.digest for one in some}
    assert not any(kept.is_changed_here for kept in known.values())
    assert len(seen) <= 5


def test_a_reference_that_its_organiser_has_used_is_not_taken(database: Database) -> None:
    with database.writing() as db:
        run = feed_import_queries.begin(db, FEED, TUESDAY_NOON)
        saving = Saving(db, TUESDAY_NOON)
        feed_import_queries.take(db, run, Offer("1", "", group("g")), None, saving)

        with pytest.raises(feed_import_queries.TakenAlready):
            feed_import_queries.take(db, run, Offer("2", "", group("g")), None, saving)
