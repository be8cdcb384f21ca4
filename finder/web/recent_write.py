"""Remembers for a minute that a browser has changed something, so that its owner finds it.

A signed cookie, set when a post has written and at no other time: whoever only reads gets none.
It says when that was and nothing else.
"""

import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, current_app, g, request

from finder.settings import Settings

COOKIE = "just-wrote"
LASTS_S = 60
"""A replica that is further behind than this shows old pages to their own authors as well."""


def mark() -> None:
    """This request has written."""
    g.has_written = True


def has_just_written(now: datetime) -> bool:
    """Whether this browser wrote within the last minute, by a cookie that nobody else can make."""
    said = request.cookies.get(_name(), "")
    moment = said.partition(".")[0]
    if not moment.isdecimal() or not hmac.compare_digest(said.encode(), _signed(moment).encode()):
        return False
    return 0 <= now.timestamp() - int(moment) < LASTS_S


def start(app: Flask, settings: Settings, now: Callable[[], datetime]) -> None:
    """Give the cookie to whoever has written."""
    app.config["JUST_WRITTEN_COOKIE"] = f"__Host-{COOKIE}" if settings.is_https else COOKIE

    @app.after_request
    def remember(response: Response) -> Response:
        if _name() in request.cookies:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if g.get("has_written"):
            response.set_cookie(
                _name(),
                _signed(str(int(now().timestamp()))),
                max_age=LASTS_S,
                path="/",
                secure=settings.is_https,
                httponly=True,
                samesite="Lax",
            )
        return response


def _name() -> str:
    return str(current_app.config["JUST_WRITTEN_COOKIE"])


def _signed(moment: str) -> str:
    key = f"{COOKIE}:{current_app.secret_key!s}".encode()
    return f"{moment}.{hmac.new(key, moment.encode(), hashlib.sha256).hexdigest()}"
