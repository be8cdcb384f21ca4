"""Somebody's own data: everything that we hold, as a file; and the way to be forgotten."""

import json

from flask import Blueprint, Response, redirect, render_template, url_for
from flask import session as cookie
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth
from finder.domain.refused import Refused
from finder.my_account import service
from finder.my_account.forms import DeleteAccountForm
from finder.platform.mail.transports import Transport, transport_from
from finder.platform.web import request
from finder.platform.web.request import db, now, settings

bp = auth.only_signed_in(Blueprint("leaving", __name__, url_prefix="/account"))


@bp.get("/download")
def download() -> Response:
    """Everything that we hold about whoever asks, as JSON."""
    held = service.everything(db(), auth.account())
    answer = Response(json.dumps(held, indent=1, ensure_ascii=False), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="quiet-corner.json"'
    return answer


@bp.get("/delete")
def ask() -> str:
    """A page that says what goes and what stays, with a choice about reviews."""
    return _page(DeleteAccountForm(), {})


@bp.post("/delete")
def forget() -> str | AnyResponse:
    """The button: forget everything, at once."""
    form = DeleteAccountForm()
    if not form.is_sent:
        return _page(form, form.messages)
    account = auth.account()
    try:
        service.delete_account(
            db(),
            account,
            now(),
            keep_reviews=form.keeps_reviews,
            keep_reports=bool(form.keep_reports.data),
        )
    except Refused as refused:
        return _page(form, {refused.field: refused.message})
    _transport().forget(account.email)
    cookie.clear()
    request.forget_viewer()
    return auth.let_out(redirect(url_for("sign_in.forgotten"), 303))


def _transport() -> Transport:
    its = settings()
    return transport_from(its.mail_url.get_secret_value(), its.base_url, its.data_dir)


def _page(form: DeleteAccountForm, messages: dict[str, str]) -> str:
    return render_template(
        "my_account/delete.html",
        form=form,
        messages=messages,
        me=auth.signed_in(),
        waiting=service.count_waiting_reports(db(), auth.account()),
    )
