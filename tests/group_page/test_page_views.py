"""Counts of a week are added up, also by two who write at once."""

from datetime import date
from uuid import UUID

from finder.group_page import queries as group_page_queries
from finder.platform.db.database import Database
from tests.support.organise_parts import listing

MONDAY = date(2026, 11, 23)


def test_counts_are_added_to_what_is_there(database: Database) -> None:
    with database.writing() as db:
        hers = listing(db)
        for _ in range(2):
            group_page_queries.add_page_views(db, {(hers, MONDAY): 3, (UUID(int=7), MONDAY): 1})
            db.commit()

        assert group_page_queries.page_views_by_week(db, hers, MONDAY) == {MONDAY: 6}
        assert group_page_queries.page_views_by_week(db, hers, date(2026, 11, 30)) == {}
