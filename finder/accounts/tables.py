"""Accounts, how they signed in, and what they may do."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlmodel import Field

from finder.accounts.rules import LONGEST_PATH
from finder.platform.db.database import Instant
from finder.platform.db.rows import CLUSTERED, Row
from finder.platform.emails import LONGEST_EMAIL, mailbox
from finder.platform.tokens import HASH_LENGTH, MARK_LENGTH


class SignInLinkRow(Row, table=True):
    """An emailed link that signs somebody in, once. The address need have no account yet.

    network_mark: of who asked, so that a stranger uses up nobody's links.
    """

    __tablename__ = "sign_in_links"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.CheckConstraint("email = lower(email)", name="email_is_lower"),
        sa.Index("ix_sign_in_links_email", "email", "created_at"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(max_length=LONGEST_EMAIL)
    token_hash: str = Field(max_length=HASH_LENGTH, unique=True)
    next_path: str = Field(default="", max_length=LONGEST_PATH)
    network_mark: str | None = Field(default=None, max_length=MARK_LENGTH)
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
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.Index("ix_editors_account", "account_id"),
        CLUSTERED,
    )
    organiser_id: UUID = Field(foreign_key="organisers.id", primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", primary_key=True, ondelete="CASCADE")
    since_at: datetime = Field(sa_type=Instant)


class GroupEditorRow(Row, table=True):
    """An account that may change one listing, and no other of its organiser."""

    __tablename__ = "group_editors"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.Index("ix_group_editors_account", "account_id"),
        CLUSTERED,
    )
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    account_id: UUID = Field(foreign_key="accounts.id", primary_key=True, ondelete="CASCADE")
    since_at: datetime = Field(sa_type=Instant)


class InvitationRow(Row, table=True):
    """An emailed invitation to become an editor of an organiser."""

    __tablename__ = "invitations"
    __table_args__: ClassVar[tuple[object, ...]] = (
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


class NoInvitationsRow(Row, table=True):
    """A mailbox that wants no invitations, by a mark from which no address can be read."""

    __tablename__ = "no_invitations"
    email_mark: str = Field(max_length=HASH_LENGTH, primary_key=True)
    since_at: datetime = Field(sa_type=Instant)


def _mailbox_of(context: DefaultExecutionContext) -> str:
    values: Mapping[str, str] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return mailbox(values["email"])


class AccountRow(Row, table=True):
    """An email address that proved itself.

    mailbox: by which people are counted; two accounts may share one, and stay two. None where a
    machine of an older release made the account.
    """

    __tablename__ = "accounts"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.CheckConstraint("email = lower(email)", name="email_is_lower"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(max_length=LONGEST_EMAIL, unique=True)
    mailbox: str | None = Field(
        default=None,
        max_length=LONGEST_EMAIL,
        index=True,
        sa_column_kwargs={"default": _mailbox_of},
    )
    created_at: datetime = Field(sa_type=Instant)


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
