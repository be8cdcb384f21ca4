"""The second guard of parents' answers whether a group was on."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from finder.group_page.tables import WasItOnRow
from finder.platform.db.database import Database
from finder.platform.db.rows import NAMES
from tests.support.examples import SONGS, keep

ON = date(2026, 11, 24)


def test_a_line_counts_at_least_one_answer(database: Database) -> None:
    with database.writing() as db:
        [saved] = keep(db, SONGS)
        db.add(WasItOnRow(group_id=saved.public_id, on=ON, was_on=True, times=0))

        with pytest.raises(IntegrityError, match="ck_was_it_on_times"):
            db.flush()


def test_answers_belong_to_a_group_that_there_is(database: Database) -> None:
    with database.writing() as db:
        db.add(WasItOnRow(group_id=UUID(int=7), on=ON, was_on=True, times=1))

        with pytest.raises(IntegrityError, match=r"fk_was_it_on_group_id|FOREIGN KEY"):
            db.flush()


def test_nothing_is_kept_of_whoever_answered() -> None:
    columns = {column.name for column in NAMES.tables["was_it_on"].columns}

    assert columns == {"group_id", "on", "was_on", "times"}
