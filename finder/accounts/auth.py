"""Who is signed in, and the check before each part of the site that is not for everybody.

A blueprint is closed as a whole, so that a view is closed even if its author forgot to:

    bp = only_signed_in(Blueprint("organise", __name__, url_prefix="/organise"))

Services decide what an account may see: they fetch through it, and answer 404 for what belongs to
another. A visitor who never signs in gets no cookie here, and costs no query.
"""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import queries, service
from finder.accounts.rules import SIGN_IN_LASTS, Account, SignedIn
from finder.platform.tokens import hashed
from finder.platform.web.forms import ButtonForm
from finder.platform.web.request import db, now, parts, settings, today
from finder.settings import Settings

COOKIE = "signed-in"


def secret() -> str:
    """The secret in this browser's cookie; the empty text where it has none."""
    return request.cookies.get(current_app.config["SIGNED_IN_COOKIE"], "")


def viewer() -> SignedIn | None:
    """Who this browser is signed in as, asked of the database once for each request.

    Whoever sends a form can't be deleted by another request before this one commits.
    """
    if "viewer" not in g:
        g.viewer = None
        if cookie := secret():
            is_held = request.method == "POST"
            g.viewer = queries.sign_in_by_secret(db(), hashed(cookie), now(), is_held=is_held)
    viewer: SignedIn | None = g.viewer
    return viewer


def signed_in() -> SignedIn:
    """Who is signed in, for views of a closed blueprint; 403 in any other."""
    return viewer() or abort(403)


def account() -> Account:
    """The account that is signed in: services fetch what belongs to it."""
    return signed_in().account


def only_signed_in(bp: Blueprint) -> Blueprint:
    """Close a blueprint to all who are not signed in; they are asked to, and come back."""
    return _close(bp, _refuse_suspended)


def only_moderators(bp: Blueprint) -> Blueprint:
    """Close a blueprint to all but moderators: others who are signed in get 404."""
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
    """Let every page show who is signed in; platform/web/request.py lets no cache share it."""
    # Over HTTPS the prefix makes browsers take the cookie from this host only.
    app.config["SIGNED_IN_COOKIE"] = f"__Host-{COOKIE}" if settings.is_https else COOKIE
    # Its token only: what was sent is no business of this form, and may be what was refused.
    app.jinja_env.globals.update(viewer=viewer, sign_out_form=partial(ButtonForm, formdata=None))


def _refuse_suspended(signed_in: SignedIn) -> None:
    """A suspended account may look and leave, but change nothing that others see."""
    is_change = request.method == "POST" and (request.blueprint or "").startswith("organise")
    if is_change and service.is_suspended(db(), signed_in.account.id):
        abort(403)


def _close(bp: Blueprint, check: Callable[[SignedIn], None]) -> Blueprint:
    @bp.before_request
    def require_sign_in() -> AnyResponse | None:
        found = viewer()
        if found is None:
            return redirect(url_for("sign_in.ask", next=_way_back() or None), 303)
        check(found)
        _mark_seen(found)
        return None

    @bp.after_request
    def forbid_caching(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return bp


def _way_back() -> str:
    """The address of this page, if a link can open it."""
    rule = request.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        return ""
    return request.full_path.removesuffix("?")


def _mark_seen(found: SignedIn) -> None:
    """Note the day, at most once, in a transaction of its own: the page's session only reads."""
    if request.method == "POST" or found.seen_on >= today():
        return
    with parts().database.writing() as own:
        service.mark_seen(own, found, today())
