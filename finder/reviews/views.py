"""A parent's review: written, confirmed by an emailed link, changed, taken back.

The pages behind a link are private: no search engine keeps them, and no other site learns
their address. GET changes nothing there, since mail scanners open links.
"""

import secrets
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth
from finder.domain.facts import Fact
from finder.domain.refused import NoSuchLink, Refused
from finder.domain.schedule.sessions import london_day
from finder.domain.vocabulary import TalkingLevel
from finder.platform.web.forms import ButtonForm
from finder.platform.web.request import db, network_mark, now, settings, today, wake
from finder.platform.web.security import kept_private
from finder.reviews import service
from finder.reviews.forms import ReviewForm, change_form, review_form
from finder.reviews.rules import LONGEST_ADVICE, LONGEST_WORDS, OwnReview, ReviewedGroup

LIMITS = {"longest_words": LONGEST_WORDS, "longest_advice": LONGEST_ADVICE}

bp = Blueprint("review", __name__)
links = kept_private(Blueprint("review_links", __name__, url_prefix="/reviews"))


@bp.route("/groups/<uuid:public_id>/review", methods=["GET", "POST"])
def write(public_id: UUID) -> str | AnyResponse | tuple[str, int]:
    """One page: how much talking, six quick questions, and last the email. Whoever is signed in as
    an editor of the group is told at once that it can't be reviewed.
    """
    group, viewer = _group(public_id), auth.viewer()
    if viewer and service.is_own_group(db(), viewer.account, public_id):
        return render_template("reviews/own_group.html", is_told_before=True)
    form = review_form(group.questions, request.form, today())
    if form.is_sent:
        try:
            is_sent_now = service.submit(
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
        except Refused as refused:
            return _write_page(group, form, {refused.field: refused.message}), 429
        wake("mail")
        later = None if is_sent_now else 1
        return redirect(url_for("review.sent", public_id=public_id, later=later), 303)
    return _write_page(group, form)


@bp.get("/groups/<uuid:public_id>/review/sent")
def sent(public_id: UUID) -> str:
    """What happens next. `later`: the letter waits for tomorrow."""
    is_later = "later" in request.args
    return render_template("reviews/sent.html", group=_group(public_id), is_later=is_later)


@links.get("/confirm/<token>")
def ask_to_confirm(token: str) -> str:
    """A page with a button."""
    own = service.find_by_token(db(), token, now())
    return render_template("reviews/confirm.html", own=own, form=ButtonForm())


@links.post("/confirm/<token>")
def confirm(token: str) -> str:
    """The button: from now on the review counts."""
    form = ButtonForm()
    if not form.is_sent:
        own = service.find_by_token(db(), token, now())
        return render_template("reviews/confirm.html", own=own, form=form)
    own = service.confirm(db(), token, settings().site_address, now())
    wake("mail")
    return render_template("reviews/confirmed.html", own=own)


@links.route("/<token>", methods=["GET", "POST"])
def manage(token: str) -> str | AnyResponse:
    """An author's own review: to change, or to take back."""
    own = service.find_by_manage_token(db(), token)
    is_change = request.form.get("do") == "change"
    form = change_form(own.answers, _questions(own), request.form if is_change else (), today())
    button = ButtonForm()
    is_from_here = button.is_sent
    if request.form.get("do") == "withdraw" and is_from_here:
        service.withdraw(db(), token, now())
        return redirect(url_for("review_links.manage", token=token), 303)
    if is_change and form.is_sent:
        draft = form.draft(_day_of_writing(form.visit.data, own))
        service.change(db(), token, draft, now())
        return redirect(url_for("review_links.manage", token=token, saved=1), 303)
    return render_template(
        "reviews/manage.html",
        own=own,
        form=form,
        button=button,
        levels=tuple(TalkingLevel),
        is_saved="saved" in request.args,
        **LIMITS,
    )


@links.errorhandler(NoSuchLink)
def no_such_link(_error: NoSuchLink) -> tuple[str, int]:
    """A link that is too old, was replaced, or never was."""
    return render_template("reviews/no_link.html"), 404


@links.errorhandler(service.OwnGroup)
def own_group(_error: service.OwnGroup) -> tuple[str, int]:
    """A review by one who looks after the group."""
    return render_template("reviews/own_group.html", is_told_before=False), 409


@links.errorhandler(Refused)
def gone(_error: Refused) -> tuple[str, int]:
    """A review that was taken back in another window meanwhile."""
    return render_template("reviews/no_link.html"), 409


def _write_page(
    group: ReviewedGroup, form: ReviewForm, more: Mapping[str, str] | None = None
) -> str:
    return render_template(
        "reviews/write.html",
        group=group,
        form=form,
        messages={**form.messages, **(more or {})},
        levels=tuple(TalkingLevel),
        **LIMITS,
    )


def _group(public_id: UUID) -> ReviewedGroup:
    try:
        return service.group_to_review(db(), public_id)
    except service.NoSuchGroup:
        abort(404)


def _questions(own: OwnReview) -> tuple[Fact, ...]:
    try:
        return service.group_to_review(db(), own.group_id).questions
    except service.NoSuchGroup:
        return ()


def _day_of_writing(month: str, own: OwnReview) -> date:
    """The day by which a visit is judged: a month that was fine when it was written stays so."""
    kept = f"{own.answers.visit.year}-{own.answers.visit.month:02}"
    return london_day(own.created_at) if month == kept else today()
