"""What is kept of reports, of moderators' decisions, and of what held a review.

Annotations must be evaluated here (SQLModel reads them), so no `from __future__ import
annotations`. Ids in the log point nowhere by a foreign key: it outlives what it tells of.
"""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from finder.domain.duplicates import DuplicateState
from finder.domain.holding import Rule
from finder.domain.marks import MARK_LENGTH
from finder.domain.moderation import LONGEST_REASON, Action, ItemKind, Reason
from finder.domain.reports import LONGEST_REPORT, ReportKind, ReportState
from finder.store.column_types import Instant
from finder.store.column_types import words as one_of
from finder.store.tables import CLUSTERED, Row
from finder.store.tables_people import HASH_LENGTH, LONGEST_EMAIL


class ReportRow(Row, table=True):
    """Somebody says that something is wrong. They need no account.

    sender_mark: tells for 30 days whether two reports come from two people.
    """

    __tablename__ = "reports"
    __table_args__: ClassVar[Any] = (
        sa.CheckConstraint("email = lower(email)", name="email_is_lower"),
        sa.CheckConstraint("(state = 'waiting') = (answered_at IS NULL)", name="answered"),
        sa.Index("ix_reports_waiting", "state", "created_at"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    number: str = Field(max_length=12, unique=True)
    kind: ReportKind = Field(sa_type=one_of(ReportKind))
    group_id: UUID | None = Field(default=None, foreign_key="groups.id", index=True)
    review_id: UUID | None = Field(default=None, foreign_key="reviews.id", ondelete="SET NULL")
    decision_id: UUID | None = None
    words: str = Field(default="", max_length=LONGEST_REPORT)
    email: str | None = Field(default=None, max_length=LONGEST_EMAIL)
    sender_mark: str | None = Field(default=None, max_length=MARK_LENGTH)
    state: ReportState = Field(sa_type=one_of(ReportState))
    created_at: datetime = Field(sa_type=Instant)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)


class ModerationLogRow(Row, table=True):
    """One decision, kept for ever: the database itself refuses to change or remove it."""

    __tablename__ = "moderation_log"
    __table_args__: ClassVar[Any] = (
        sa.Index("ix_moderation_log_item", "item_kind", "item_id", "at"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    at: datetime = Field(sa_type=Instant, index=True)
    moderator_id: UUID
    item_kind: ItemKind = Field(sa_type=one_of(ItemKind))
    item_id: UUID
    group_id: UUID | None = None
    action: Action = Field(sa_type=one_of(Action))
    reason: Reason = Field(sa_type=one_of(Reason))
    words: str = Field(max_length=LONGEST_REASON)
    before: str = Field(sa_type=sa.Text)
    after: str = Field(sa_type=sa.Text)
    undoes: UUID | None = Field(default=None, unique=True)


class ReviewHoldRow(Row, table=True):
    """A rule that holds a review."""

    __tablename__ = "review_holds"
    __table_args__: ClassVar[Any] = (CLUSTERED,)
    review_id: UUID = Field(foreign_key="reviews.id", primary_key=True, ondelete="CASCADE")
    rule: Rule = Field(sa_type=one_of(Rule), primary_key=True)


class DuplicateRow(Row, table=True):
    """Two listings that may be the same group. group_id sorts before other_id."""

    __tablename__ = "duplicates"
    __table_args__: ClassVar[Any] = (
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


class SuspensionRow(Row, table=True):
    """An account that may look, but whose reviews are held and whose listings can't be changed.

    Without its account it is kept by marks, from which no address can be read.
    """

    __tablename__ = "suspensions"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    account_id: UUID | None = Field(
        default=None, foreign_key="accounts.id", ondelete="SET NULL", index=True
    )
    email_mark: str = Field(max_length=HASH_LENGTH, index=True)
    network_mark: str | None = Field(default=None, max_length=MARK_LENGTH, index=True)
    since_at: datetime = Field(sa_type=Instant)
    lifted_at: datetime | None = Field(default=None, sa_type=Instant)


class AppealLinkRow(Row, table=True):
    """A mailed link by which somebody may appeal against a decision, once."""

    __tablename__ = "appeal_links"
    __table_args__: ClassVar[Any] = (
        sa.CheckConstraint("email = lower(email)", name="email_is_lower"),
    )
    token_hash: str = Field(max_length=HASH_LENGTH, primary_key=True)
    decision_id: UUID
    email: str = Field(max_length=LONGEST_EMAIL)
    created_at: datetime = Field(sa_type=Instant, index=True)
    used_at: datetime | None = Field(default=None, sa_type=Instant)
