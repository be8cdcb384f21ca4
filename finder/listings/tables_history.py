"""A listing's versions, the rating's learned tables, doubles and merged listings."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from finder.listings.changes import ChangedBy
from finder.listings.duplicates.rules import DuplicateState
from finder.platform.db.database import Instant
from finder.platform.db.database import words as one_of
from finder.platform.db.rows import Row


class ListingHistoryRow(Row, table=True):
    """One version of a listing: who changed what, and the whole draft, so that it can be undone.

    account_id: None where the command line, a feed or the site itself did it. changed_by: None in
    versions from a release that did not write it down. draft: JSON.
    """

    __tablename__ = "listing_history"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.CheckConstraint("version >= 1", name="version"),
    )
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    version: int = Field(primary_key=True)
    changed_at: datetime = Field(sa_type=Instant)
    account_id: UUID | None = Field(default=None, foreign_key="accounts.id")
    changed_by: ChangedBy | None = Field(default=None, sa_type=one_of(ChangedBy))
    changed: str = Field(sa_type=sa.Text)
    draft: str = Field(sa_type=sa.Text)


class LearnedTablesRow(Row, table=True):
    """The talking model's tables as learned last: at most one row. JSON of numbers."""

    __tablename__ = "learned_tables"
    __table_args__: ClassVar[tuple[object, ...]] = (sa.CheckConstraint("id = 1", name="only_one"),)
    id: int = Field(primary_key=True)
    tables: str = Field(sa_type=sa.Text)
    groups: int
    learned_at: datetime = Field(sa_type=Instant)


class DuplicateRow(Row, table=True):
    """Two listings that may be the same group. group_id sorts before other_id."""

    __tablename__ = "duplicates"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.UniqueConstraint("group_id", "other_id"),
        sa.CheckConstraint("group_id < other_id", name="in_order"),
        sa.Index("ix_duplicates_waiting", "state", "found_at"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    group_id: UUID = Field(foreign_key="groups.id")
    other_id: UUID = Field(foreign_key="groups.id")
    why: str = Field(max_length=300)
    state: DuplicateState = Field(sa_type=one_of(DuplicateState))
    found_at: datetime = Field(sa_type=Instant)


class MergedGroupRow(Row, table=True):
    """A listing that was put together with another: its address leads there."""

    __tablename__ = "merged_groups"
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    into_id: UUID = Field(foreign_key="groups.id", index=True)
    at: datetime = Field(sa_type=Instant)
