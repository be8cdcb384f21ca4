"""New listings' rows are whole, and none is there before it is written."""

import pytest
from sqlmodel import select

from finder.listings.new_rows import IN_ORDER, TABLES, UNSAID, NewRows
from finder.listings.tables import GroupRow, OrganiserRow
from finder.platform.db.database import Database
from finder.platform.db.rows import Row
from tests.support.examples import HALL


def test_what_waits_is_not_there_before_it_is_written_and_then_once(database: Database) -> None:
    with database.writing() as db:
        rows = NewRows()
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
