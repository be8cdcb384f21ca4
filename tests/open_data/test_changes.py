"""When listings changed."""

from datetime import timedelta

from finder.domain.vocabulary import ListingState
from finder.open_data.queries import count_of_real, newest_changes, real_pages
from finder.platform.db.database import Database
from finder.reviews.saving import save
from tests.support.examples import TUESDAY_NOON, group, keep


def test_the_last_changed_come_first(database: Database) -> None:
    with database.session() as db:
        saved = [save(db, group(f"g{n}"), at=TUESDAY_NOON + timedelta(hours=n)) for n in range(4)]
        ids = [one.public_id for one in saved]

        found = newest_changes(db, ids[:3], most=2)

    assert list(found) == [ids[2], ids[1]]
    assert found[ids[2]] == (TUESDAY_NOON + timedelta(hours=2),) * 2


def test_examples_and_hidden_groups_are_no_pages_for_search_engines(database: Database) -> None:
    with database.session() as db:
        (real,) = keep(db, group("real"))
        keep(db, group("example", is_example=True))
        keep(db, group("hidden"), state=ListingState.HIDDEN)

        assert count_of_real(db) == 1
        assert real_pages(db, 0, 10) == [(real.public_id, TUESDAY_NOON)]
        assert real_pages(db, 1, 10) == []
