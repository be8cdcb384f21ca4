"""An organiser's note on a listing's page, and how often the page is opened."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth
from finder.organise.upkeep import page_use, service
from finder.organise.upkeep.forms import NoteForm
from finder.organise.upkeep.rules import LONGEST_NOTE
from finder.platform.web.request import db, now, parts, today

bp = auth.only_signed_in(Blueprint("organise_page", __name__, url_prefix="/organise"))


@bp.route("/listings/<uuid:public_id>/note", methods=["GET", "POST"])
def note(public_id: UUID) -> str | AnyResponse:
    """One short note, "What we changed", shown on the group's page with its date."""
    account_id, calendars = auth.account().id, parts().calendars
    listing = service.own_listing(db(), calendars, account_id, public_id, now())
    form = NoteForm(data={"note": listing.note})
    if form.is_sent:
        service.write_note(db(), account_id, public_id, form.note.data, today(), now())
        return redirect(url_for("organise_page.note", public_id=public_id, saved=1), 303)
    return render_template(
        "organise/note.html",
        listing=listing,
        form=form,
        longest=LONGEST_NOTE,
        today=today(),
        is_saved="saved" in request.args,
    )


@bp.get("/listings/<uuid:public_id>/seen")
def seen(public_id: UUID) -> str:
    """How often the page was opened by week, and what parents say beside the organiser's word."""
    account_id, calendars = auth.account().id, parts().calendars
    listing = service.own_listing(db(), calendars, account_id, public_id, now())
    found = page_use.page_use(db(), calendars, account_id, public_id, today(), now())
    return render_template("organise/seen.html", listing=listing, seen=found, today=today())
