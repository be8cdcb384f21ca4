"""What a server counted before it forked is written down once."""

import os

import pytest
from sqlmodel import select

from finder.group_page.service import PageCounter
from finder.group_page.tables import PageViewsRow
from finder.platform.db.database import Database
from tests.support.organise_parts import listing
from tests.support.review_parts import TODAY


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
@pytest.mark.parametrize("looks", [0, 1])
def test_what_a_server_counted_before_it_forked_is_not_counted_twice(
    database: Database, looks: int
) -> None:
    counter = PageCounter(database)
    with database.writing() as db:
        hers = listing(db)
        db.commit()
    counter.count(hers, TODAY)
    database.close()

    child = os.fork()
    if child == 0:
        for _ in range(looks):
            counter.count(hers, TODAY)
        counter.write_down()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    counter.write_down()

    with database.session() as db:
        assert db.exec(select(PageViewsRow.times)).one() == 1 + looks
