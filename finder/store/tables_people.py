"""What is kept of people: accounts, reviews, and mail on its way. Rows never leave store/.

Annotations must be evaluated here (SQLModel reads them), so no `from __future__ import
annotations`.
"""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from finder.domain.facts import Fact
from finder.domain.marks import MARK_LENGTH
from finder.domain.reviews import LONGEST_ADVICE, LONGEST_WORDS, BabyAge, ReviewState
from finder.store.column_types import Instant, words
from finder.store.tables import CLUSTERED, Row

LONGEST_EMAIL = 254
HASH_LENGTH = 64


class AccountRow(Row, table=True):
    """An email address that proved itself."""

    __tablename__ = "accounts"
    __table_args__: ClassVar[Any] = (
        sa.CheckConstraint("email = lower(email)", name="email_is_lower"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(max_length=LONGEST_EMAIL, unique=True)
    created_at: datetime = Field(sa_type=Instant)


class ReviewRow(Row, table=True):
    """One parent's answers about one group.

    It has a pending email until that address proves itself, and an account from then on. One
    whose author deleted the account and let it stand has neither.
    form_key tells a form that is sent twice; links are kept as hashes only.
    """

    __tablename__ = "reviews"
    __table_args__: ClassVar[Any] = (
        sa.UniqueConstraint("account_id", "group_id"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        sa.CheckConstraint("visit_month BETWEEN 1 AND 12", name="visit_month"),
        sa.CheckConstraint(
            "state <> 'unconfirmed' OR account_id IS NULL", name="account_once_confirmed"
        ),
        sa.CheckConstraint(
            "(state = 'unconfirmed') = (pending_email IS NOT NULL)", name="email_until_confirmed"
        ),
        # "newest first" of one group, and its counts, from one range of this index.
        sa.Index("ix_reviews_group", "group_id", "state", "visit_year", "visit_month"),
        sa.Index("ix_reviews_waiting", "state", "created_at"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    group_id: UUID = Field(foreign_key="groups.id")
    account_id: UUID | None = Field(default=None, foreign_key="accounts.id")
    pending_email: str | None = Field(default=None, max_length=LONGEST_EMAIL)
    form_key: str | None = Field(default=None, max_length=HASH_LENGTH, unique=True)
    token_hash: str | None = Field(default=None, max_length=HASH_LENGTH, unique=True)
    manage_hash: str | None = Field(default=None, max_length=HASH_LENGTH, unique=True)
    state: ReviewState = Field(sa_type=words(ReviewState))
    level: int
    visit_year: int
    visit_month: int
    came_alone: bool | None = None
    baby_age: BabyAge | None = Field(default=None, sa_type=words(BabyAge))
    was_first_time: bool | None = None
    would_go_again: bool | None = None
    words: str = Field(default="", max_length=LONGEST_WORDS)
    advice: str = Field(default="", max_length=LONGEST_ADVICE)
    print_words: bool = True
    network_mark: str | None = Field(default=None, max_length=MARK_LENGTH)
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    confirmed_at: datetime | None = Field(default=None, sa_type=Instant)
    published_at: datetime | None = Field(default=None, sa_type=Instant)


class ReviewFactRow(Row, table=True):
    """One answer of a review; a skipped question has no row."""

    __tablename__ = "review_facts"
    __table_args__: ClassVar[Any] = (CLUSTERED,)
    review_id: UUID = Field(foreign_key="reviews.id", primary_key=True, ondelete="CASCADE")
    fact: Fact = Field(sa_type=words(Fact), primary_key=True)
    is_yes: bool


class OutboxRow(Row, table=True):
    """One message on its way. Its text is emptied once it is sent."""

    __tablename__ = "outbox"
    __table_args__: ClassVar[Any] = (
        sa.CheckConstraint("attempts >= 0", name="attempts"),
        sa.Index("ix_outbox_due", "sent_at", "not_before_at"),
        sa.Index("ix_outbox_recipient", "recipient", "created_at"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    dedupe_key: str = Field(max_length=120, unique=True)
    recipient: str = Field(max_length=LONGEST_EMAIL)
    subject: str = Field(max_length=200)
    body: str = Field(sa_type=sa.Text)
    created_at: datetime = Field(sa_type=Instant)
    not_before_at: datetime = Field(sa_type=Instant)
    attempts: int = 0
    claimed_at: datetime | None = Field(default=None, sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    given_up_at: datetime | None = Field(default=None, sa_type=Instant)


class LearnedTablesRow(Row, table=True):
    """The talking model's tables as learned last: at most one row. JSON of numbers."""

    __tablename__ = "learned_tables"
    __table_args__: ClassVar[Any] = (sa.CheckConstraint("id = 1", name="only_one"),)
    id: int = Field(primary_key=True)
    tables: str = Field(sa_type=sa.Text)
    groups: int
    learned_at: datetime = Field(sa_type=Instant)
