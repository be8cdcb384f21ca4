"""Uploaded files that wait or were checked."""

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from finder.platform.db.database import Instant, words
from finder.platform.db.rows import Row
from finder.spreadsheets.rules import UploadState


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
