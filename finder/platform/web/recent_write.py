"""Remembers for a minute that a browser has changed something, so that its owner finds it.

The cookie is signed, and set only by a request that has written: a visitor who only reads gets
none. It says when that was and nothing else.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, current_app, g, request
from itsdangerous import BadSignature, TimestampSigner

from finder.settings import Settings

COOKIE = "just-wrote"
LASTS_S = 60
"""A replica that is further behind than this shows old pages to their own authors as well."""


class _Signer(TimestampSigner):
    """Signs and checks at the app's own time."""

    def __init__(self, now: datetime) -> None:
        super().__init__(current_app.secret_key or "", salt=COOKIE, digest_method=hashlib.sha256)
        self._now = now

    def get_timestamp(self) -> int:
        """The time in seconds that a signature is given, or its age is counted to."""
        return int(self._now.timestamp())


def mark() -> None:
    """Note that this request has written."""
    g.has_written = True


def is_recent(now: datetime) -> bool:
    """Whether this browser has written within the last minute, as its cookie proves."""
    cookie = request.cookies.get(_name(), "")
    try:
        _Signer(now).unsign(cookie, max_age=LASTS_S)
    except BadSignature:
        return False
    return True


def signed(now: datetime) -> str:
    """The value of the cookie for a browser that has written now."""
    return _Signer(now).sign(b"1").decode()


def start(app: Flask, settings: Settings, now: Callable[[], datetime]) -> None:
    """Give the cookie to each browser that has written."""
    app.config["RECENT_WRITE_COOKIE"] = f"__Host-{COOKIE}" if settings.is_https else COOKIE

    @app.after_request
    def remember(response: Response) -> Response:
        if _name() in request.cookies:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if g.get("has_written"):
            response.set_cookie(
                _name(),
                signed(now()),
                max_age=LASTS_S,
                path="/",
                secure=settings.is_https,
                httponly=True,
                samesite="Lax",
            )
        return response


def _name() -> str:
    return str(current_app.config["RECENT_WRITE_COOKIE"])
