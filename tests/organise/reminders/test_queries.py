"""A link leads to its organiser, as long as whoever got it is an editor."""

from datetime import timedelta

from finder.accounts import editors
from finder.organise.reminders import queries as reminders_queries
from finder.platform.db.database import Database
from tests.support.organise_parts import editor, listing, organiser_id
from tests.support.review_parts import NOW


def test_a_link_ends_with_its_time_and_with_its_readers_right(database: Database) -> None:
    with database.writing() as db:
        anna = editor(db)
        listing(db)
        its = organiser_id(db)
        reminders_queries.add(db, its, anna, "hash", NOW)

        found = reminders_queries.good_link(db, "hash", NOW + timedelta(days=13))
        assert found is not None
        organiser, account_id = found
        assert (organiser.name, account_id) == ("Hill Library", anna)
        assert reminders_queries.good_link(db, "hash", NOW + timedelta(days=14)) is None
        assert reminders_queries.good_link(db, "other", NOW) is None
        editors.remove(db, its, anna)
        assert reminders_queries.good_link(db, "hash", NOW) is None


def test_who_is_due_is_found_by_what_there_is_to_say(database: Database) -> None:
    later = NOW + timedelta(days=90)
    with database.writing() as db:
        editor(db)
        hers = listing(db)
        listing(db, organiser="Harbour Trust")
        its = organiser_id(db)

        assert reminders_queries.organisers_due(db, NOW) == []
        assert reminders_queries.organisers_due(db, later) == [(its, "Hill Library")]
        due = reminders_queries.due_of(db, its, later)
        assert (due.to_ask, due.to_hide) == ({hers: "Group songs"}, {})
        assert reminders_queries.endless(db, [hers]) == {hers}
        assert reminders_queries.count_left_alone(db, later) == (0, 1)
