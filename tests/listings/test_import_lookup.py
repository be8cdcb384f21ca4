"""What is kept is asked for many listings at once, by the indexes of the tables."""

from dataclasses import replace

from finder.domain.facts import Fact
from finder.listings.import_lookup import Known
from finder.platform.db.database import Database
from tests.support.databases import statements
from tests.support.examples import HALL, SONGS, group, keep


def test_what_is_kept_is_known_and_what_is_not_is_known_not_to_be(database: Database) -> None:
    stranger = group("g", organiser="Nobody yet", venue=replace(HALL, name="No such hall"))
    same_ref = replace(SONGS, organiser="Hill Library")
    with database.writing() as db:
        songs, library = keep(db, SONGS, group("other", organiser="Hill Library"))
        known = Known(db)
        known.look_up([SONGS, stranger, same_ref])

        found = known.group(SONGS)
        assert found
        assert (found.row.id, found.draft) == (songs.public_id, SONGS)
        venue = known.venue(SONGS)
        assert venue
        assert (venue.id, venue.draft) == (songs.venue_id, SONGS.venue)
        assert (known.organiser(stranger), known.venue(stranger)) == (None, None)
        assert (known.group(stranger), known.group(same_ref)) == (None, None)
        assert library.public_id != songs.public_id


def test_a_venue_that_changed_is_known_to_have_changed_for_all_who_share_it(
    database: Database,
) -> None:
    now = replace(HALL, facts={Fact.STEP_FREE: True})
    with database.writing() as db:
        saved, _ = keep(db, group("one"), group("two"))
        known = Known(db)
        known.look_up([group("one"), group("two")])
        known.has_venue(saved.venue_id, now)

        drafts = [found.draft for ref in ("one", "two") if (found := known.group(group(ref)))]
    assert [draft.venue for draft in drafts] == [now, now]


def test_no_table_is_read_from_end_to_end(sqlite_database: Database) -> None:
    drafts = [
        group(f"g{n}", organiser=f"Organiser {n}", venue=replace(HALL, name=f"Hall {n}"))
        for n in range(3)
    ]
    with sqlite_database.writing() as db:
        keep(db, *drafts)
        with statements(db) as seen:
            Known(db).look_up(drafts)
        plans = [
            str(line.detail)
            for statement in seen
            for line in db.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", ("x",) * statement.count("?")
            )
        ]
    scanned = [plan for plan in plans if plan.startswith("SCAN") and "CONSTANT ROW" not in plan]
    assert any("SEARCH venues USING INDEX" in plan for plan in plans)
    assert scanned == []
