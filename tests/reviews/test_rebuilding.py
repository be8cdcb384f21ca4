"""All groups are rebuilt, some at a time."""

import pytest

from finder.domain.talking.beliefs import STARTING_TABLES
from finder.platform.db.database import Database
from finder.reviews.learning import queries as learning_queries
from tests.support.review_parts import NOW, add_group


def test_every_group_is_rebuilt_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning_queries, "AT_ONCE", 2)
    with database.writing() as db:
        made = {add_group(db, f"group-{n}") for n in range(5)}
        seen, last = [], None
        while ids := learning_queries.rebuild_some(db, last, NOW, STARTING_TABLES):
            seen += ids
            last = ids[-1]

        assert len(seen) == 5
        assert set(seen) == made
