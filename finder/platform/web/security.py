"""Headers that every answer carries: a browser runs and loads nothing but what we serve.

Also the headers of pages behind mailed links, whose addresses are secrets; and the cookie session,
which only visitors with a form open have.
"""

from contextlib import suppress
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.exceptions import ClientDisconnected
from werkzeug.wsgi import LimitedStream

from finder.settings import Settings

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class FormSession(SecureCookieSessionInterface):
    """Flask's own sessions, without the work of reading one where a browser has sent none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session that the cookie holds, or an empty one."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


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


def read_to_end(app: Flask, most_bytes: int) -> None:
    """Read a form's body before an answer that needs nothing of it, such as "sign in first".

    A server that answers and hangs up while nginx still sends looks broken to it: 502.
    """

    @app.after_request
    def read(response: Response) -> Response:
        length = request.content_length or 0
        is_unread = "stream" not in request.__dict__  # werkzeug keeps it there once it is asked for
        if is_unread and 0 < length <= most_bytes:
            with suppress(ClientDisconnected):
                LimitedStream(request.environ["wsgi.input"], length).exhaust()
        return response


def add_headers(app: Flask, settings: Settings, open_below: str = "") -> None:
    """Put the headers on every answer.

    open_below: the path below which programs on any other site may read all, errors included.
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
    def add(response: Response) -> Response:
        if open_below and request.path.startswith(open_below):
            response.headers.update(OPEN_TO_ALL)
        present = {name.lower() for name, _ in response.headers}
        response.headers.extend([(name, value) for name, low, value in ours if low not in present])
        if "Location" in response.headers:
            _name_no_host(response)
        return response


def _name_no_host(response: Response) -> None:
    """Redirect to a path, without a host. Werkzeug names the request's own host where it corrects
    an address (`/about//` to `/about/`), and a request may claim any.
    """
    where = response.headers["Location"]
    if where.startswith(request.host_url):
        path = where.removeprefix(request.host_url).lstrip("/\\")
        response.headers["Location"] = f"/{path}"
