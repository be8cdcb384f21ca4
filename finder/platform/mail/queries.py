"""Queries on the outbox. A message is queued in the transaction that causes it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.platform.db.database import Db
from finder.platform.jobs import work_queue
from finder.platform.mail.tables import OutboxRow

LEASE = timedelta(minutes=15)
"""A message was claimed this long ago and neither sent nor put off: its worker has died."""


@dataclass(frozen=True)
class Letter:
    """One message to send. attempts counts the present one."""

    id: UUID
    recipient: str
    subject: str
    body: str
    created_at: datetime
    attempts: int


def queue(db: Db, dedupe_key: str, recipient: str, subject: str, body: str, now: datetime) -> None:
    """Put a message into the outbox; the caller commits it with the change that it is about."""
    db.add(
        OutboxRow(
            dedupe_key=dedupe_key,
            recipient=recipient,
            subject=subject,
            body=body,
            created_at=now,
            not_before_at=now,
        )
    )


def count_to(db: Db, recipient: str, since: datetime) -> int:
    """How many messages were queued to one address since a moment, sent or not."""
    return db.exec(
        select(sa.func.count())
        .select_from(OutboxRow)
        .where(col(OutboxRow.recipient) == recipient, col(OutboxRow.created_at) > since)
    ).one()


def claim_next(db: Db, now: datetime) -> Letter | None:
    """The oldest message that is due, marked as ours; None where there is none.

    The caller commits before it sends.
    """
    row = work_queue.claim_next(
        db,
        OutboxRow,
        col(OutboxRow.sent_at).is_(None),
        col(OutboxRow.given_up_at).is_(None),
        col(OutboxRow.not_before_at) <= now,
        oldest_by=col(OutboxRow.not_before_at),
        lease=LEASE,
        now=now,
    )
    if row is None:
        return None
    row.attempts += 1
    return Letter(row.id, row.recipient, row.subject, row.body, row.created_at, row.attempts)


def mark_sent(db: Db, letter_id: UUID, now: datetime) -> None:
    """Note that a message was sent, and delete its text."""
    _close(db, letter_id, sent_at=now, body="")


def mark_given_up(db: Db, letter_id: UUID, now: datetime) -> None:
    """Stop trying to send a message, and delete its text."""
    _close(db, letter_id, given_up_at=now, body="")


def put_off(db: Db, letter_id: UUID, until: datetime) -> None:
    """Let a message be tried again, no earlier than `until`."""
    _close(db, letter_id, claimed_at=None, not_before_at=until)


def count_waiting(db: Db) -> int:
    """How many messages are neither sent nor given up."""
    return db.exec(
        select(sa.func.count())
        .select_from(OutboxRow)
        .where(col(OutboxRow.sent_at).is_(None), col(OutboxRow.given_up_at).is_(None))
    ).one()


def oldest_waiting(db: Db) -> datetime | None:
    """When the message that waits longest was queued; None where none waits."""
    return db.exec(
        select(sa.func.min(col(OutboxRow.created_at))).where(
            col(OutboxRow.sent_at).is_(None), col(OutboxRow.given_up_at).is_(None)
        )
    ).one()


def forget_closed(db: Db, before: datetime) -> int:
    """Remove messages that were sent or given up and queued before a moment. Gives how many."""
    done = sa.or_(col(OutboxRow.sent_at).is_not(None), col(OutboxRow.given_up_at).is_not(None))
    return db.exec(sa.delete(OutboxRow).where(done, col(OutboxRow.created_at) < before)).rowcount


def _close(db: Db, letter_id: UUID, **values: object) -> None:
    db.exec(sa.update(OutboxRow).where(col(OutboxRow.id) == letter_id).values(**values))
