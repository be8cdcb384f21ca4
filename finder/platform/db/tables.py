"""The one table that belongs to no room."""

import sqlalchemy as sa
from sqlmodel import Field

from finder.platform.db.rows import Row


class TakeDownRow(Row, table=True):
    """One row that each take-down changes, so that a replica can be seen to have it.

    mark: the number of the transaction. Triggers of PostgreSQL write it (revision 0018); on SQLite
    the table is empty.
    """

    __tablename__ = "take_downs"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    mark: int = Field(sa_type=sa.BigInteger)
