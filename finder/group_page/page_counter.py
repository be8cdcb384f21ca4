"""Counts in memory how often each group's page is opened, and writes the counts down in between.

Looking at a page writes nothing. A process that is killed loses what it counted last.
"""

import os
import threading
from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from finder.group_page import page_views
from finder.platform.db.database import Database


class PageCounter:
    """The counts of one process that are not written down yet."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._begin()

    def _begin(self) -> None:
        """Begin at nothing, as in a process that was just forked."""
        self._pid = os.getpid()
        self._lock = threading.Lock()
        self._counts: Counter[tuple[UUID, date]] = Counter()

    def count(self, group_id: UUID, today: date) -> None:
        """Count one look at a group's page, in the week of today."""
        self._leave_the_parents_counts()
        with self._lock:
            self._counts[group_id, today - timedelta(days=today.weekday())] += 1

    def write_down(self) -> int:
        """Keep what was counted. Gives how many groups' weeks; if it fails, all is tried again."""
        self._leave_the_parents_counts()
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return 0
        try:
            with self._database.writing() as db:
                page_views.add(db, counts)
                db.commit()
        except Exception:
            with self._lock:
                self._counts.update(counts)
            raise
        return len(counts)

    def _leave_the_parents_counts(self) -> None:
        if self._pid != os.getpid():
            self._begin()
