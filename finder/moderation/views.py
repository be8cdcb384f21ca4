"""The moderators' queue, each thing in it, and the log. Only moderators see these pages."""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth
from finder.domain.refused import NothingThere, Refused
from finder.moderation import page_service, service
from finder.moderation.forms import DecisionForm, decision_form
from finder.moderation.rules import LONGEST_REASON, ONE, Action, Item, ItemKind
from finder.platform.web.request import db, now, page_number, parts, settings, today, wake
from finder.reviews.rules import ReviewsPage

KINDS = {kind.value: kind for kind in ItemKind}

bp = auth.only_moderators(Blueprint("moderate", __name__, url_prefix="/moderate"))


@bp.get("/", strict_slashes=False)
def queue() -> str:
    """What waits, oldest first; `kind` shows one kind, `asked=1` what waits for its author."""
    kind = KINDS.get(request.args.get("kind", ""))
    is_asked = request.args.get("asked") == "1"
    number = page_number()
    found = service.look_through(db(), kind, number, asked=is_asked)
    return render_template(
        "moderation/queue.html", queue=found, kinds=tuple(ItemKind), one=ONE, is_asked=is_asked
    )


@bp.get("/log")
def log() -> str:
    """Every decision, newest first."""
    number = page_number()
    lines, has_more = service.log_page(db(), number)
    return render_template("moderation/log.html", lines=lines, number=number, has_more=has_more)


@bp.get("/<kind>/<uuid:item_id>")
def show(kind: str, item_id: UUID) -> str:
    """One thing, whole: what it says, whose it is, what came before, and what can be done."""
    item = _item(kind, item_id)
    return _page(item, decision_form(item), is_done="done" in request.args)


@bp.post("/<kind>/<uuid:item_id>")
def decide(kind: str, item_id: UUID) -> str | AnyResponse | tuple[str, int]:
    """Carry a decision out, then lead back to the thing as it stands."""
    item = _item(kind, item_id)
    form = decision_form(item)
    if form.stamp.data != item.stamp:  # before all else: it has changed meanwhile
        return _changed_page(kind, item_id, form), 409
    if not form.is_sent:
        return _page(item, form)
    try:
        decision, base_url = form.decision(), settings().site_address
        service.decide(db(), auth.account(), item.kind, item_id, decision, base_url, now())
    except service.ItemChangedMeanwhile:
        return _changed_page(kind, item_id, form), 409
    except Refused as refused:
        db().rollback()
        return _page(_item(kind, item_id), form, {refused.field: refused.message})
    wake("mail")
    return redirect(url_for("moderate.show", kind=kind, item_id=item_id, done=1), 303)


@bp.get("/listing/<uuid:group_id>/preview")
def preview(group_id: UUID) -> str:
    """A listing's page exactly as parents see it once it is published."""
    page = page_service.preview(db(), parts().calendars, group_id, now())
    return render_template(
        "moderation/preview.html",
        is_preview=True,
        page=page,
        group=page.draft,
        today=today(),
        reviews=ReviewsPage(),
        was_on="",
        is_in_doubt=False,
        events="",
        quieter=(),
    )


def _changed_page(kind: str, item_id: UUID, form: DecisionForm) -> str:
    """The page as it stands now, for the second of two moderators who decide at once."""
    db().rollback()
    item = _item(kind, item_id)
    news = page_service.what_changed(db(), item, form.stamp.data or "")
    fresh = decision_form(item)
    return _page(item, fresh, is_changed=True, typed=form.words.data or "", news=news)


def _item(kind: str, item_id: UUID) -> Item:
    try:
        return service.find(db(), KINDS.get(kind) or abort(404), item_id)
    except NothingThere:
        abort(404)


def _page(
    item: Item,
    form: DecisionForm,
    messages: dict[str, str] | None = None,
    *,
    is_done: bool = False,
    is_changed: bool = False,
    typed: str = "",
    news: tuple[str, ...] = (),
) -> str:
    form.stamp.data = item.stamp
    return render_template(
        "moderation/item.html",
        item=item,
        one=ONE,
        form=form,
        messages=form.messages | (messages or {}),
        following=service.next_after(db(), None),
        longest=LONGEST_REASON,
        can_move=Action.MOVE in item.actions,
        is_done=is_done,
        is_changed=is_changed,
        typed=typed,
        news=news,
        versions=page_service.versions(db(), item),
    )
