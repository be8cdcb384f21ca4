"""An organiser cancels dates, one or a range, and puts them back."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth
from finder.domain.refused import Refused
from finder.organise.upkeep import service
from finder.organise.upkeep.forms import CancelForm, PutBackForm
from finder.platform.web.request import db, now, parts, today

bp = auth.only_signed_in(Blueprint("organise_dates", __name__, url_prefix="/organise"))


@bp.get("/listings/<uuid:public_id>/dates")
def show(public_id: UUID) -> str:
    """The dates of the next four months, and a form to cancel some."""
    return _page(public_id, CancelForm())


@bp.post("/listings/<uuid:public_id>/dates")
def cancel(public_id: UUID) -> str | AnyResponse:
    """Cancel every date from the first day to the last."""
    form = CancelForm()
    if not form.is_sent:
        return _page(public_id, form)
    first, last = form.days
    account_id, calendars = auth.account().id, parts().calendars
    try:
        count = service.cancel_dates(
            db(), calendars, account_id, public_id, first, last, form.note.data, today(), now()
        )
    except Refused as refused:
        return _page(public_id, form, {refused.field: refused.message})
    return redirect(url_for("organise_dates.show", public_id=public_id, off=count), 303)


@bp.post("/listings/<uuid:public_id>/dates/put-back")
def put_back(public_id: UUID) -> str | AnyResponse:
    """Put one cancelled date back."""
    form = PutBackForm()
    if not form.is_sent or form.occurrence is None:
        return _page(public_id, CancelForm(formdata=None), form.messages)
    service.put_back(db(), auth.account().id, public_id, *form.occurrence, now())
    return redirect(url_for("organise_dates.show", public_id=public_id, back=1), 303)


def _page(public_id: UUID, form: CancelForm, more: dict[str, str] | None = None) -> str:
    account_id, calendars = auth.account().id, parts().calendars
    return render_template(
        "organise/cancel.html",
        listing=service.own_listing(db(), calendars, account_id, public_id, now()),
        dates=service.coming_dates(db(), calendars, account_id, public_id, today()),
        form=form,
        messages={**form.messages, **(more or {})},
        today=today(),
        off=request.args.get("off", 0, type=int),
        is_back="back" in request.args,
    )
