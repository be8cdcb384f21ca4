"""Brings a database to this release: its tables, and what depends on them."""

from datetime import datetime

from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.reviews.learning import service as learning_service
from finder.reviews.learning.rules import moved_levels


def upgrade(database: Database, now: datetime) -> tuple[str, ...]:
    """Migrate the tables, and rate anew what other tables rated or what counts otherwise now.

    Gives what the operator should know, a sentence each.
    """
    queued = migrate.upgrade(database)
    rated = learning_service.rate_outdated(database, now)
    if queued:
        with database.writing() as db:
            learning_service.rebuild_levels(db, now)
    return (*queued, moved_levels(rated.groups, rated.moved)) if rated.groups else queued
