"""Queries on mailboxes that want no invitations. Only marks of them are kept."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from finder.accounts.tables import NoInvitationsRow
from finder.platform.db.database import Db
from finder.platform.db.inserting import insert_into


def add(db: Db, email_mark: str, now: datetime) -> None:
    """Keep that a mailbox wants none; one that said so before has said so."""
    db.exec(
        insert_into(db, NoInvitationsRow)
        .values(email_mark=email_mark, since_at=now)
        .on_conflict_do_nothing(index_elements=["email_mark"])
    )


def is_wanted(db: Db, email_mark: str) -> bool:
    """Whether a mailbox may be invited."""
    return db.get(NoInvitationsRow, email_mark) is None


def forget(db: Db, before: datetime) -> int:
    """Forget who said so up to a moment. Gives how many."""
    return db.exec(
        sa.delete(NoInvitationsRow).where(col(NoInvitationsRow.since_at) <= before)
    ).rowcount
