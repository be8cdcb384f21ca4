"""What every request must be, and the headers that every answer carries.

A request names this site as its host, and a post holds a form of a bounded size. A browser runs and
loads nothing but what we serve.

Also the headers of pages behind mailed links, whose addresses are secrets; and the cookie session,
which only visitors with a form open have.
"""

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Request, Response, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.exceptions import (
    BadRequest,
    ClientDisconnected,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)
from werkzeug.wsgi import LimitedStream

from finder.settings import Settings

URL_ENCODED = "application/x-www-form-urlencoded"
FORMS = {URL_ENCODED, "multipart/form-data"}
MOST_FIELDS = 1_000
PORT = re.compile(r":\d*$", re.ASCII)
WAIT_S = "3600"
"""What a 429 asks for where its view does not say: an hour, the longest that we count over."""
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class FormSession(SecureCookieSessionInterface):
    """Flask's own sessions, without the work of reading one where a browser has sent none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session that the cookie holds, or an empty one."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


class WrongHost(BadRequest):
    """The request is for a host that is not this site."""


def own_hosts(settings: Settings) -> frozenset[str]:
    """The names under which the site may be asked for, in lower case and without ports."""
    names = (urlsplit(settings.base_url).hostname or "", "localhost", *settings.other_hosts)
    return frozenset(name.lower() for name in names if name)


@lru_cache(maxsize=256)
def is_own_host(host: str, names: Collection[str]) -> bool:
    """Whether a request's Host header names this site.

    Besides its names, the IP addresses of a private network do: checks of health, and a collector
    of metrics, ask by number. A page of somebody else can't be at such an address, so nobody can
    lend its name to ours (DNS rebinding). Without the header nothing wrong is claimed.
    """
    name = PORT.sub("", host).lower().removesuffix(".")
    if not host or name in names:
        return True
    try:
        return not ip_address(name.removeprefix("[").removesuffix("]")).is_global
    except ValueError:
        return False


def check_requests(app: Flask, settings: Settings, most_bytes: Mapping[str, int]) -> None:
    """Refuse a request for another host with 400, a body that is no form with 415, and too many
    bytes or fields with 413.

    A body is judged before anything asks who sent it, so that the answer is the same signed in or
    not. most_bytes: by endpoint, where a form may be larger than others.
    """
    names, otherwise = own_hosts(settings), app.config["MAX_CONTENT_LENGTH"]

    @app.before_request
    def check() -> None:
        if not is_own_host(request.environ.get("HTTP_HOST", ""), names):
            raise WrongHost
        if request.method == "POST" and request.routing_exception is None:
            most = most_bytes.get(request.endpoint or "", otherwise)
            request.max_content_length = most
            length, kind = request.content_length or 0, request.mimetype
            if kind not in FORMS and (kind or length):
                raise UnsupportedMediaType
            if length > most:
                raise RequestEntityTooLarge
            if kind == URL_ENCODED and request.get_data().count(b"&") >= MOST_FIELDS:
                raise RequestEntityTooLarge
            request.form.get("")  # werkzeug counts the parts of the other kind


def content_security_policy(settings: Settings) -> str:
    """The policy, with map tiles as the one foreign source of anything."""
    tiles = urlsplit(settings.tiles_url)
    tile_origin = f"{tiles.scheme}://{tiles.netloc.replace('{s}', '*')}" if tiles.netloc else ""
    rules = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": f"'self' data: {tile_origin}".strip(),
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def kept_private(bp: Blueprint) -> Blueprint:
    """The same blueprint; other sites don't learn its addresses, and nobody caches its pages."""

    @bp.after_request
    def keep_private(response: Response) -> Response:
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
        return response

    return bp


OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}
"""Lets programs on any other site read an answer."""


def finish_answers(
    app: Flask, settings: Settings, most_unread: int = 0, open_below: str = ""
) -> None:
    """Put the headers on every answer, and read to its end a body that nobody has read.

    most_unread: a longer body than this is not read. open_below: the path below which programs on
    any other site may read all, errors included.
    """
    headers = {
        "Content-Security-Policy": content_security_policy(settings),
        # OpenStreetMap's tile servers require a referrer; the origin alone tells them nothing.
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if settings.is_https:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"

    ours = [(name, name.lower(), value) for name, value in headers.items()]

    @app.after_request
    def finish(response: Response) -> Response:
        if open_below and request.path.startswith(open_below):
            response.headers.update(OPEN_TO_ALL)
        present = {name.lower() for name, _ in response.headers}
        response.headers.extend([(name, value) for name, low, value in ours if low not in present])
        where = response.headers.get("Location")
        if where and where.startswith(request.host_url):
            _name_no_host(response, where)
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", WAIT_S)
        if response.status_code == 200 and "has_bad_token" in g:  # platform/web/forms.py
            response.status_code = 400
        # werkzeug keeps the stream there once it is asked for; too many parts are half read.
        is_unread = "stream" not in request.__dict__ or response.status_code == 413
        if is_unread and 0 < (request.content_length or 0) <= most_unread:
            _read_to_end()
        return response


def _read_to_end() -> None:
    """Read a body before an answer that needs nothing of it, such as "sign in first".

    A server that answers and hangs up while nginx still sends looks broken to it: 502.
    """
    with suppress(ClientDisconnected):
        LimitedStream(request.environ["wsgi.input"], request.content_length or 0).exhaust()


def _name_no_host(response: Response, where: str) -> None:
    """Redirect to a path, without a host. Werkzeug names the request's own host where it corrects
    an address (`/about//` to `/about/`), and a request may claim any.
    """
    path = where.removeprefix(request.host_url).lstrip("/\\")
    response.headers["Location"] = f"/{path}"
