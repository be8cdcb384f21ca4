"""Does beside the requests what they should not wait for: files, and counts of page views."""

import os
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from finder.services import counting, uploading
from finder.services.background import Background
from finder.services.counting import Views
from finder.services.uploading import Read
from finder.store.database import Database

EVERY_S = 60.0


class Clerk:
    """One for each process. Several of them never work on the same file."""

    def __init__(self, database: Database, read: Read, now: Callable[[], datetime]) -> None:
        """read: what a file's bytes hold."""
        self._database = database
        self._read = read
        self._now = now
        self._views = Views()
        self._pid = os.getpid()
        self.background = Background(self.look_once, "clerk", EVERY_S)

    def count_view(self, group_id: UUID, today: date) -> None:
        """Count one look at a group's page; it is written down within a minute."""
        if self._pid != os.getpid():  # forked: what the parent counted, the parent writes down
            self._pid, self._views = os.getpid(), Views()
        self._views.count(group_id, today)

    def look_once(self) -> None:
        """Write the counts down, work on every file that waits, and forget old ones."""
        now = self._now()
        with self._database.writing() as db:
            counting.write_down(db, self._views)
            uploading.tidy(db, now)
        while uploading.work_on_next(self._database, self._read, self._now()):
            pass
