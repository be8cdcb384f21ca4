"""The base class of every table, and how constraints are named."""

import sqlalchemy as sa
from sqlmodel import SQLModel

NAMES = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Row(SQLModel):
    """The one base of every table."""

    metadata = NAMES


CLUSTERED = {"sqlite_with_rowid": False}
"""Keeps the lines of one group side by side on disk (SQLite), in the order of their key."""
