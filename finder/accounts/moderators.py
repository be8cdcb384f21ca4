"""Queries on who moderates."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts.tables import AccountRow, ModeratorRow
from finder.platform.db.database import Db
from finder.platform.db.inserting import insert_into


def add(db: Db, account_id: UUID, now: datetime) -> None:
    """Make an account a moderator; one that is a moderator stays one."""
    db.exec(
        insert_into(db, ModeratorRow)
        .values(account_id=account_id, since_at=now)
        .on_conflict_do_nothing(index_elements=["account_id"])
    )


def count(db: Db) -> int:
    """How many people moderate."""
    return db.exec(select(sa.func.count()).select_from(ModeratorRow)).one()


def remove(db: Db, email: str) -> int:
    """Let an address moderate no more. Gives how many there were: 1 or 0."""
    its = select(AccountRow.id).where(col(AccountRow.email) == email)
    return db.exec(sa.delete(ModeratorRow).where(col(ModeratorRow.account_id).in_(its))).rowcount


def everybody(db: Db, *, is_locked: bool = False) -> tuple[tuple[UUID, str, datetime], ...]:
    """Who moderates: account, address and since when, the first to come first.

    is_locked: nobody else joins or leaves them before the commit.
    """
    query = (
        select(AccountRow.id, AccountRow.email, ModeratorRow.since_at)
        .join(ModeratorRow, col(ModeratorRow.account_id) == col(AccountRow.id))
        .order_by(col(ModeratorRow.since_at), col(AccountRow.email))
    )
    if is_locked:
        query = query.with_for_update(of=ModeratorRow)
    return tuple((id_, email, since) for id_, email, since in db.exec(query))
