"""What is kept of signing in, and of organisers at work. Rows never leave store/.

Annotations must be evaluated here (SQLModel reads them), so no `from __future__ import
annotations`. Secrets of links and of signed-in browsers are kept as hashes only.
"""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from finder.domain.accounts import LONGEST_CLAIM, LONGEST_PATH, ClaimState
from finder.domain.uploads import UploadState
from finder.store.column_types import Instant, words
from finder.store.tables import CLUSTERED, Row
from finder.store.tables_people import HASH_LENGTH, LONGEST_EMAIL


class SignInLinkRow(Row, table=True):
    """An emailed link that signs somebody in, once. The address need have no account yet."""

    __tablename__ = "sign_in_links"
    __table_args__: ClassVar[Any] = (
        sa.CheckConstraint("email = lower(email)", name="email_is_lower"),
        sa.Index("ix_sign_in_links_email", "email", "created_at"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(max_length=LONGEST_EMAIL)
    token_hash: str = Field(max_length=HASH_LENGTH, unique=True)
    next_path: str = Field(default="", max_length=LONGEST_PATH)
    created_at: datetime = Field(sa_type=Instant, index=True)
    used_at: datetime | None = Field(default=None, sa_type=Instant)


class SignInRow(Row, table=True):
    """A browser that is signed in. Removing the row signs it out at once."""

    __tablename__ = "sign_ins"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", ondelete="CASCADE", index=True)
    secret_hash: str = Field(max_length=HASH_LENGTH, unique=True)
    created_at: datetime = Field(sa_type=Instant, index=True)
    seen_on: date


class ModeratorRow(Row, table=True):
    """An account that may moderate."""

    __tablename__ = "moderators"
    account_id: UUID = Field(foreign_key="accounts.id", primary_key=True, ondelete="CASCADE")
    since_at: datetime = Field(sa_type=Instant)


class EditorRow(Row, table=True):
    """An account that may change an organiser's listings."""

    __tablename__ = "editors"
    __table_args__: ClassVar[Any] = (
        sa.Index("ix_editors_account", "account_id"),
        CLUSTERED,
    )
    organiser_id: UUID = Field(foreign_key="organisers.id", primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", primary_key=True, ondelete="CASCADE")
    since_at: datetime = Field(sa_type=Instant)


class InvitationRow(Row, table=True):
    """An emailed invitation to become an editor of an organiser."""

    __tablename__ = "invitations"
    __table_args__: ClassVar[Any] = (
        sa.CheckConstraint("email = lower(email)", name="email_is_lower"),
        sa.Index("ix_invitations_organiser", "organiser_id", "created_at"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organiser_id: UUID = Field(foreign_key="organisers.id")
    invited_by: UUID = Field(foreign_key="accounts.id")
    email: str = Field(max_length=LONGEST_EMAIL)
    token_hash: str = Field(max_length=HASH_LENGTH, unique=True)
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant, index=True)
    accepted_at: datetime | None = Field(default=None, sa_type=Instant)


class ListingHistoryRow(Row, table=True):
    """One version of a listing: who changed what, and the whole draft, so that it can be undone.

    account_id: None where the command line or a feed did it. draft: JSON.
    """

    __tablename__ = "listing_history"
    __table_args__: ClassVar[Any] = (sa.CheckConstraint("version >= 1", name="version"),)
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    version: int = Field(primary_key=True)
    changed_at: datetime = Field(sa_type=Instant)
    account_id: UUID | None = Field(default=None, foreign_key="accounts.id")
    changed: str = Field(sa_type=sa.Text)
    draft: str = Field(sa_type=sa.Text)


class UnfinishedListingRow(Row, table=True):
    """A listing that somebody is still writing, step by step. typed: JSON of the forms so far."""

    __tablename__ = "unfinished_listings"
    __table_args__: ClassVar[Any] = (sa.CheckConstraint("version >= 1", name="version"),)
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", ondelete="CASCADE", index=True)
    organiser_id: UUID | None = Field(default=None, foreign_key="organisers.id")
    typed: str = Field(default="{}", sa_type=sa.Text)
    version: int = 1
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)


class PageViewsRow(Row, table=True):
    """How often a group's page was opened in a week, which begins on monday: a plain count."""

    __tablename__ = "page_views"
    __table_args__: ClassVar[Any] = (
        sa.CheckConstraint("times >= 0", name="times"),
        CLUSTERED,
    )
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    monday: date = Field(primary_key=True)
    times: int


class ClaimRow(Row, table=True):
    """Somebody says that a listing is theirs; a moderator decides. One claim for each of both."""

    __tablename__ = "claims"
    __table_args__: ClassVar[Any] = (
        sa.UniqueConstraint("group_id", "account_id"),
        sa.Index("ix_claims_waiting", "state", "created_at"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    group_id: UUID = Field(foreign_key="groups.id")
    account_id: UUID = Field(foreign_key="accounts.id", ondelete="CASCADE")
    why: str = Field(max_length=LONGEST_CLAIM)
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


class UploadRow(Row, table=True):
    """A file that an organiser sent, kept for an hour: what was checked is what comes in.

    report: JSON of what the check found. claimed_at: since when somebody works on it.
    """

    __tablename__ = "uploads"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", ondelete="CASCADE", index=True)
    state: UploadState = Field(sa_type=words(UploadState))
    data: bytes = Field(sa_type=sa.LargeBinary)
    report: str = Field(default="{}", sa_type=sa.Text)
    done: int = 0
    created_at: datetime = Field(sa_type=Instant, index=True)
    claimed_at: datetime | None = Field(default=None, sa_type=Instant)
