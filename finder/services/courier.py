"""Carries mail out in the background, so that no request waits on a mail server."""

import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from finder.services import mailing
from finder.services.mailing import Transport
from finder.store.database import Database

EVERY_S = 15.0
TIDY_EVERY = timedelta(hours=1)

log = structlog.get_logger("mail")


class Courier:
    """A thread that sends what is due, at once when woken and every few seconds besides.

    It starts at the first `wake` in each process: a server that forks its workers would lose a
    thread that was started before. Several couriers never send the same message.
    """

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
        self._every_s = every_s
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        """Begin anew, as in a process that was just forked."""
        self._pid = os.getpid()
        self._thread: threading.Thread | None = None
        self._woken = threading.Event()
        self._ended = threading.Event()
        self._tidied_at: datetime | None = None

    def wake(self) -> None:
        """Look for mail now. Starts the thread where this process has none yet."""
        if self._pid != os.getpid():
            self._lock = threading.Lock()
            self._forget()
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="courier", daemon=True)
                self._thread.start()
        self._woken.set()

    def ensure_running(self) -> None:
        """Start the thread where this process has none: mail of an earlier run may be waiting."""
        if self._pid != os.getpid() or self._thread is None:
            self.wake()

    def stop(self, timeout_s: float = 30.0) -> None:
        """End after the message in hand."""
        self._ended.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _work(self) -> None:
        woken, ended = self._woken, self._ended
        while not ended.is_set():
            woken.clear()
            try:
                self._look_once()
            except Exception as error:  # a broken database must not end the mail for good
                # Its words may quote an address, so the log has its kind only.
                log.error("courier_failed", kind=type(error).__name__)
            woken.wait(self._every_s)

    def _look_once(self) -> None:
        now = self._now()
        with self._database.writing() as db:
            mailing.deliver_due(db, self._transport, now)
            if self._tidied_at is None or now - self._tidied_at >= TIDY_EVERY:
                mailing.tidy(db, now)
                self._tidied_at = now
