"""Somebody's own data: everything that we hold, as a file; and the way to be forgotten."""

import json

from flask import Blueprint, Response, redirect, render_template, url_for
from flask import session as cookie
from werkzeug.wrappers import Response as AnyResponse

from finder.domain.refused import Refused
from finder.services import leaving
from finder.web import gates
from finder.web.forms.leaving import LeavingForm
from finder.web.request import db, now

bp = gates.only_signed_in(Blueprint("leaving", __name__, url_prefix="/account"))


@bp.get("/download")
def download() -> Response:
    """Everything that we hold about whoever asks, as JSON."""
    held = leaving.everything(db(), gates.account())
    answer = Response(json.dumps(held, indent=1, ensure_ascii=False), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="quiet-corner.json"'
    return answer


@bp.get("/delete")
def ask() -> str:
    """A page that says what goes and what stays, with a choice about reviews."""
    return _page(LeavingForm(), {})


@bp.post("/delete")
def forget() -> str | AnyResponse:
    """The button: forget everything, at once."""
    form = LeavingForm()
    if not form.is_sent:
        return _page(form, form.messages)
    try:
        leaving.delete_account(db(), gates.account(), now(), keep_reviews=form.keeps_reviews)
    except Refused as refused:
        return _page(form, {refused.field: refused.message})
    cookie.clear()
    gates.nobody()
    return gates.let_out(redirect(url_for("sign_in.forgotten"), 303))


def _page(form: LeavingForm, messages: dict[str, str]) -> str:
    return render_template(
        "account/delete.html", form=form, messages=messages, me=gates.signed_in()
    )
