"""Rows that wait for a background worker: each is claimed by one worker at a time."""

from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from finder.platform.db.database import Db


class Claimable(Protocol):
    """A row that a worker can claim. claimed_at: since when somebody works on it."""

    id: UUID
    claimed_at: datetime | None


RowT = TypeVar("RowT", bound=Claimable)


def claim_next(
    db: Db,
    row_type: type[RowT],
    *waits: sa.ColumnElement[bool],
    oldest_by: Mapped[datetime],
    lease: timedelta,
    now: datetime,
) -> RowT | None:
    """Claim the oldest row that waits. None where no row waits.

    Two workers never get the same row: PostgreSQL skips locked rows, SQLite has one writer. A row
    claimed `lease` ago is taken again: its worker died. The caller commits before it works, so
    that no lock is held meanwhile.
    """
    claimed_at = col(row_type.claimed_at)
    row = db.exec(
        select(row_type)
        .where(*waits, sa.or_(claimed_at.is_(None), claimed_at <= now - lease))
        .order_by(oldest_by, col(row_type.id))
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).first()
    if row is not None:
        row.claimed_at = now
        db.flush()
    return row
