"""An organiser sends a file of listings: it is checked, shown, and imported."""

from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth
from finder.domain.refused import Refused
from finder.platform.web.csv_file import csv_file
from finder.platform.web.forms import ButtonForm
from finder.platform.web.request import db, now, wake
from finder.spreadsheets import listings_csv
from finder.spreadsheets.rules import MOST_BYTES, MOST_ROWS
from finder.spreadsheets.uploads import service
from finder.spreadsheets.uploads.forms import UploadForm

LOOK_AGAIN_S = 2
LARGEST_REQUEST = MOST_BYTES + 1_000_000
"""With room for what surrounds a file, and to answer a slightly larger one in words."""

bp = auth.only_signed_in(Blueprint("organise_upload", __name__, url_prefix="/organise/upload"))


@bp.get("/", strict_slashes=False)
def ask() -> str:
    """One box for a file, the template, and what a file can hold."""
    return _ask(UploadForm())


@bp.post("/", strict_slashes=False)
def send() -> str | AnyResponse:
    """Keep the file to be checked. Nothing comes in yet."""
    form = UploadForm()
    if not form.is_sent:
        return _ask(form)
    try:
        upload_id = service.keep(db(), auth.account().id, form.content, now())
    except Refused as refused:
        return _ask(form, {refused.field: refused.message})
    wake("uploads")
    return redirect(url_for("organise_upload.show", upload_id=upload_id), 303)


@bp.get("/template.csv")
def template() -> Response:
    """A file to start from."""
    return csv_file(listings_csv.template(), "listings-template.csv")


@bp.get("/<uuid:upload_id>")
def show(upload_id: UUID) -> AnyResponse:
    """What the file would add, change and leave alone, or its errors; while it is at work, how
    far that has come, looked at again every two seconds.
    """
    return _show(upload_id, ButtonForm())


@bp.post("/<uuid:upload_id>")
def bring_in(upload_id: UUID) -> AnyResponse:
    """The button: all of it, or nothing."""
    form = ButtonForm()
    if not form.is_sent:
        return _show(upload_id, form)
    service.start_import(db(), auth.account().id, upload_id, now())
    wake("uploads")
    return redirect(url_for("organise_upload.show", upload_id=upload_id), 303)


def _ask(form: UploadForm, more: dict[str, str] | None = None) -> str:
    return render_template(
        "spreadsheets/upload.html",
        form=form,
        messages={**form.messages, **(more or {})},
        most_mb=MOST_BYTES // 1_000_000,
        most_rows=MOST_ROWS,
    )


def _show(upload_id: UUID, form: ButtonForm) -> AnyResponse:
    found = service.find(db(), auth.account().id, upload_id, now())
    seconds = int((now() - found.claimed_at).total_seconds()) if found.claimed_at else 0
    page = render_template(
        "spreadsheets/upload_shown.html",
        upload=found,
        report=found.report,
        form=form,
        seconds=max(0, seconds),
    )
    answer = make_response(page)
    if found.state.is_at_work:
        answer.headers["Refresh"] = str(LOOK_AGAIN_S)
    return answer
