"""What one request has at hand: the database session, the gazetteer, the time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, current_app, g, request

from finder.domain import marks
from finder.domain.schedule import LONDON
from finder.services.limiting import network_of
from finder.settings import Settings

if TYPE_CHECKING:
    from finder.domain.calendars import Calendars
    from finder.services.limiting import Limits

__all__ = [
    "Parts",
    "close_db",
    "db",
    "gazetteer",
    "network",
    "network_mark",
    "now",
    "parts",
    "settings",
    "today",
]


@dataclass(frozen=True)
class Parts:
    """What the factory wires together for every request. Typed loosely where it is store's."""

    settings: Settings
    database: Any
    gazetteer: Any
    calendars: "Calendars"
    limits: "Limits"


def parts() -> Parts:
    """What the factory put into this app."""
    return cast(Parts, current_app.extensions["quiet_corner"])


def settings() -> Settings:
    """The app's settings."""
    return parts().settings


def db() -> Any:
    """This request's one database session, opened at first use and closed at the end.

    A post takes SQLite's write lock at once: one that read first could not write after all.
    """
    if "db" not in g:
        database = parts().database
        g.db = database.writing() if request.method == "POST" else database.open()
    return g.db


def gazetteer() -> Any:
    """The index of postcodes and places."""
    return parts().gazetteer


def now() -> datetime:
    """The present instant: the only clock below the command line."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in the United Kingdom, whatever the server's own zone."""
    return now().astimezone(LONDON).date()


def network() -> str:
    """The internet address that asks: only for counting, and never kept."""
    return request.remote_addr or ""


def network_mark() -> str:
    """A mark of the network that asks, from which no address can be read."""
    return marks.network_mark(str(current_app.secret_key), network_of(network()))


def close_db(_error: BaseException | None = None) -> None:
    """Close this request's session; what was not committed is rolled back."""
    session = g.pop("db", None)
    if session is not None:
        session.close()


def start(app: Flask, wired: Parts) -> None:
    """Give the app its parts, and close the session after each request."""
    app.extensions["quiet_corner"] = wired
    app.teardown_appcontext(close_db)
