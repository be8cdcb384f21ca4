"""Listings that are being written, claims of listings, and reminders."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field

from finder.organise.claims.rules import LONGEST_CLAIM, ClaimState
from finder.platform.db.database import Instant, words
from finder.platform.db.rows import Row
from finder.platform.tokens import HASH_LENGTH


class UnfinishedListingRow(Row, table=True):
    """A listing that somebody is still writing, step by step. typed: JSON of the forms so far."""

    __tablename__ = "unfinished_listings"
    __table_args__: ClassVar[tuple[SchemaItem, ...]] = (
        sa.CheckConstraint("version >= 1", name="version"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", ondelete="CASCADE", index=True)
    organiser_id: UUID | None = Field(default=None, foreign_key="organisers.id")
    typed: str = Field(default="{}", sa_type=sa.Text)
    version: int = 1
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


class ClaimRow(Row, table=True):
    """Somebody says that a listing is theirs; a moderator decides. One claim for each of both.

    of_organiser: they ask for all listings of its organiser.
    """

    __tablename__ = "claims"
    __table_args__: ClassVar[tuple[SchemaItem, ...]] = (
        sa.UniqueConstraint("group_id", "account_id"),
        sa.Index("ix_claims_waiting", "state", "created_at"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    group_id: UUID = Field(foreign_key="groups.id")
    account_id: UUID = Field(foreign_key="accounts.id", ondelete="CASCADE")
    why: str = Field(max_length=LONGEST_CLAIM)
    of_organiser: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    state: ClaimState = Field(sa_type=words(ClaimState))
    created_at: datetime = Field(sa_type=Instant)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)


class ReminderRow(Row, table=True):
    """A mailed link by which an editor says, without signing in, that listings are still true."""

    __tablename__ = "reminders"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organiser_id: UUID = Field(foreign_key="organisers.id")
    account_id: UUID = Field(foreign_key="accounts.id", ondelete="CASCADE")
    token_hash: str = Field(max_length=HASH_LENGTH, unique=True)
    created_at: datetime = Field(sa_type=Instant, index=True)
