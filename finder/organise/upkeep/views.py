"""An organiser's listings: check, pause, publish, end and copy them."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth
from finder.accounts import service as accounts_service
from finder.domain.refused import Refused
from finder.organise.upkeep import service
from finder.organise.upkeep.forms import ListingsForm, WishForm
from finder.organise.upkeep.rules import needs
from finder.organise.wizard import service as wizard_service
from finder.platform.web.forms import ButtonForm
from finder.platform.web.request import db, now, page_number, parts, today

DONE = {
    "checked": "Thank you. Parents read that you checked it today.",
    "pause": "It is paused. Parents don’t find it until you publish it again.",
    "publish": "It is published. Parents find it.",
    "end": "It has ended. Parents don’t find it any more.",
    "copied": "The copy is below, paused. Change what is different, then publish it.",
}

bp = auth.only_signed_in(Blueprint("organise", __name__, url_prefix="/organise"))


@bp.get("/", strict_slashes=False)
def home() -> str:
    """My listings: each with its state, its next date, and what it needs."""
    return _page(ButtonForm())


@bp.post("/check")
def check() -> str | AnyResponse:
    """Yes, all true: of one listing, or of all that a form names."""
    form = ListingsForm()
    if not form.is_sent:
        return _page(form)
    service.say_true(db(), auth.account().id, form.ids, today(), now())
    return _done("checked")


@bp.post("/listings/<uuid:public_id>/state")
def change_state(public_id: UUID) -> str | AnyResponse | tuple[str, int]:
    """Pause, publish again or end one listing."""
    form = WishForm()
    if not form.is_sent:
        return _page(form)
    try:
        service.set_state(db(), auth.account().id, public_id, form.wanted, now())
    except Refused as refused:
        return _page(form, refused.message), 409
    return _done(form.wanted.value)


@bp.post("/listings/<uuid:public_id>/copy")
def copy(public_id: UUID) -> str | AnyResponse | tuple[str, int]:
    """Make a paused copy of one listing."""
    form = ButtonForm()
    if not form.is_sent:
        return _page(form)
    try:
        service.copy(db(), auth.account().id, public_id, now())
    except Refused as refused:
        return _page(form, refused.message), 409
    return _done("copied")


def _done(what: str) -> AnyResponse:
    return redirect(url_for("organise.home", done=what), 303)


def _page(form: ButtonForm, trouble: str = "") -> str:
    account_id = auth.account().id
    page = page_number()
    mine = service.my_listings(db(), parts().calendars, account_id, page, now())
    problem = trouble or next(iter(form.messages.values()), "")
    return render_template(
        "organise/home.html",
        organisers=accounts_service.organisers_of(db(), account_id),
        mine=mine,
        unfinished=wizard_service.unfinished_of(db(), account_id),
        needs={one.id: needs(one, today()) for one in mine.listings},
        unchecked=[one for one in mine.listings if one.needs_check(today())],
        form=form,
        today=today(),
        messages={"main": problem} if problem else {},
        done=DONE.get(request.args.get("done", ""), ""),
    )
