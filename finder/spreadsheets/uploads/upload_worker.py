"""Works on uploaded files in the background, so that no request waits for a large one."""

from collections.abc import Callable
from datetime import datetime

from finder.platform.db.database import Database
from finder.spreadsheets.uploads import service
from finder.spreadsheets.uploads.service import Read


class UploadWorker:
    """One for each process. Several of them never work on the same file."""

    def __init__(self, database: Database, read: Read, now: Callable[[], datetime]) -> None:
        """read: what a file's bytes hold."""
        self._database = database
        self._read = read
        self._now = now

    def work_once(self) -> None:
        """Delete old files, and work on every file that waits."""
        with self._database.writing() as db:
            service.tidy(db, self._now())
        while service.work_on_next(self._database, self._read, self._now()):
            pass
