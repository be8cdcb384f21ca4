"""Queries on the outbox. A message is queued in the transaction that causes it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.platform.db.database import Db
from finder.platform.emails import mailbox
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


def queue(
    db: Db,
    dedupe_key: str,
    recipient: str,
    subject: str,
    body: str,
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    """Put a message into the outbox; the caller commits it with the change that it is about.

    dedupe_key: begins with the letter's purpose and a colon. not_before: when it may be sent.
    """
    db.add(
        OutboxRow(
            dedupe_key=dedupe_key,
            recipient=recipient,
            mailbox=mailbox(recipient),
            subject=subject,
            body=body,
            created_at=now,
            not_before_at=not_before or now,
        )
    )


def count_to(
    db: Db, purpose: str, recipient: str, since: datetime, until: datetime | None = None
) -> int:
    """How many messages of a purpose may be sent to the mailbox of an address after a moment, and
    before another, sent or not. purpose: what a dedupe key begins with, such as "report".
    """
    due = [col(OutboxRow.mailbox) == mailbox(recipient), col(OutboxRow.not_before_at) > since]
    if until:
        due.append(col(OutboxRow.not_before_at) <= until)
    return _count(db, purpose, *due)


def count_queued(db: Db, purpose: str, since: datetime) -> int:
    """How many messages of a purpose were queued since a moment, to whomever."""
    return _count(db, purpose, col(OutboxRow.created_at) > since)


def _count(db: Db, purpose: str, *where: sa.ColumnElement[bool]) -> int:
    is_of_purpose = col(OutboxRow.dedupe_key).startswith(f"{purpose}:", autoescape=True)
    return db.exec(
        select(sa.func.count()).select_from(OutboxRow).where(is_of_purpose, *where)
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
