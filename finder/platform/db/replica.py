"""A copy of the database that follows it, for pages that may be a moment old.

A moment, but for what is taken down: a review that was withdrawn or hidden, a listing that is no
longer public. Each such change sets a mark in its own commit (a trigger of revision 0018 does, so
that no writer can forget it). A page is read here only while the replica has the primary's mark.
"""

import time

import structlog
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from finder.platform.db.database import Database, Db

REST_S = 5.0
TIMEOUTS = {"connect_timeout": 2, "tcp_user_timeout": 5_000}
"""Seconds to connect, and milliseconds after which a statement that nobody acknowledged fails."""

log = structlog.get_logger("finder.replica")


class Replica:
    """The replica, where there is one and it answers. Callers who get None ask the primary."""

    def __init__(self, url: str) -> None:
        """url: a database address, or nothing where there is no replica."""
        self._database: Database | None = None
        self.is_set_up = bool(url)
        if url:
            is_server = make_url(url).get_backend_name() == "postgresql"
            self._database = Database(url, TIMEOUTS if is_server else None)
        self._rests_until = self._primary_rests_until = 0.0
        self._last_take_down: int | None = None

    def open(self) -> Db | None:
        """A session for reading on the replica; None where there is none, or it does not answer.

        A replica that did not answer is not asked for REST_S, so that nobody else waits for it.
        """
        if self._database is None or time.monotonic() < self._rests_until:
            return None
        db = self._database.reading()
        try:
            db.connection()
        except SQLAlchemyError as error:
            db.close()
            self._rest(error)
            return None
        return db

    def version(self) -> str | None:
        """The version of what has arrived there; None where there is none, or no answer."""
        if self._database is None or time.monotonic() < self._rests_until:
            return None
        seen = self._database.versions.now()
        if seen is None:
            self._rest(None)
        return seen

    def has_take_downs_of(self, primary: Database) -> bool:
        """Whether everything that was taken down on the primary is gone here too.

        While the primary does not answer: everything that this process has learned of.
        """
        if self._database is None:
            return False
        here, known = self._database.versions.take_downs(), self._last_take_down
        if time.monotonic() >= self._primary_rests_until:
            there = primary.versions.take_downs()
            if there is None:
                self._primary_rests_until = time.monotonic() + REST_S
            else:
                known = self._last_take_down = there
        return here is not None and known in {None, here}

    def failed(self, error: BaseException) -> bool:
        """Whether an error may be the replica's own, so that the primary is worth asking.

        It may have gone, have cancelled a statement to catch up, or lack a new column.
        """
        is_its_own = isinstance(error, SQLAlchemyError)
        if is_its_own:
            self._rest(error)
        return is_its_own

    def _rest(self, error: BaseException | None) -> None:
        self._rests_until = time.monotonic() + REST_S
        log.warning("replica_away", kind=type(error).__name__ if error else "no answer")

    def close(self) -> None:
        """Close every connection, as before a fork."""
        if self._database is not None:
            self._database.close()
