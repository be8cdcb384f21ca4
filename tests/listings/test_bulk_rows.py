"""Many listings at once: what is kept is asked by the indexes, and new rows are whole."""

from dataclasses import replace

import pytest
from sqlmodel import select

from finder.domain.facts import Fact
from finder.listings.bulk_rows import (
    IN_ORDER,
    TABLES,
    UNSAID,
    ImportLookup,
    NewRows,
    group_key,
    venue_key,
)
from finder.listings.tables import GroupRow, OrganiserRow
from finder.platform.db.database import Database
from finder.platform.db.rows import Row
from tests.support.databases import statements
from tests.support.examples import HALL, SONGS, TUESDAY_NOON, group, keep


def test_what_is_kept_is_known_and_what_is_not_is_known_not_to_be(database: Database) -> None:
    stranger = group("g", organiser="Nobody yet", venue=replace(HALL, name="No such hall"))
    same_ref = replace(SONGS, organiser="Hill Library")
    with database.writing() as db:
        songs, library = keep(db, SONGS, group("other", organiser="Hill Library"))
        known = ImportLookup(db)
        known.look_up([SONGS, stranger, same_ref])

        found = known.groups[group_key(SONGS)]
        assert found
        assert (found.row.id, found.draft) == (songs.public_id, SONGS)
        venue = known.venues[venue_key(SONGS.venue)]
        assert venue
        assert (venue.id, venue.draft) == (songs.venue_id, SONGS.venue)
        assert (known.organisers[stranger.organiser], known.venues[venue_key(stranger.venue)]) == (
            None,
            None,
        )
        assert (known.groups[group_key(stranger)], known.groups[group_key(same_ref)]) == (
            None,
            None,
        )
        assert library.public_id != songs.public_id


def test_a_venue_that_changed_is_known_to_have_changed_for_all_who_share_it(
    database: Database,
) -> None:
    now = replace(HALL, facts={Fact.STEP_FREE: True})
    with database.writing() as db:
        saved, _ = keep(db, group("one"), group("two"))
        known = ImportLookup(db)
        known.look_up([group("one"), group("two")])
        known.has_venue(saved.venue_id, now)

        drafts = [
            found.draft for ref in ("one", "two") if (found := known.groups[group_key(group(ref))])
        ]
    assert [draft.venue for draft in drafts] == [now, now]


def test_no_table_is_read_from_end_to_end(sqlite_database: Database) -> None:
    drafts = [
        group(f"g{n}", organiser=f"Organiser {n}", venue=replace(HALL, name=f"Hall {n}"))
        for n in range(3)
    ]
    with sqlite_database.writing() as db:
        keep(db, *drafts)
        with statements(db) as seen:
            ImportLookup(db).look_up(drafts)
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


def test_what_waits_is_not_there_before_it_is_written_and_then_once(database: Database) -> None:
    with database.writing() as db:
        rows = NewRows(TUESDAY_NOON.date())
        id_ = rows.organiser("Hill Library")
        rows.venue(HALL)
        assert db.exec(select(OrganiserRow)).all() == []

        rows.write(db)
        rows.write(db)

        assert [row.id for row in db.exec(select(OrganiserRow))] == [id_]


@pytest.mark.parametrize("row", IN_ORDER)
def test_what_a_row_points_to_is_written_before_it(row: type[Row]) -> None:
    before = {TABLES[one] for one in IN_ORDER[: IN_ORDER.index(row)]}
    pointed_to = {key.column.table for key in TABLES[row].foreign_keys}

    assert pointed_to - {table for table in pointed_to if table.name == "accounts"} <= before


def test_a_column_of_which_nothing_is_said_has_the_table_s_own_default() -> None:
    row = GroupRow()

    assert {name: getattr(row, name) for name in UNSAID} == UNSAID
    assert {"version", "door", "reports_1", "note"} <= UNSAID.keys()
