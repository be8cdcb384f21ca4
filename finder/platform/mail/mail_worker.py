"""Sends mail in the background, so that no request waits on a mail server."""

from collections.abc import Callable
from datetime import datetime, timedelta

from finder.platform.db.database import Database
from finder.platform.jobs.workers import Background
from finder.platform.mail import service
from finder.platform.mail.transports import Transport

EVERY_S = 15.0
TIDY_EVERY = timedelta(hours=1)


class MailWorker(Background):
    """Sends what is due, at once when woken. Several workers never send the same message."""

    def __init__(
        self,
        database: Database,
        transport: Transport,
        now: Callable[[], datetime],
        every_s: float = EVERY_S,
    ) -> None:
        self._database = database
        self._transport = transport
        self._now = now
        self._tidied_at: datetime | None = None
        super().__init__("mail", {"mail": self._send_due}, every_s)

    def _send_due(self) -> None:
        now = self._now()
        with self._database.writing() as db:
            service.deliver_due(db, self._transport, now)
            if self._tidied_at is None or now - self._tidied_at >= TIDY_EVERY:
                service.tidy(db, now)
                self._tidied_at = now
