"""Pages and points travel compressed, as the browser accepts it.

Never a page with a form's token: beside a secret that stays the same, the size of a compressed
page can tell the secret to somebody who chooses the rest of the page (BREACH).
"""

import gzip

import brotli
from flask import Flask, Response, g, request

SMALLEST = 1_000
QUICK_BROTLI, QUICK_GZIP = 3, 4  # under a millisecond for a page of results
TEXT = ("text/", "application/json", "application/geo+json", "application/ld+json")


def start(app: Flask) -> None:
    """Compress what this app answers. Register it before whatever changes a body."""

    @app.after_request
    def compress(response: Response) -> Response:
        if not _may_be_smaller(response):
            return response
        response.vary.add("Accept-Encoding")
        accepted = set(request.accept_encodings.values())
        if "br" in accepted:
            body, encoding = brotli.compress(response.get_data(), quality=QUICK_BROTLI), "br"
        elif "gzip" in accepted:
            body, encoding = gzip.compress(response.get_data(), QUICK_GZIP, mtime=0), "gzip"
        else:
            return response
        response.set_data(body)
        response.headers["Content-Encoding"] = encoding
        tag, is_weak = response.get_etag()
        if tag and not is_weak:
            response.set_etag(tag, weak=True)  # the same page, in other bytes
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
