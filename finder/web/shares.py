"""How much of the site one network may take, so that there is enough for others.

One table for all addresses. Phones share a network with thousands, so the shares are wide; what
costs mail is limited for each address in services/ besides.
"""

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

from finder.web.request import parts

SEARCHES = "600/minute"
SHARES = {
    ("GET", "find.results"): ("search", SEARCHES),
    ("GET", "points.points"): ("search", SEARCHES),
    ("POST", "review.write"): ("review", "60/hour"),
    ("POST", "was_it_on.answer"): ("was-it-on", "60/hour"),
}
ANY_FORM = ("form", "600/hour")
WAIT_S = {"minute": 60, "hour": 600}


def start(app: Flask) -> None:
    """Answer 429 to a network that has had its share, before anything is read or asked."""

    @app.before_request
    def check() -> None:
        method = "POST" if request.method not in {"GET", "HEAD", "OPTIONS"} else "GET"
        own = SHARES.get((method, request.endpoint or ""))
        for errand, most in filter(None, (own, ANY_FORM if method == "POST" else None)):
            if not parts().limits.take(errand, request.remote_addr or "", most):
                raise TooManyRequests(retry_after=WAIT_S[most.partition("/")[2]])
