"""Brings a database to this release: its tables, and what depends on them."""

from datetime import datetime

from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.reviews.learning import service as learning_service


def upgrade(database: Database, now: datetime) -> tuple[str, ...]:
    """Migrate the tables, and count the reviews anew where the migration changed which count.

    Gives what the operator should know, a sentence each.
    """
    said = migrate.upgrade(database)
    if said:
        with database.writing() as db:
            learning_service.rebuild_levels(db, now)
    return said
