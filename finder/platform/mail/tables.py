"""The outbox: letters that wait to be sent."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from finder.platform.db.database import Instant
from finder.platform.db.rows import Row
from finder.platform.emails import LONGEST_EMAIL


class OutboxRow(Row, table=True):
    """One message on its way. Its text is emptied once it is sent.

    dedupe_key: begins with the letter's purpose and a colon. mailbox: by which letters are counted.
    """

    __tablename__ = "outbox"
    __table_args__: ClassVar[tuple[sa.schema.SchemaItem, ...]] = (
        sa.CheckConstraint("attempts >= 0", name="attempts"),
        sa.Index("ix_outbox_due", "sent_at", "not_before_at"),
        sa.Index("ix_outbox_recipient", "recipient", "created_at"),
        sa.Index("ix_outbox_mailbox", "mailbox", "not_before_at"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    dedupe_key: str = Field(max_length=120, unique=True)
    recipient: str = Field(max_length=LONGEST_EMAIL)
    mailbox: str | None = Field(default=None, max_length=LONGEST_EMAIL)
    subject: str = Field(max_length=200)
    body: str = Field(sa_type=sa.Text)
    created_at: datetime = Field(sa_type=Instant)
    not_before_at: datetime = Field(sa_type=Instant)
    attempts: int = 0
    claimed_at: datetime | None = Field(default=None, sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    given_up_at: datetime | None = Field(default=None, sa_type=Instant)
