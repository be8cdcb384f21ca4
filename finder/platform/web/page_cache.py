"""Pages that are the same for everybody are made once, and kept while they are true.

True: made this minute (they say "today" and "in an hour"), and nothing was written to the
database since. A view says so itself, with `@same_for_all`; whoever sends the cookie of somebody
signed in, or wrote in the last minute, gets a page of their own. A kept answer costs no search and
no template, and a browser that has it already is told so with a 304.
"""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from cachetools import LRUCache
from flask import Flask, Response, current_app, g, request

from finder.platform.web.compressing import accepted_encoding
from finder.platform.web.logs import HEADER as REQUEST_ID
from finder.platform.web.request import is_for_everybody, now, version

View = TypeVar("View", bound=Callable[..., Any])

MOST_BYTES = 16_000_000
"""What one worker keeps at most: some two thousand pages of results as browsers get them."""
MOST_OF_ONE = 1_000_000
FRESH = "public, max-age=0, s-maxage=60"
"""A browser asks whether its copy is still true; a shared cache may believe its own a minute."""
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"}
NOT_KEPT = {REQUEST_ID, "Content-Length", "Date"}


@dataclass(frozen=True)
class CachedPage:
    """One answer as it was sent, and when it was true: the version and the minute."""

    as_of: str
    body: bytes
    headers: tuple[tuple[str, str], ...]


class PageCache:
    """The answers that one worker keeps; the least recently used go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._pages: LRUCache[bytes, CachedPage] = LRUCache(
            most_bytes, getsizeof=lambda page: len(page.body)
        )
        self._lock = threading.Lock()

    def get(self, key: bytes) -> CachedPage | None:
        """What was kept under a key, however old."""
        with self._lock:
            return self._pages.get(key)

    def put(self, key: bytes, page: CachedPage) -> None:
        """Keep an answer in the place of what had its key; one that is too large is not kept."""
        if len(page.body) > min(MOST_OF_ONE, self._pages.maxsize):
            return
        with self._lock:
            self._pages[key] = page


def same_for_all(view: View) -> View:
    """Mark a view whose page depends on its address, the database and the minute, and no more."""
    view.__dict__["is_same_for_all"] = True
    return view


def start(app: Flask) -> None:
    """Answer from the cache. Register it before what changes a body, to keep what it made."""
    app.extensions["page_cache"] = PageCache()
    app.before_request(_answer_from_cache)
    app.after_request(_put_into_cache)


def last_good() -> Response | None:
    """The answer that this address had last, however old: for while the database is away."""
    page = _cache().get(_key()) if is_for_everybody() else None
    if page is None:
        return None
    response = _sent_again(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer_from_cache() -> Response | None:
    if not is_for_everybody():
        return None
    seen = version()
    if seen is None:
        return None
    g.as_of = f"{now():%Y%m%d%H%M} {seen}"
    page = _cache().get(_key())
    return _sent_again(page) if page and page.as_of == g.as_of else None


def _put_into_cache(response: Response) -> Response:
    if g.get("viewer") is not None:  # who is signed in, see gates.py
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.add("Cookie")
    if "as_of" not in g or "was_cached" in g:
        return response
    if response.status_code != 200 or "csrf_token" in g or "Set-Cookie" in response.headers:
        return response
    response.headers["Cache-Control"] = FRESH
    response.vary.update(("Accept-Encoding", "Cookie"))
    response.add_etag()
    headers = tuple((k, v) for k, v in response.headers if k not in NOT_KEPT)
    _cache().put(_key(), CachedPage(g.as_of, response.get_data(), headers))
    return _unless_known(response)


def _sent_again(page: CachedPage) -> Response:
    g.was_cached = True
    return _unless_known(Response(page.body, headers=list(page.headers)))


def _unless_known(response: Response) -> Response:
    """The same, or that nothing changed, to whoever asks for changes only."""
    if not CONDITIONS.isdisjoint(request.environ):
        response.make_conditional(request)
    return response


def _key() -> bytes:
    """A digest: what somebody searched for is not kept as they typed it."""
    whole = f"{request.full_path}\n{accepted_encoding()}".encode()
    return hashlib.blake2b(whole, digest_size=16).digest()


def _cache() -> PageCache:
    cache: PageCache = current_app.extensions["page_cache"]
    return cache
