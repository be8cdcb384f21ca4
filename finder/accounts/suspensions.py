"""Queries on accounts that are suspended. An address that comes back is known by its mark."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts.tables import AccountRow, SuspensionRow
from finder.platform import tokens
from finder.platform.db.database import Db


def add(db: Db, account_id: UUID, network_mark: str | None, now: datetime) -> None:
    """Suspend an account, and reviews from the network by whose mark it wrote."""
    email = db.get_one(AccountRow, account_id).email
    row = SuspensionRow(
        account_id=account_id,
        email_mark=tokens.email_mark(email),
        network_mark=network_mark,
        since_at=now,
    )
    db.add(row)
    db.flush()


def lift(db: Db, account_id: UUID, now: datetime) -> None:
    """End an account's suspension."""
    db.exec(
        sa.update(SuspensionRow)
        .where(col(SuspensionRow.account_id) == account_id, col(SuspensionRow.lifted_at).is_(None))
        .values(lifted_at=now)
    )


def is_suspended(db: Db, account_id: UUID) -> bool:
    """Whether an account is suspended."""
    found = db.exec(
        select(SuspensionRow.id).where(
            col(SuspensionRow.account_id) == account_id, col(SuspensionRow.lifted_at).is_(None)
        )
    ).first()
    return found is not None


def concerns(db: Db, account_id: UUID, email: str, network_mark: str | None) -> bool:
    """Whether an account, the address of an account that is gone, or a network is suspended."""
    now_on = col(SuspensionRow.lifted_at).is_(None)
    known = [col(SuspensionRow.account_id) == account_id]
    if network_mark:
        known.append(col(SuspensionRow.network_mark) == network_mark)
    is_gone = (now_on, col(SuspensionRow.account_id).is_(None))
    if db.exec(select(SuspensionRow.id).where(*is_gone)).first():
        known.append(col(SuspensionRow.email_mark) == tokens.email_mark(email))
    return db.exec(select(SuspensionRow.id).where(now_on, sa.or_(*known))).first() is not None


def forget(db: Db, before: datetime) -> int:
    """Forget suspensions that began up to a moment. Gives how many."""
    return db.exec(sa.delete(SuspensionRow).where(col(SuspensionRow.since_at) <= before)).rowcount


def forget_networks(db: Db, before: datetime) -> int:
    """Let networks go that were suspended up to a moment: others come to use their addresses."""
    return db.exec(
        sa.update(SuspensionRow)
        .where(col(SuspensionRow.network_mark).is_not(None), col(SuspensionRow.since_at) <= before)
        .values(network_mark=None)
    ).rowcount
