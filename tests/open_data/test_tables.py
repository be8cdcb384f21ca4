"""The second guard of what is kept of feeds."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from finder.open_data.feed_import.tables import FeedListingRow, FeedRow
from finder.platform.db.database import Database
from tests.support.examples import TUESDAY_NOON, group, keep


def test_a_feed_is_known_by_its_address_once(database: Database) -> None:
    with database.writing() as db:
        db.add_all(FeedRow(address="a", active_at=TUESDAY_NOON) for _ in range(2))

        with pytest.raises(IntegrityError, match=r"uq_feeds_address|feeds\.address"):
            db.flush()


def test_a_run_and_a_page_are_counted_from_one(database: Database) -> None:
    for name in ("run", "next_page"):
        with database.writing() as db:
            db.add(FeedRow(address=name, active_at=TUESDAY_NOON, **{name: 0}))
            with pytest.raises(IntegrityError, match=f"ck_feeds_{name}"):
                db.flush()


def test_a_group_comes_from_one_listing_only(
    database: Database,
) -> None:
    with database.writing() as db:
        [saved] = keep(db, group("g"))
        feed = FeedRow(id=uuid4(), address="a", active_at=TUESDAY_NOON)
        db.add(feed)
        db.flush()
        for source in ("1", "2"):
            db.add(
                FeedListingRow(
                    feed_id=feed.id,
                    source_id=source,
                    group_id=saved.public_id,
                    taken_version=1,
                    digest="",
                    seen_run=1,
                )
            )

        with pytest.raises(IntegrityError, match=r"uq_feed_listings_group_id|group_id"):
            db.flush()
