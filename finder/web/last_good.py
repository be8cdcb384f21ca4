"""Public pages as they were last, for readers while the database is away.

Kept in each worker's memory only: what nobody is signed in to, and what has no form's token.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import cast

from flask import Flask, Response, current_app, g, request

ENDPOINTS = {"find.results", "group.show", "points.points"}
MOST_BYTES = 8_000_000
OLDEST_S = 3_600.0
HEADER = "X-Kept-Page"


@dataclass(frozen=True)
class _Kept:
    body: bytes
    content_type: str
    at: float


class LastGood:
    """The last answers by their whole address, the ones asked longest ago forgotten first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def keep(self, address: str, body: bytes, content_type: str, at: float) -> None:
        """Remember one answer."""
        with self._lock:
            self._forget(address)
            self._kept[address] = _Kept(body, content_type, at)
            self._bytes += len(body)
            while self._bytes > MOST_BYTES:
                self._forget(next(iter(self._kept)))

    def find(self, address: str, at: float) -> Response | None:
        """The last good answer of an address, if it is not an hour old."""
        with self._lock:
            found = self._kept.get(address)
        if found is None or at - found.at > OLDEST_S:
            return None
        headers = {"Cache-Control": "no-store", "Age": str(int(at - found.at)), HEADER: "1"}
        return Response(found.body, content_type=found.content_type, headers=headers)

    def _forget(self, address: str) -> None:
        gone = self._kept.pop(address, None)
        self._bytes -= len(gone.body) if gone else 0


def start(app: Flask) -> None:
    """Remember pages as they are answered. Register it after whatever compresses them."""
    kept = app.extensions["last_good"] = LastGood()

    @app.after_request
    def remember(response: Response) -> Response:
        if _may_be_kept(response):
            kept.keep(
                request.full_path,
                response.get_data(),
                response.content_type or "",
                time.monotonic(),
            )
        return response


def instead() -> Response | None:
    """What this very address answered last, for a reader whose database is away."""
    if request.method not in {"GET", "HEAD"}:
        return None
    return cast(LastGood, current_app.extensions["last_good"]).find(
        request.full_path, time.monotonic()
    )


def _may_be_kept(response: Response) -> bool:
    return (
        request.endpoint in ENDPOINTS
        and request.method == "GET"
        and response.status_code == 200
        and HEADER not in response.headers
        and "csrf_token" not in g  # where Flask-WTF keeps the token that it has given out
        and g.get("viewer") is None
        and not response.is_streamed
    )
