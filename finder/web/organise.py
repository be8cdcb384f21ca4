"""Organisers at work: their listings. Everything here is behind one gate."""

from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.domain.keeping import needs
from finder.domain.refused import Refused
from finder.formats import listings_csv
from finder.services import joining, keeping, writing
from finder.web import gates
from finder.web.forms.organise import ListingsForm, WishForm
from finder.web.forms.review import ButtonForm
from finder.web.request import db, gazetteer, now, page_number, parts, today
from finder.web.spreadsheets import csv_file

DONE = {
    "checked": "Thank you. Parents read that you checked it today.",
    "pause": "It is paused. Parents don’t find it until you publish it again.",
    "publish": "It is published. Parents find it.",
    "end": "It has ended. Parents don’t find it any more.",
    "copied": "The copy is below, paused. Change what is different, then publish it.",
}

bp = gates.only_signed_in(Blueprint("organise", __name__, url_prefix="/organise"))


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
    keeping.say_true(db(), gates.account().id, form.ids, today(), now())
    return _done("checked")


@bp.post("/listings/<uuid:public_id>/state")
def change_state(public_id: UUID) -> str | AnyResponse | tuple[str, int]:
    """Pause, publish again or end one listing."""
    form = WishForm()
    if not form.is_sent:
        return _page(form)
    try:
        keeping.set_state(db(), gates.account().id, public_id, form.wanted, now())
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
        keeping.copy(db(), gates.account().id, public_id, now())
    except Refused as refused:
        return _page(form, refused.message), 409
    return _done("copied")


@bp.get("/listings.csv")
def export() -> Response:
    """Own listings as CSV, which uploads again unchanged."""
    drafts = keeping.own_drafts(db(), gates.account().id)
    text = listings_csv.write(drafts, gazetteer().postcode)
    return csv_file(text, f"listings-{today()}.csv")


def _done(what: str) -> AnyResponse:
    return redirect(url_for("organise.home", done=what), 303)


def _page(form: ButtonForm, trouble: str = "") -> str:
    account_id = gates.account().id
    page = page_number()
    mine = keeping.my_listings(db(), parts().calendars, account_id, page, now())
    problem = trouble or next(iter(form.messages.values()), "")
    return render_template(
        "organise/home.html",
        organisers=joining.organisers_of(db(), account_id),
        mine=mine,
        unfinished=writing.unfinished_of(db(), account_id),
        needs={one.id: needs(one, today()) for one in mine.listings},
        unchecked=[one for one in mine.listings if one.needs_check(today())],
        form=form,
        today=today(),
        messages={"main": problem} if problem else {},
        done=DONE.get(request.args.get("done", ""), ""),
    )
