"""Inserts that meet a row that is there already: both engines know how, each in its own dialect."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from finder.platform.db.database import Db


def insert_into(db: Db, row: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """An insert into a table that can say what happens on a conflict, for this session's engine."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    return insert(row)
