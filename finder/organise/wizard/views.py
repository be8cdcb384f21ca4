"""List a group step by step. What is typed is saved at each step, right or wrong.

A step's form is saved before it is checked, so that nothing is lost when a connection drops.
"""

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth
from finder.accounts import service as accounts_service
from finder.domain.groups import VenueDraft
from finder.domain.refused import Refused
from finder.organise import service as organise_service
from finder.organise.rules import Typed, Unfinished
from finder.organise.wizard import service
from finder.organise.wizard.fields import Around
from finder.organise.wizard.forms import (
    PART_OF,
    PARTS,
    STEPS,
    Part,
    draft_from,
    first_unfinished,
    form_of,
    organiser_in,
    resized,
    typed_in,
)
from finder.organise.wizard.forms_where import PostcodeForm
from finder.platform.web.forms import ButtonForm
from finder.platform.web.request import db, gazetteer, now, parts, today
from finder.reviews import service as reviews_service

bp = auth.only_signed_in(Blueprint("organise_listing", __name__, url_prefix="/organise/listings"))


@bp.route("/new", methods=["GET", "POST"])
def start() -> str | AnyResponse:
    """The postcode of the venue; and what is still unfinished."""
    form, button = PostcodeForm(), ButtonForm()
    form.prepare(around())
    account_id = auth.account().id
    if button.is_sent and form.validate() and form.found:
        try:
            typed = {"postcode": [form.found.label]}
            made = service.begin(db(), account_id, "where", typed, now())
            return redirect(url_for(".write", unfinished_id=made, slug="where"), 303)
        except Refused as refused:
            form.blame(refused)
    return render_template(
        "organise/wizard/begin.html",
        form=form,
        button=button,
        steps=STEPS,
        unfinished=service.unfinished_of(db(), account_id),
    )


@bp.route("/new/<uuid:unfinished_id>/<slug>", methods=["GET", "POST"])
def write(unfinished_id: UUID, slug: str) -> str | AnyResponse:
    """One step."""
    part = PART_OF.get(slug) or abort(404)
    found, button = _found(unfinished_id), ButtonForm()
    if not button.is_sent:
        sent = typed_in(part, request.form) if request.method == "POST" else None
        return _step(found, part, sent or found.typed.get(slug), button, "check" in request.args)
    typed, do = typed_in(part, request.form), request.form.get("do", "")
    changed = resized(part, typed, do)
    kept = service.keep(db(), auth.account().id, found.id, slug, changed or typed, now())
    if changed is not None or do == "look":
        return redirect(url_for(".write", unfinished_id=found.id, slug=slug, _anchor="rows"), 303)
    if not form_of(part, typed, around()).validate():
        return _step(kept, part, typed, button, is_checked=True)
    return redirect(_after(kept, part, do), 303)


@bp.get("/new/<uuid:unfinished_id>/dates")
def dates(unfinished_id: UUID) -> str | AnyResponse:
    """The next eight dates, to be looked over."""
    found, around_it = _found(unfinished_id), around()
    missing = first_unfinished(found.typed, around_it, "when")
    if missing:
        return _put_right(found, missing)
    draft = draft_from(found.typed, around_it, "when")
    return render_template(
        "organise/wizard/dates.html",
        unfinished=found,
        group=draft,
        dates=organise_service.next_dates(draft, parts().calendars, now()),
        today=today(),
        steps=STEPS,
    )


@bp.route("/new/<uuid:unfinished_id>/preview", methods=["GET", "POST"])
def preview(unfinished_id: UUID) -> str | AnyResponse:
    """The page exactly as parents will see it; its button lists the group."""
    button, around_it = ButtonForm(), around()
    try:
        found = _found(unfinished_id)
    except accounts_service.NotYours:
        return redirect(
            _listed(organise_service.own(db(), auth.account().id, unfinished_id).id), 303
        )
    missing = first_unfinished(found.typed, around_it)
    if missing:
        return _put_right(found, missing)
    if button.is_sent:
        return _publish(found, around_it, button)
    return _preview(found, around_it, button)


@bp.route("/new/<uuid:unfinished_id>/remove", methods=["GET", "POST"])
def remove(unfinished_id: UUID) -> str | AnyResponse:
    """A page with a button."""
    found, button = _found(unfinished_id), ButtonForm()
    if button.is_sent:
        service.give_up(db(), auth.account().id, found.id)
        return redirect(url_for("organise.home"), 303)
    return render_template("organise/wizard/remove.html", unfinished=found, button=button)


def around(current: VenueDraft | None = None) -> Around:
    """What the forms of this account can look up."""
    account_id = auth.account().id
    is_shared = current is not None and organise_service.is_venue_shared(db(), account_id, current)
    return Around(
        locate=gazetteer().find,
        venues_near=lambda place: service.venues_near(db(), place),
        organisers=accounts_service.organisers_of(db(), account_id),
        is_taken=lambda name: organise_service.is_name_taken(db(), name),
        current=current,
        is_shared=is_shared,
    )


def _found(unfinished_id: UUID) -> Unfinished:
    return service.find(db(), auth.account().id, unfinished_id)


def _step(
    found: Unfinished, part: Part, typed: Typed | None, button: ButtonForm, is_checked: bool
) -> str:
    form = form_of(part, typed, around())
    if is_checked:
        form.validate()
    return render_template(
        "organise/wizard/step.html",
        part=part,
        form=form,
        button=button,
        before=_before(found, part),
        steps=STEPS,
        is_all_there=len(found.typed) == len(PARTS),
    )


def _before(found: Unfinished, part: Part) -> str:
    place = PARTS.index(part)
    if place == 0:
        return url_for(".start")
    return url_for(".write", unfinished_id=found.id, slug=PARTS[place - 1].slug)


def _after(found: Unfinished, part: Part, do: str) -> str:
    place = PARTS.index(part)
    if do == "preview" or part is PARTS[-1]:
        return url_for(".preview", unfinished_id=found.id)
    if part.slug == "when":
        return url_for(".dates", unfinished_id=found.id)
    return url_for(".write", unfinished_id=found.id, slug=PARTS[place + 1].slug)


def _put_right(found: Unfinished, part: Part) -> AnyResponse:
    is_begun = 1 if part.slug in found.typed else None
    return redirect(url_for(".write", unfinished_id=found.id, slug=part.slug, check=is_begun), 303)


def _publish(found: Unfinished, around_it: Around, button: ButtonForm) -> str | AnyResponse:
    account_id, draft = auth.account().id, draft_from(found.typed, around_it)
    alike = organise_service.lookalikes_of(db(), account_id, draft)
    if alike and request.form.get("do") != "anyway":
        return render_template(
            "organise/wizard/alike.html", unfinished=found, alike=alike, button=button, group=draft
        )
    organiser_id = organiser_in(found.typed, around_it)
    try:
        made = organise_service.publish(db(), account_id, found.id, draft, organiser_id, now())
    except Refused:
        return _put_right(found, PART_OF["what"])
    return redirect(_listed(made), 303)


def _listed(group_id: UUID) -> str:
    return url_for(".edit", public_id=group_id, listed=1)


def _preview(found: Unfinished, around_it: Around, button: ButtonForm) -> str:
    draft = draft_from(found.typed, around_it)
    page = organise_service.preview(db(), draft, parts().calendars, found.id, now())
    return render_template(
        "organise/wizard/preview.html",
        unfinished=found,
        button=button,
        parts=PARTS,
        is_preview=True,
        page=page,
        group=draft,
        today=today(),
        reviews=reviews_service.reviews_of(db(), found.id),
        was_on="",
        is_in_doubt=False,
        events="",
        quieter=(),
    )
