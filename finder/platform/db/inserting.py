"""Inserts that may meet a row: ON CONFLICT, which both engines know in a dialect of their own."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from finder.platform.db.database import Db


def insert_into(db: Db, row: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """An insert with `on_conflict_do_…`, for the engine of this session."""
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    return insert(row)
