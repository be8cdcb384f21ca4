"""What is kept of other people's feeds: how far a run came, and which listing came from where.

Annotations must be evaluated here (SQLModel reads them), so no `from __future__ import
annotations`.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from finder.open_data.feed_import.feed_listing import LONGEST_SOURCE_ID
from finder.platform.db.database import Instant
from finder.platform.db.rows import CLUSTERED, Row


class FeedRow(Row, table=True):
    """A feed that was brought in, and its last run.

    next_page: where a run that was stopped goes on. finished_at: None until a run is done.
    """

    __tablename__ = "feeds"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.CheckConstraint("run >= 1", name="run"),
        sa.CheckConstraint("next_page >= 1", name="next_page"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    address: str = Field(max_length=500, unique=True)
    run: int = 1
    next_page: int = 1
    active_at: datetime = Field(sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)


class FeedListingRow(Row, table=True):
    """A listing that came from a feed. taken_version: the group's, as the feed left it.

    seen_run: the last run that met it. digest: of the listing as the feed had it then.
    """

    __tablename__ = "feed_listings"
    __table_args__: ClassVar[tuple[object, ...]] = (CLUSTERED,)
    feed_id: UUID = Field(foreign_key="feeds.id", primary_key=True)
    source_id: str = Field(max_length=LONGEST_SOURCE_ID, primary_key=True)
    group_id: UUID = Field(foreign_key="groups.id", unique=True, ondelete="CASCADE")
    taken_version: int
    digest: str = Field(max_length=64)
    seen_run: int
    is_ended: bool = False


class FeedVenueRow(Row, table=True):
    """A venue that a feed's location made, and so may change."""

    __tablename__ = "feed_venues"
    __table_args__: ClassVar[tuple[object, ...]] = (CLUSTERED,)
    venue_id: UUID = Field(foreign_key="venues.id", primary_key=True, ondelete="CASCADE")
    feed_id: UUID = Field(foreign_key="feeds.id", index=True)
    source_id: str = Field(max_length=LONGEST_SOURCE_ID)
