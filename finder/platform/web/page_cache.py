"""Caches pages that are the same for everybody, and compresses answers.

Also caches the text of macros, for parts that many pages share.

A cached page is valid within its minute (pages say "today" and "in an hour"), until something is
written to the database. `@same_for_all` marks the view of such a page. A visitor who is signed in,
or wrote in the last minute, gets a fresh page. A cached answer needs no search and no template, and
a browser that already has it gets a 304.

Pages and points are compressed as the browser accepts, and cached compressed. A page with a form's
token never is: the size of a compressed page can reveal a secret in it to somebody who chooses
other text of the page (BREACH).
"""

import gzip
import hashlib
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import ParamSpec, TypeVar

import brotli
from cachetools import LRUCache
from flask import Flask, Response, current_app, g, request
from markupsafe import Markup
from werkzeug.http import parse_accept_header

from finder.platform.web.logs import HEADER as REQUEST_ID
from finder.platform.web.request import is_for_everybody, now, version

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

MOST_BYTES = 16_000_000
"""The most that one process caches: some two thousand pages of results, compressed."""
MOST_OF_ONE = 1_000_000
FRESH = "public, max-age=0, s-maxage=60"
"""A browser checks its copy each time; a shared cache uses its own for a minute."""
SMALLEST = 1_000
QUICK_BROTLI, QUICK_GZIP = 1, 2  # a tenth of a millisecond for a page of results
TEXT = ("text/", "application/json", "application/geo+json", "application/ld+json")
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"}
NOT_KEPT = {REQUEST_ID, "Content-Length", "Date"}

MOST_KEPT = 1024
MOST_REMEMBERED = 4096
MOST_LARGE = 64
LARGE = {"panel"}
"""Macros that write tens of kilobytes, of which a worker keeps few."""


@dataclass(frozen=True)
class CachedPage:
    """One answer as it was sent, with the minute and the database version that it is valid for."""

    as_of: str
    body: bytes
    headers: tuple[tuple[str, str], ...]


class PageCache:
    """The cached answers of one process; it drops the least recently used first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._pages: LRUCache[bytes, CachedPage] = LRUCache(
            most_bytes, getsizeof=lambda page: len(page.body)
        )
        self._lock = threading.Lock()

    def get(self, key: bytes) -> CachedPage | None:
        """The answer for a key, however old."""
        with self._lock:
            return self._pages.get(key)

    def put(self, key: bytes, page: CachedPage) -> None:
        """Cache an answer, unless it is too large."""
        if len(page.body) > min(MOST_OF_ONE, self._pages.maxsize):
            return
        with self._lock:
            self._pages[key] = page


def same_for_all(view: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Mark a view whose page depends on its address, the database and the minute, and no more."""
    view.__dict__["is_same_for_all"] = True
    return view


def start(app: Flask) -> None:
    """Answer from the cache; compress and keep new answers.

    Register it before whatever changes a body, so that its last hook comes after theirs.
    """
    app.extensions["page_cache"] = PageCache()
    app.before_request(_answer_from_cache)
    app.after_request(_compress_and_keep)


def accepted_encoding() -> str:
    """The encoding for this request's answer: "br", "gzip", or "" for none."""
    return _best_of(request.headers.get("Accept-Encoding", ""))


@lru_cache(maxsize=256)
def _best_of(accepted: str) -> str:
    liked = {name for name, how_much in parse_accept_header(accepted) if how_much > 0}
    return next((name for name in ("br", "gzip") if name in liked), "")


def _answer_from_cache() -> Response | None:
    if not is_for_everybody():
        return None
    seen = version()
    if seen is None:
        return None
    g.as_of = f"{now():%Y%m%d%H%M} {seen}"
    cache: PageCache = current_app.extensions["page_cache"]
    page = cache.get(_key())
    return _sent_again(page) if page and page.as_of == g.as_of else None


def _sent_again(page: CachedPage) -> Response:
    g.was_cached = True
    return Response(page.body, headers=list(page.headers))


def _compress_and_keep(response: Response) -> Response:
    """Compress and cache a new answer; send a 304 where the browser has it already."""
    if "was_cached" not in g:
        if _may_be_smaller(response):
            _compress(response)
        is_fit = "as_of" in g and response.status_code == 200 and "csrf_token" not in g
        if not is_fit or "Set-Cookie" in response.headers:
            return response
        _keep(response)
    if not CONDITIONS.isdisjoint(request.environ):
        response.make_conditional(request)
    return response


def _may_be_smaller(response: Response) -> bool:
    return (
        "csrf_token" not in g  # where Flask-WTF keeps the token that it has given out
        and not response.is_streamed
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and (response.mimetype or "").startswith(TEXT)
        and (response.content_length or 0) >= SMALLEST
    )


def _compress(response: Response) -> None:
    response.vary.add("Accept-Encoding")
    encoding = accepted_encoding()
    if not encoding:
        return
    body = response.get_data()
    is_brotli = encoding == "br"
    response.set_data(
        brotli.compress(body, quality=QUICK_BROTLI)
        if is_brotli
        else gzip.compress(body, QUICK_GZIP, mtime=0)
    )
    response.headers["Content-Encoding"] = encoding
    tag, is_weak = response.get_etag()
    if tag and not is_weak:
        response.set_etag(tag, weak=True)  # the same page, in other bytes


def _keep(response: Response) -> None:
    response.headers["Cache-Control"] = FRESH
    response.vary.update(("Accept-Encoding", "Cookie"))
    response.add_etag()
    headers = tuple((k, v) for k, v in response.headers if k not in NOT_KEPT)
    cache: PageCache = current_app.extensions["page_cache"]
    cache.put(_key(), CachedPage(g.as_of, response.get_data(), headers))


def _key() -> bytes:
    """A digest, so that the memory has no search as somebody typed it."""
    whole = f"{request.full_path}\n{accepted_encoding()}".encode()
    return hashlib.blake2b(whole, digest_size=16).digest()


def cache_macros(app: Flask) -> None:
    """Give templates three functions, which render a part once for each of its arguments.

    A part is a macro whose words depend on nothing but its arguments and where the site is
    mounted: no search, no person, no clock. A level's line, a cost or the unused filters have few
    different values, however many groups there are.

    `kept(template, macro, …)`: the macro's text. `remembered(macro)`: a macro that writes no link,
    so that it need not ask where the site is mounted.
    `macro(template, name)`: the macro itself, as `from … import` gives it, but looked up only once.
    """

    @cache
    def macro(template: str, name: str) -> Callable[..., Markup]:
        found: Callable[..., Markup] = getattr(app.jinja_env.get_template(template).module, name)
        return found

    @cache
    def cached_in(_mounted_at: str, template: str, name: str) -> Callable[..., Markup]:
        most = MOST_LARGE if name in LARGE else MOST_KEPT
        return lru_cache(maxsize=most)(macro(template, name))

    def kept(template: str, name: str, *values: Hashable) -> Markup:
        return cached_in(request.script_root if request else "", template, name)(*values)

    remembered = lru_cache(maxsize=MOST_REMEMBERED)
    app.jinja_env.globals.update(kept=kept, macro=macro, remembered=remembered)
