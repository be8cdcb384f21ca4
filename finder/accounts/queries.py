"""Queries on accounts: email addresses that proved themselves."""

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts.tables import AccountRow, ModeratorRow
from finder.platform.db.database import Db
from finder.platform.db.inserting import insert_into


def id_for(db: Db, email: str, now: datetime) -> UUID:
    """The account of an address that has just proved itself, made if there is none.

    email: in lower case. Two links that prove it at the same moment make one account.
    """
    db.exec(
        insert_into(db, AccountRow)
        .values(id=uuid4(), email=email, created_at=now)
        .on_conflict_do_nothing(index_elements=["email"])
    )
    return db.exec(select(AccountRow.id).where(col(AccountRow.email) == email)).one()


def add_moderator(db: Db, account_id: UUID, now: datetime) -> None:
    """Let an account moderate; one that does already goes on."""
    db.exec(
        insert_into(db, ModeratorRow)
        .values(account_id=account_id, since_at=now)
        .on_conflict_do_nothing(index_elements=["account_id"])
    )


def count_moderators(db: Db) -> int:
    """How many people moderate."""
    return db.exec(select(sa.func.count()).select_from(ModeratorRow)).one()
