"""A parent's review: written, confirmed by an emailed link, changed, taken back.

The pages behind a link are private: no search engine keeps them, and no other site learns
their address. GET changes nothing there, since mail scanners open links.
"""

import secrets
from datetime import date
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.domain.facts import Fact
from finder.domain.refused import NoSuchLink, Refused
from finder.domain.reviews import LONGEST_ADVICE, LONGEST_WORDS, OwnReview, ReviewedGroup
from finder.domain.schedule import london_day
from finder.domain.vocabulary import TalkingLevel
from finder.services import reviewing
from finder.web import mail
from finder.web.forms.review import ButtonForm, change_form, review_form
from finder.web.request import db, network_mark, now, settings, today
from finder.web.security import kept_private

LIMITS = {"longest_words": LONGEST_WORDS, "longest_advice": LONGEST_ADVICE}

bp = Blueprint("review", __name__)
links = kept_private(Blueprint("review_links", __name__, url_prefix="/reviews"))


@bp.route("/groups/<uuid:public_id>/review", methods=["GET", "POST"])
def write(public_id: UUID) -> str | AnyResponse:
    """One page: how much talking, six quick questions, and last the email."""
    group = _group(public_id)
    form = review_form(group.questions, request.form, today())
    if form.is_sent:
        reviewing.submit(
            db(),
            form.draft(today()),
            form.email.data,
            public_id,
            form.key,
            secrets.token_urlsafe(32),
            settings().site_address,
            now(),
            network_mark(),
        )
        mail.wake()
        return redirect(url_for("review.sent", public_id=public_id), 303)
    return render_template(
        "review/write.html", group=group, form=form, levels=tuple(TalkingLevel), **LIMITS
    )


@bp.get("/groups/<uuid:public_id>/review/sent")
def sent(public_id: UUID) -> str:
    """What happens next. The same whether or not a mail is on its way."""
    return render_template("review/sent.html", group=_group(public_id))


@links.get("/confirm/<token>")
def ask_to_confirm(token: str) -> str:
    """A page with a button."""
    own = reviewing.find_by_token(db(), token, now())
    return render_template("review/confirm.html", own=own, form=ButtonForm())


@links.post("/confirm/<token>")
def confirm(token: str) -> str:
    """The button: from now on the review counts."""
    form = ButtonForm()
    if not form.is_sent:
        own = reviewing.find_by_token(db(), token, now())
        return render_template("review/confirm.html", own=own, form=form)
    own = reviewing.confirm(db(), token, settings().site_address, now())
    mail.wake()
    return render_template("review/confirmed.html", own=own)


@links.route("/<token>", methods=["GET", "POST"])
def manage(token: str) -> str | AnyResponse:
    """An author's own review: to change, or to take back."""
    own = reviewing.find_by_manage_token(db(), token)
    is_change = request.form.get("do") == "change"
    form = change_form(own.answers, _questions(own), request.form if is_change else (), today())
    if request.form.get("do") == "withdraw" and ButtonForm().is_sent:
        reviewing.withdraw(db(), token, now())
        return redirect(url_for("review_links.manage", token=token), 303)
    if is_change and form.is_sent:
        draft = form.draft(_day_of_writing(form.visit.data, own))
        reviewing.change(db(), token, draft, now())
        return redirect(url_for("review_links.manage", token=token, saved=1), 303)
    return render_template(
        "review/manage.html",
        own=own,
        form=form,
        button=ButtonForm(),
        levels=tuple(TalkingLevel),
        is_saved="saved" in request.args,
        **LIMITS,
    )


@links.errorhandler(NoSuchLink)
def no_such_link(_error: NoSuchLink) -> tuple[str, int]:
    """A link that is too old, was replaced, or never was."""
    return render_template("review/no_link.html"), 404


@links.errorhandler(reviewing.OwnGroup)
def own_group(_error: reviewing.OwnGroup) -> tuple[str, int]:
    """A review by one who looks after the group."""
    return render_template("review/own_group.html"), 409


@links.errorhandler(Refused)
def gone(_error: Refused) -> tuple[str, int]:
    """A review that was taken back in another window meanwhile."""
    return render_template("review/no_link.html"), 409


def _group(public_id: UUID) -> ReviewedGroup:
    try:
        return reviewing.group_to_review(db(), public_id)
    except reviewing.NoSuchGroup:
        abort(404)


def _questions(own: OwnReview) -> tuple[Fact, ...]:
    try:
        return reviewing.group_to_review(db(), own.group_id).questions
    except reviewing.NoSuchGroup:
        return ()


def _day_of_writing(month: str, own: OwnReview) -> date:
    """The day by which a visit is judged: a month that was fine when it was written stays so."""
    kept = f"{own.answers.visit.year}-{own.answers.visit.month:02}"
    return london_day(own.created_at) if month == kept else today()
