"""The mailed link by which an organiser checks listings, signed in or not.

Mail scanners open links but press no buttons: only the button checks.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.domain.refused import NoSuchLink
from finder.organise.reminders import service
from finder.organise.upkeep.forms import ListingsForm
from finder.platform.web.request import db, now, parts, today
from finder.platform.web.security import kept_private

bp = kept_private(Blueprint("still_running", __name__, url_prefix="/still-running"))


@bp.get("/<token>")
def ask(token: str) -> str:
    """A page with a button, and the listings that it is about."""
    return _page(token, ListingsForm())


@bp.post("/<token>")
def answer(token: str) -> str | AnyResponse:
    """The button: what is ticked is true today."""
    form = ListingsForm()
    if not form.is_sent:
        return _page(token, form)
    count = service.answer(db(), parts().calendars, token, form.ids, today(), now())
    return redirect(url_for("still_running.ask", token=token, checked=count), 303)


@bp.errorhandler(NoSuchLink)
def no_such_link(_error: NoSuchLink) -> tuple[str, int]:
    """A link that is too old, is wrong, or belongs to somebody who is no longer an editor."""
    return render_template("organise/reminders/no_link.html"), 404


def _page(token: str, form: ListingsForm) -> str:
    return render_template(
        "organise/reminders/ask.html",
        asked=service.find(db(), parts().calendars, token, now()),
        form=form,
        today=today(),
        checked=request.args.get("checked", 0, type=int),
    )
