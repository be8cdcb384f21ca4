"""Pages to report a listing or a review, to complain and to appeal. They need no account."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.domain.refused import NoSuchLink, NothingThere
from finder.moderation.reports import service
from finder.moderation.reports.forms import ReportForm, WordsForm
from finder.moderation.reports.rules import LONGEST_REPORT, Reported, is_number
from finder.platform.web.request import db, network, network_mark, now, parts, wake
from finder.platform.web.security import kept_private

WAIT = "Many reports came from where you are. Wait an hour, then try once more."

bp = kept_private(Blueprint("report", __name__))


@bp.route("/groups/<uuid:public_id>/report", methods=["GET", "POST"])
def write(public_id: UUID) -> str | AnyResponse | tuple[str, int]:
    """What is wrong with a listing, or with a review of it (`review=<uuid>`)."""
    about = _about(public_id)
    form = ReportForm(of_review=about.review_id is not None)
    if not form.is_sent:
        return _page(form, about)
    return _send(form, about)


@bp.route("/complain", methods=["GET", "POST"])
def complain() -> str | AnyResponse | tuple[str, int]:
    """What is wrong with the site, or with us."""
    form = WordsForm()
    return _send(form, None) if form.is_sent else _page(form, None)


@bp.get("/report/sent")
def sent() -> str:
    """The reference number, and what happens next."""
    number = request.args.get("number", "")
    return render_template(
        "moderation/reports/sent.html", number=number if is_number(number) else ""
    )


@bp.route("/appeal/<token>", methods=["GET", "POST"])
def appeal(token: str) -> str | AnyResponse:
    """The mailed link: why a decision is wrong. Looking at it uses nothing up."""
    found = service.find_appeal(db(), token, now())
    form = WordsForm()
    if not form.is_sent:
        return render_template(
            "moderation/reports/appeal.html", form=form, appeal=found, longest=LONGEST_REPORT
        )
    number = service.appeal(db(), token, form.words.data, now())
    wake("mail")
    return redirect(url_for("report.sent", number=number), 303)


@bp.errorhandler(NoSuchLink)
def no_such_link(_error: NoSuchLink) -> tuple[str, int]:
    """A link to appeal that was used, is too old, or never was."""
    return render_template("moderation/reports/no_link.html"), 404


def _about(public_id: UUID) -> Reported:
    try:
        review = UUID(typed) if (typed := request.values.get("review", "")) else None
        return service.find_reported(db(), public_id, review)
    except (ValueError, NothingThere):
        abort(404)


def _send(form: WordsForm, about: Reported | None) -> AnyResponse | tuple[str, int]:
    try:
        number = service.report(
            db(), parts().limits, form.draft(), about, network(), network_mark(), now()
        )
    except service.TooManyReports:
        return _page(form, about, WAIT), 429
    wake("mail")
    return redirect(url_for("report.sent", number=number), 303)


def _page(form: WordsForm, about: Reported | None, wait: str = "") -> str:
    messages = form.messages | ({"send": wait} if wait else {})
    return render_template(
        "moderation/reports/write.html",
        form=form,
        about=about,
        messages=messages,
        longest=LONGEST_REPORT,
    )
