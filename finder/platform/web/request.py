"""What one request has at hand: the database session, the gazetteer, the time, addresses.

A cookie says whether the browser has changed something within the last minute, so that its owner
finds the change. The cookie is signed, and set only by a request that has written: a visitor who
only reads gets none. It holds the time of the change and nothing else.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from flask import Flask, Response, current_app, g, request, url_for
from itsdangerous import BadSignature, Signer

from finder.domain.readable import isolated
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import london_day
from finder.platform import tokens
from finder.platform.clock import Clock
from finder.platform.db.database import Database, Db
from finder.platform.db.replica import Replica
from finder.platform.jobs.workers import Background
from finder.platform.limits import Limits, network_of
from finder.settings import Settings

if TYPE_CHECKING:
    # A room above this one: only its type is needed.
    from finder.places.gazetteer import Gazetteer


ANY_ID = UUID(int=0)
"""Stands for an id in an address that is made once for all ids."""
FURTHEST_PAGE = 10_000
RECENT_WRITE = "just-wrote"
RECENT_WRITE_S = 60
"""A replica that is further behind than this shows old pages to their own authors as well."""


@dataclass(frozen=True)
class Parts:
    """What the factory wires together for every request."""

    settings: Settings
    database: Database
    replica: Replica
    gazetteer: "Gazetteer"
    calendars: Calendars
    limits: Limits


def parts() -> Parts:
    """What the factory put into this app."""
    return cast(Parts, current_app.extensions["quiet_corner"])


def settings() -> Settings:
    """The app's settings."""
    return parts().settings


def is_for_everybody() -> bool:
    """Whether the answer is the same for all, so that it may be cached, and a moment old.

    Its view says so (`page_cache.same_for_all`). Not for a visitor who is signed in, since pages
    name them and a sign-out counts at once; nor for one who has just written, who must find it.
    """
    if "is_for_everybody" not in g:
        view = current_app.view_functions.get(request.endpoint or "")
        g.is_for_everybody = (
            request.method == "GET"
            and getattr(view, "is_same_for_all", False)
            and not request.cookies.get(current_app.config["SIGNED_IN_COOKIE"])
            and not has_recently_written(now())
        )
    found: bool = g.is_for_everybody
    return found


def db() -> Db:
    """This request's one database session, opened at first use and closed at the end.

    A page for everybody is read from the replica, where there is one that has all take-downs. A
    post takes SQLite's write lock at once: one that read first could not write after all.
    """
    if "db" not in g:
        database, replica, session = parts().database, parts().replica, None
        if g.get("may_read_replica") and not g.get("has_left_replica"):
            session = replica.open()
        g.is_on_replica = session is not None
        if session is None and request.method == "POST":
            session = database.writing(_note_write)
        elif session is None:
            session = database.reading() if is_for_everybody() else database.open()
        g.db = session
    return cast(Db, g.db)


def version() -> str | None:
    """The version of what a page for everybody is made of now; None where nothing answers.

    This is also where a request learns whether it may read from the replica.
    """
    replica, primary = parts().replica, parts().database
    there = replica.version() if replica.is_set_up else None
    g.may_read_replica = there is not None and replica.has_take_downs_of(primary)
    return f"replica {there}" if g.may_read_replica else primary.versions.now()


def page_number(name: str = "page") -> int:
    """The number of a page, as an address has it: the first, unless it is one that could be."""
    number = request.args.get(name, 1, type=int)
    return number if 1 <= number <= FURTHEST_PAGE else 1


def leave_replica(error: BaseException) -> bool:
    """Whether this request met an error of the replica, and may be answered from the primary.

    True once at most: from then on this request's session is the primary's.
    """
    if not g.get("is_on_replica") or not parts().replica.failed(error):
        return False
    close_db()
    g.is_on_replica, g.has_left_replica = False, True
    return True


def gazetteer() -> "Gazetteer":
    """The index of postcodes and places."""
    return parts().gazetteer


def now() -> datetime:
    """The present instant, by the clock of this app."""
    clock: Clock = current_app.extensions["clock"]
    return clock.now()


def today() -> date:
    """The present day in the United Kingdom, whatever the server's own zone."""
    return london_day(now())


def network() -> str:
    """The internet address of the visitor: only for counting, and never stored."""
    return request.remote_addr or ""


def network_mark() -> str:
    """A mark of the visitor's network, from which no address can be read."""
    return tokens.network_mark(secret_key(), network_of(network()))


def network_today() -> str:
    """A hash of the visitor's network that says nothing once the day is over."""
    return tokens.daily_hash(secret_key(), network_of(network()), today())


def secret_key() -> str:
    """The site's own secret, to sign and to hash with."""
    return str(current_app.secret_key)


def path_of(endpoint: str, **values: str) -> str:
    """The answer of `url_for`, cached. Not for addresses that hold what somebody typed.

    A results page would call `url_for` 33 times. For our own pages its answer depends only on
    where the site is mounted.
    """
    return _path_of(request.script_root, endpoint, tuple(values.items()))


@lru_cache(maxsize=512)
def _path_of(_mounted_at: str, endpoint: str, values: tuple[tuple[str, str], ...]) -> str:
    given: dict[str, Any] = dict(values)
    return url_for(endpoint, **given)


def whole_address(path: str) -> str:
    """A path after FINDER_BASE_URL, for links that leave the site; never after a visitor's Host."""
    return parts().settings.site_address + path


def to_follow(path: str) -> str:
    """The address by which a calendar app follows a calendar: `webcal` in place of `https`."""
    return "webcal:" + whole_address(path).partition(":")[2]


def start_templates(app: Flask) -> None:
    """Give addresses to every template, and isolate what it writes from right to left."""
    app.jinja_env.finalize = _as_written
    app.jinja_env.filters["isolated"] = isolated
    app.jinja_env.globals.update(
        is_for_everybody=is_for_everybody,
        path_of=path_of,
        to_follow=to_follow,
        whole_address=whole_address,
    )


def _as_written(value: object) -> object:
    """A value as a template writes it. A web address stays as it is; so does finished markup."""
    if type(value) is not str or value.isascii() or "://" in value:
        return value
    return isolated(value)


def wake(name: str) -> None:
    """Tell a worker of this app that there is work. Tests do the work themselves."""
    if not current_app.testing:
        workers: Mapping[str, Background] = current_app.extensions["workers"]
        workers[name].wake()


def close_db(_error: BaseException | None = None) -> None:
    """Close this request's session, and roll back what was not committed."""
    session = g.pop("db", None)
    if session is not None:
        session.close()


def has_recently_written(now: datetime) -> bool:
    """Whether this browser has written within the last minute, as its cookie proves."""
    cookie = request.cookies.get(current_app.config["RECENT_WRITE_COOKIE"])
    if not cookie:
        return False
    try:
        signer: Signer = current_app.extensions[RECENT_WRITE]
        at = int(signer.unsign(cookie))
    except (BadSignature, ValueError):  # a release before this one wrote no number
        return False
    return 0 <= int(now.timestamp()) - at <= RECENT_WRITE_S


def signed_write(now: datetime) -> str:
    """The value of the cookie for a browser that has written now, by the app's own clock."""
    signer: Signer = current_app.extensions[RECENT_WRITE]
    return signer.sign(str(int(now.timestamp()))).decode()


def _note_write() -> None:
    g.has_written = True


def start(app: Flask, wired: Parts, clock: Clock) -> None:
    """Give the app its parts and its clock, and end each request as its browser needs."""
    app.extensions["quiet_corner"] = wired
    app.extensions["clock"] = clock
    app.extensions[RECENT_WRITE] = Signer(
        app.secret_key or "", salt=RECENT_WRITE, digest_method=hashlib.sha256
    )
    is_https = wired.settings.is_https
    cookie = app.config["RECENT_WRITE_COOKIE"] = f"{'__Host-' * is_https}{RECENT_WRITE}"
    app.teardown_appcontext(close_db)

    @app.after_request
    def say_whose(response: Response) -> Response:
        """Let nobody share a page that names who is signed in, or is new to who has written."""
        is_signed_in = g.get("viewer") is not None  # accounts/auth.py
        if is_signed_in or cookie in request.cookies:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if is_signed_in:
            response.vary.add("Cookie")
        if g.get("has_written"):
            response.set_cookie(
                cookie,
                signed_write(now()),
                max_age=RECENT_WRITE_S,
                path="/",
                secure=is_https,
                httponly=True,
                samesite="Lax",
            )
        return response


def forget_viewer() -> None:
    """Render the page for nobody in particular, as when the database is gone."""
    g.viewer = None
