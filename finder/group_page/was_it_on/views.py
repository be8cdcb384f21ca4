"""Was it on? A parent says so of a recent date, with one button and no account.

The form has a page of its own: a group's page is the same for everybody, and holds no token.
"""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.domain.refused import NothingThere, Refused
from finder.group_page.rules import ListingPage
from finder.group_page.was_it_on import service
from finder.group_page.was_it_on.forms import WasItOnForm
from finder.platform.web.request import db, network, now, parts, today
from finder.platform.web.security import kept_private

ONCE = (
    "Somebody where you are has told us about that day already, perhaps you. "
    "We count one answer a day, so that nobody can answer for others."
)
bp = kept_private(Blueprint("was_it_on", __name__))


@bp.get("/groups/<uuid:public_id>/was-it-on")
def ask(public_id: UUID) -> str:
    """The recent dates, each with its two buttons."""
    return _page(_asked(public_id), {})


@bp.post("/groups/<uuid:public_id>/was-it-on")
def answer(public_id: UUID) -> str | AnyResponse | tuple[str, int]:
    """One button: counted, and shown on the group's page at once."""
    page = _asked(public_id)
    form = WasItOnForm()
    if not form.is_sent:
        return _page(page, form.messages)
    try:
        service.answer(db(), parts().limits, page, form.given, network())
    except Refused as refused:
        return _page(page, {"answer": refused.message})
    except service.AnsweredToday:
        return _page(page, {"answer": ONCE}), 429
    return redirect(url_for("group.show", public_id=public_id, _anchor="was-it-on"), 303)


def _asked(public_id: UUID) -> ListingPage:
    try:
        return service.find_asked(db(), parts().calendars, public_id, now())
    except NothingThere:
        abort(404)


def _page(page: ListingPage, messages: dict[str, str]) -> str:
    return render_template(
        "group_page/was_it_on_ask.html",
        page=page,
        form=WasItOnForm(),
        messages=messages,
        today=today(),
    )
