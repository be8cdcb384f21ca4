"""Reports, appeals and the log of decisions."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from finder.moderation.reports.rules import LONGEST_REPORT, ReportKind, ReportState
from finder.moderation.rules import LONGEST_REASON, Action, ItemKind, Reason
from finder.platform.db.database import Instant
from finder.platform.db.database import words as one_of
from finder.platform.db.rows import Row
from finder.platform.emails import LONGEST_EMAIL
from finder.platform.tokens import HASH_LENGTH, MARK_LENGTH


class ReportRow(Row, table=True):
    """Somebody says that something is wrong. They need no account.

    sender_mark: for 30 days it tells whether two reports come from two people.
    """

    __tablename__ = "reports"
    __table_args__: ClassVar[tuple[object, ...]] = (
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
    __table_args__: ClassVar[tuple[object, ...]] = (
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


class AppealLinkRow(Row, table=True):
    """A mailed link by which somebody may appeal against a decision, once."""

    __tablename__ = "appeal_links"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.CheckConstraint("email = lower(email)", name="email_is_lower"),
    )
    token_hash: str = Field(max_length=HASH_LENGTH, primary_key=True)
    decision_id: UUID
    email: str = Field(max_length=LONGEST_EMAIL)
    created_at: datetime = Field(sa_type=Instant, index=True)
    used_at: datetime | None = Field(default=None, sa_type=Instant)
