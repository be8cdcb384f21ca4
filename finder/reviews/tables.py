"""Reviews, their answers, and what holds them."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from finder.domain.facts import Fact
from finder.platform.db.database import Instant, words
from finder.platform.db.database import words as one_of
from finder.platform.db.rows import CLUSTERED, Row
from finder.platform.emails import LONGEST_EMAIL
from finder.platform.tokens import HASH_LENGTH, MARK_LENGTH
from finder.reviews.hold_rules import Rule
from finder.reviews.rules import LONGEST_ADVICE, LONGEST_WORDS, BabyAge, ReviewState


class ReviewRow(Row, table=True):
    """One parent's answers about one group.

    It has a pending email until that address proves itself, and an account from then on. One
    whose author deleted the account and let it stand has neither.
    form_key tells a form that is sent twice; links are kept as hashes only. is_looked_at: a
    moderator has decided on it, so that new words in it wait for the next look.
    """

    __tablename__ = "reviews"
    __table_args__: ClassVar[tuple[object, ...]] = (
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
    is_looked_at: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    network_mark: str | None = Field(default=None, max_length=MARK_LENGTH)
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    confirmed_at: datetime | None = Field(default=None, sa_type=Instant)
    published_at: datetime | None = Field(default=None, sa_type=Instant)


class ReviewFactRow(Row, table=True):
    """One answer of a review; a skipped question has no row."""

    __tablename__ = "review_facts"
    __table_args__: ClassVar[tuple[object, ...]] = (CLUSTERED,)
    review_id: UUID = Field(foreign_key="reviews.id", primary_key=True, ondelete="CASCADE")
    fact: Fact = Field(sa_type=words(Fact), primary_key=True)
    is_yes: bool


class ReviewHoldRow(Row, table=True):
    """A rule that holds a review."""

    __tablename__ = "review_holds"
    __table_args__: ClassVar[tuple[object, ...]] = (CLUSTERED,)
    review_id: UUID = Field(foreign_key="reviews.id", primary_key=True, ondelete="CASCADE")
    rule: Rule = Field(sa_type=one_of(Rule), primary_key=True)
