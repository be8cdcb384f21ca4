"""Queries on accounts: email addresses that proved themselves."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select

from finder.store.database import Db
from finder.store.tables_people import AccountRow


def id_for(db: Db, email: str, now: datetime) -> UUID:
    """The account of an address that has just proved itself, made if there is none.

    email: in lower case. Two links that prove it at the same moment make one account.
    """
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    db.exec(
        insert(AccountRow)
        .values(id=uuid4(), email=email, created_at=now)
        .on_conflict_do_nothing(index_elements=["email"])
    )
    return db.exec(select(AccountRow.id).where(col(AccountRow.email) == email)).one()
