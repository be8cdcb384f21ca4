"""Pages and points travel compressed, as the browser accepts it.

Never a page with a form's token: beside a secret that stays the same, the size of a compressed
page can tell the secret to somebody who chooses the rest of the page (BREACH).
"""

import gzip
from functools import lru_cache

import brotli
from flask import Flask, Response, g, request
from werkzeug.http import parse_accept_header

SMALLEST = 1_000
QUICK_BROTLI, QUICK_GZIP = 1, 2  # a tenth of a millisecond for a page of results
TEXT = ("text/", "application/json", "application/geo+json", "application/ld+json")


def start(app: Flask) -> None:
    """Compress what this app answers. Register it before whatever changes a body."""

    @app.after_request
    def compress(response: Response) -> Response:
        if not _may_be_smaller(response):
            return response
        response.vary.add("Accept-Encoding")
        encoding = accepted_encoding()
        if encoding == "br":
            body = brotli.compress(response.get_data(), quality=QUICK_BROTLI)
        elif encoding == "gzip":
            body = gzip.compress(response.get_data(), QUICK_GZIP, mtime=0)
        else:
            return response
        response.set_data(body)
        response.headers["Content-Encoding"] = encoding
        tag, is_weak = response.get_etag()
        if tag and not is_weak:
            response.set_etag(tag, weak=True)  # the same page, in other bytes
        return response


def accepted_encoding() -> str:
    """In what this request's answer may travel: "br", "gzip", or "" for as it is."""
    return _best_of(request.headers.get("Accept-Encoding", ""))


@lru_cache(maxsize=256)
def _best_of(accepted: str) -> str:
    liked = {name for name, how_much in parse_accept_header(accepted) if how_much > 0}
    return next((name for name in ("br", "gzip") if name in liked), "")


def _may_be_smaller(response: Response) -> bool:
    return (
        "csrf_token" not in g  # where Flask-WTF keeps the token that it has given out
        and not response.is_streamed
        and not response.direct_passthrough
        and "Content-Encoding" not in response.headers
        and (response.mimetype or "").startswith(TEXT)
        and (response.content_length or 0) >= SMALLEST
    )
