"""The editors of an organiser's listings: invite, list and remove them."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth
from finder.accounts import service as accounts_service
from finder.domain.refused import Refused
from finder.organise.editors.forms import InviteForm
from finder.platform.web.forms import ButtonForm
from finder.platform.web.request import db, now, secret_key, settings, wake

DONE = {
    "invited": "We have sent the invitation.",
    "removed": "That editor can’t change your listings any more.",
    "taken-back": "That invitation doesn’t work any more.",
}

bp = auth.only_signed_in(
    Blueprint("organise_editors", __name__, url_prefix="/organise/organisers/<uuid:organiser_id>")
)


@bp.get("/editors")
def show(organiser_id: UUID) -> str:
    """The editors, the invitations, and a form to invite one more."""
    return _page(organiser_id, InviteForm())


@bp.post("/editors")
def invite(organiser_id: UUID) -> str | AnyResponse:
    """Invite an address by email."""
    form = InviteForm()
    if not form.is_sent:
        return _page(organiser_id, form)
    base_url = settings().site_address
    try:
        accounts_service.invite(
            db(), auth.account(), organiser_id, form.email.data, base_url, now(), secret_key()
        )
    except Refused as refused:
        return _page(organiser_id, form, {refused.field: refused.message})
    wake("mail")
    return _done(organiser_id, "invited")


@bp.post("/editors/<uuid:account_id>/remove")
def remove(organiser_id: UUID, account_id: UUID) -> str | AnyResponse:
    """Take an editor's right away; the last one stays."""
    if not ButtonForm().is_sent:
        return _page(
            organiser_id, InviteForm(formdata=None), {"main": "Press the button once more."}
        )
    try:
        accounts_service.remove_editor(db(), auth.account().id, organiser_id, account_id)
    except Refused as refused:
        return _page(organiser_id, InviteForm(formdata=None), {"main": refused.message})
    if account_id == auth.account().id:
        return redirect(url_for("organise.home"), 303)
    return _done(organiser_id, "removed")


@bp.post("/invitations/<uuid:invitation_id>/take-back")
def take_back(organiser_id: UUID, invitation_id: UUID) -> str | AnyResponse:
    """Take an invitation back."""
    if not ButtonForm().is_sent:
        return _page(
            organiser_id, InviteForm(formdata=None), {"main": "Press the button once more."}
        )
    accounts_service.take_invitation_back(db(), auth.account().id, organiser_id, invitation_id)
    return _done(organiser_id, "taken-back")


def _done(organiser_id: UUID, what: str) -> AnyResponse:
    return redirect(url_for("organise_editors.show", organiser_id=organiser_id, done=what), 303)


def _page(organiser_id: UUID, form: InviteForm, more: dict[str, str] | None = None) -> str:
    return render_template(
        "organise/editors.html",
        page=accounts_service.editors_of(db(), auth.account().id, organiser_id, now()),
        me=auth.account(),
        form=form,
        messages={**form.messages, **(more or {})},
        done=DONE.get(request.args.get("done", ""), ""),
    )
