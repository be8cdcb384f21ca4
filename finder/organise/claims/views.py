"""Somebody claims a listing that another added."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth
from finder.domain.refused import Refused
from finder.organise.claims import service
from finder.organise.claims.forms import ClaimForm
from finder.organise.claims.rules import LONGEST_CLAIM
from finder.platform.web.request import db, now, wake

bp = auth.only_signed_in(Blueprint("organise_claim", __name__, url_prefix="/organise/claim"))


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
        service.claim(db(), auth.account(), public_id, form.why.data, now(), form.asked)
    except Refused as refused:
        return _page(public_id, form, {refused.field: refused.message})
    wake("mail")
    return redirect(url_for("organise_claim.ask", public_id=public_id), 303)


def _page(public_id: UUID, form: ClaimForm, more: dict[str, str] | None = None) -> str:
    listing = service.find(db(), auth.account().id, public_id)
    messages = {**form.messages, **(more or {})}
    return render_template(
        "organise/claim.html",
        listing=listing,
        form=form,
        messages={} if listing.is_own or listing.state else messages,
        longest=LONGEST_CLAIM,
    )
