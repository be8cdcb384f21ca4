"""How often one network may ask, so that there is enough for others.

Phones share a network with thousands, so the limits are wide; what costs mail is limited for each
address in services/ besides.
"""

from collections.abc import Mapping

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

from finder.platform.web.request import parts

ANY_FORM = ("form", "600/hour")
WAIT_S = {"minute": 60, "hour": 600}


def start(app: Flask, table: Mapping[tuple[str, str], tuple[str, str]]) -> None:
    """Answer 429 to a network that asks too often, before anything is read or asked.

    table: by method and endpoint, under which name requests are counted and how many may be made.
    Every form counts as ANY_FORM besides.
    """

    @app.before_request
    def check() -> None:
        method = "POST" if request.method not in {"GET", "HEAD", "OPTIONS"} else "GET"
        own = table.get((method, request.endpoint or ""))
        for errand, most in filter(None, (own, ANY_FORM if method == "POST" else None)):
            if not parts().limits.take(errand, request.remote_addr or "", most):
                raise TooManyRequests(retry_after=WAIT_S[most.partition("/")[2]])
