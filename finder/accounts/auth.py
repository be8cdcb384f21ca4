"""Who is signed in, and the one gate of each part of the site that is not for everybody.

A blueprint is closed as a whole, so that a view whose author forgot about it is closed too:

    bp = only_signed_in(Blueprint("organise", __name__, url_prefix="/organise"))

What is whose is another question, which services answer: there things are fetched through the
account that asks, and what is another's is not there (404). Somebody who never signs in gets no
cookie here, and costs no query.
"""

from collections.abc import Callable

from flask import Blueprint, Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import service
from finder.accounts.rules import SIGN_IN_LASTS, Account, SignedIn
from finder.platform.web.forms import ButtonForm
from finder.platform.web.request import db, now, parts, settings, today
from finder.settings import Settings

COOKIE = "signed-in"


def secret() -> str:
    """What this browser's cookie says; nothing where it has none."""
    return request.cookies.get(current_app.config["SIGNED_IN_COOKIE"], "")


def viewer() -> SignedIn | None:
    """Who this browser is signed in as, asked of the database once for each request."""
    if "viewer" not in g:
        cookie = secret()
        g.viewer = service.current(db(), cookie, now()) if cookie else None
    viewer: SignedIn | None = g.viewer
    return viewer


def signed_in() -> SignedIn:
    """Who is signed in, behind a gate; 403 where a view without one asks."""
    return viewer() or abort(403)


def account() -> Account:
    """The account behind a gate: give it to services, which fetch what is this account's."""
    return signed_in().account


def only_signed_in(bp: Blueprint) -> Blueprint:
    """Close a blueprint to all who are not signed in; they are asked to, and come back."""
    return _close(bp, _refuse_suspended)


def only_moderators(bp: Blueprint) -> Blueprint:
    """Close a blueprint to all who are no moderators. To others its pages are not there."""
    return _close(bp, lambda signed_in: None if signed_in.account.is_moderator else abort(404))


def let_in(answer: AnyResponse, secret: str) -> AnyResponse:
    """The same answer, with which the browser is signed in for 30 days."""
    answer.set_cookie(
        current_app.config["SIGNED_IN_COOKIE"],
        secret,
        max_age=SIGN_IN_LASTS,
        path="/",
        secure=settings().is_https,
        httponly=True,
        samesite="Lax",
    )
    return answer


def let_out(answer: AnyResponse) -> AnyResponse:
    """The same answer, with which the browser forgets its cookie."""
    answer.delete_cookie(
        current_app.config["SIGNED_IN_COOKIE"],
        path="/",
        secure=settings().is_https,
        httponly=True,
        samesite="Lax",
    )
    return answer


def start(app: Flask, settings: Settings) -> None:
    """Let every page say who is signed in; page_cache.py lets nobody else keep such a page."""
    # Over HTTPS the prefix makes browsers take the cookie from this host only.
    app.config["SIGNED_IN_COOKIE"] = f"__Host-{COOKIE}" if settings.is_https else COOKIE
    app.jinja_env.globals.update(viewer=viewer, sign_out_form=ButtonForm)


def _refuse_suspended(signed_in: SignedIn) -> None:
    """Somebody who is suspended may look, and leave; what others see of theirs stays as it is."""
    is_change = request.method == "POST" and (request.blueprint or "").startswith("organise")
    if is_change and service.is_suspended(db(), signed_in.account.id):
        abort(403)


def _close(bp: Blueprint, check: Callable[[SignedIn], None]) -> Blueprint:
    @bp.before_request
    def gate() -> AnyResponse | None:
        found = viewer()
        if found is None:
            return redirect(url_for("sign_in.ask", next=_way_back() or None), 303)
        check(found)
        _mark_seen(found)
        return None

    @bp.after_request
    def keep_for_nobody(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return bp


def _way_back() -> str:
    """The page that was asked for, if it is one that can be opened by a link."""
    rule = request.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        return ""
    return request.full_path.removesuffix("?")


def _mark_seen(found: SignedIn) -> None:
    """At most once a day, in a transaction of its own: a page's own one only reads."""
    if request.method == "POST" or found.seen_on >= today():
        return
    with parts().database.writing() as own:
        service.mark_seen(own, found, today())
