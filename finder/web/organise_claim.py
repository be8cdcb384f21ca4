"""Somebody says that a listing which another added is theirs."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.domain.accounts import LONGEST_CLAIM
from finder.domain.refused import Refused
from finder.services import claiming
from finder.web import gates, mail
from finder.web.forms.organise import ClaimForm
from finder.web.request import db, now

bp = gates.only_signed_in(Blueprint("organise_claim", __name__, url_prefix="/organise/claim"))


@bp.get("/<uuid:public_id>")
def ask(public_id: UUID) -> str:
    """Why it is yours; or how the claim stands."""
    return _page(public_id, ClaimForm())


@bp.post("/<uuid:public_id>")
def claim(public_id: UUID) -> str | AnyResponse:
    """Keep the claim for a moderator."""
    form = ClaimForm()
    if not form.is_sent:
        return _page(public_id, form)
    try:
        claiming.claim(db(), gates.account(), public_id, form.why.data, now())
    except Refused as refused:
        return _page(public_id, form, {refused.field: refused.message})
    mail.wake()
    return redirect(url_for("organise_claim.ask", public_id=public_id), 303)


def _page(public_id: UUID, form: ClaimForm, more: dict[str, str] | None = None) -> str:
    listing = claiming.find(db(), gates.account().id, public_id)
    messages = {**form.messages, **(more or {})}
    return render_template(
        "organise/claim.html",
        listing=listing,
        form=form,
        messages={} if listing.is_own or listing.state else messages,
        longest=LONGEST_CLAIM,
    )
