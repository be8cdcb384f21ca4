"""Somebody's own page: reviews, organisers, where they are signed in; and invitations."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth
from finder.accounts import service as accounts_service
from finder.domain.refused import NoSuchLink
from finder.my_account import service
from finder.platform.web.forms import ButtonForm
from finder.platform.web.request import db, now

bp = auth.only_signed_in(Blueprint("account", __name__, url_prefix="/account"))


@bp.get("/", strict_slashes=False)
def show() -> str:
    """What we keep of you, and what you can do with it."""
    return _page(ButtonForm())


@bp.post("/sign-ins/<uuid:sign_in_id>/end")
def end(sign_in_id: UUID) -> str | AnyResponse:
    """Sign one browser out; it may be this one."""
    form = ButtonForm()
    if not form.is_sent:
        return _page(form)
    if not accounts_service.end_sign_in(db(), auth.account().id, sign_in_id):
        abort(404)
    if sign_in_id == auth.signed_in().id:
        cookie.clear()
        return auth.let_out(redirect(url_for("find.home"), 303))
    return redirect(url_for("account.show", ended=1), 303)


@bp.post("/sign-ins/end-others")
def end_others() -> str | AnyResponse:
    """Sign every other browser out."""
    form = ButtonForm()
    if not form.is_sent:
        return _page(form)
    accounts_service.end_other_sign_ins(db(), auth.signed_in())
    return redirect(url_for("account.show", ended=1), 303)


@bp.get("/invitations/<token>")
def invitation(token: str) -> str:
    """A page with a button."""
    return _invitation(token, ButtonForm())


@bp.post("/invitations/<token>")
def accept(token: str) -> str | AnyResponse:
    """The button: from now on one of the organiser's editors."""
    form = ButtonForm()
    if not form.is_sent:
        return _invitation(token, form)
    accounts_service.accept_invitation(db(), auth.account(), token, now())
    return redirect(url_for("organise.home"), 303)


@bp.errorhandler(NoSuchLink)
def no_such_link(_error: NoSuchLink) -> tuple[str, int]:
    """An invitation that was accepted, is too old, or never was."""
    return render_template("my_account/no_invitation.html"), 404


def _page(form: ButtonForm) -> str:
    signed_in = auth.signed_in()
    return render_template(
        "my_account/show.html",
        form=form,
        me=signed_in,
        page=service.account_page(db(), signed_in.account.id, now()),
        has_ended="ended" in request.args,
    )


def _invitation(token: str, form: ButtonForm) -> str:
    found = accounts_service.find_invitation(db(), token, now())
    return render_template(
        "my_account/invitation.html", invitation=found, me=auth.account(), form=form
    )
