"""Change a published listing part by part, and look at its history.

A form carries the version that its editor has seen. Where somebody else has changed the listing
since, nothing is saved until the editor has seen both changes.
"""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from finder.accounts import auth
from finder.domain.groups import GroupDraft
from finder.listings.changes import Whose, merged
from finder.listings.fields import FIELDS
from finder.organise import service as organise_service
from finder.organise.rules import OwnListing
from finder.organise.wizard.fields import PartForm
from finder.organise.wizard.forms import PART_OF, PARTS, Part, form_of, resized, typed_in
from finder.organise.wizard.views import around, bp
from finder.platform.web.forms import ButtonForm
from finder.platform.web.request import db, now, parts, today

MOST_VERSIONS = 2_000_000_000


@bp.get("/<uuid:public_id>/edit")
def edit(public_id: UUID) -> str:
    """What the listing says, part by part."""
    its = _own(public_id)
    return render_template(
        "organise/wizard/overview.html",
        listing=its,
        group=its.draft,
        parts=PARTS,
        lines=[(field.label, field.words(its.draft)) for field in FIELDS],
        dates=organise_service.next_dates(its.draft, parts().calendars, now()),
        today=today(),
        is_saved="saved" in request.args,
        is_listed="listed" in request.args,
    )


@bp.route("/<uuid:public_id>/edit/<slug>", methods=["GET", "POST"])
def change(public_id: UUID, slug: str) -> str | AnyResponse | tuple[str, int]:
    """One part."""
    part = PART_OF.get(slug) or abort(404)
    its, button = _own(public_id), ButtonForm()
    around_it = around(its.draft.venue)
    if request.method == "GET":
        return _form(its, part, form_of(part, part.form.typed_of(its.draft), around_it), button)
    typed = typed_in(part, request.form)
    more = resized(part, typed, request.form.get("do", ""))
    form = form_of(part, more or typed, around_it)
    if not button.is_sent or more is not None or not form.validate():
        return _form(its, part, form, button)
    return _save(its, part, form, button)


@bp.get("/<uuid:public_id>/history")
def history(public_id: UUID) -> str:
    """Every version: who changed what, and when."""
    return _history(public_id, ButtonForm())


@bp.post("/<uuid:public_id>/history/<int(max=2000000000):number>/restore")
def restore(public_id: UUID, number: int) -> str | AnyResponse | tuple[str, int]:
    """Make the listing say what it said at a version, as a new version."""
    button = ButtonForm()
    if not button.is_sent:
        return _history(public_id, button)
    try:
        organise_service.restore(
            db(), auth.account().id, public_id, number, _number("version"), now()
        )
    except organise_service.ChangedMeanwhile:
        return _history(public_id, button, is_moved=True), 409
    return redirect(url_for(".history", public_id=public_id, saved=1), 303)


def _own(public_id: UUID) -> OwnListing:
    return organise_service.own(db(), auth.account().id, public_id)


def _number(name: str, otherwise: int = 0) -> int:
    return min(max(0, request.form.get(name, otherwise, type=int)), MOST_VERSIONS)


def _form(its: OwnListing, part: Part, form: PartForm, button: ButtonForm) -> str:
    version = _number("version", its.version)
    return render_template(
        "organise/wizard/change.html",
        listing=its,
        part=part,
        form=form,
        button=button,
        version=version,
        opened=_number("opened", version),
    )


def _save(
    its: OwnListing, part: Part, form: PartForm, button: ButtonForm
) -> str | AnyResponse | tuple[str, int]:
    version = _number("version")
    opened = _number("opened", version)
    draft = _with_choices(
        its, form.put(organise_service.as_opened(db(), its, opened)), opened, version
    )
    try:
        organise_service.edit(db(), auth.account().id, its.id, draft, version, now(), opened)
    except organise_service.ChangedMeanwhile as meanwhile:
        return _conflict(its, part, button, meanwhile, opened), 409
    return redirect(url_for(".edit", public_id=its.id, saved=1), 303)


def _with_choices(its: OwnListing, yours: GroupDraft, opened: int, version: int) -> GroupDraft:
    """Your draft; or, from the page of a conflict, theirs with your changes as you chose."""
    if version == opened:
        return yours
    base, theirs = (organise_service.as_opened(db(), its, number) for number in (opened, version))
    keep_theirs = {field.key: request.form.get(f"keep-{field.key}") == "theirs" for field in FIELDS}
    return merged(base, theirs, yours, keep_theirs)


def _conflict(
    its: OwnListing,
    part: Part,
    button: ButtonForm,
    meanwhile: organise_service.ChangedMeanwhile,
    opened: int,
) -> str:
    typed = typed_in(part, request.form)
    return render_template(
        "organise/wizard/conflict.html",
        listing=its,
        part=part,
        button=button,
        typed=typed,
        version=meanwhile.version,
        opened=opened,
        clashes=[line for line in meanwhile.lines if line.whose is Whose.BOTH],
        yours=[line for line in meanwhile.lines if line.whose is Whose.YOURS],
        theirs=[line for line in meanwhile.lines if line.whose is Whose.THEIRS],
    )


def _history(public_id: UUID, button: ButtonForm, is_moved: bool = False) -> str:
    its, versions = organise_service.versions(db(), auth.account().id, public_id)
    return render_template(
        "organise/wizard/history.html",
        listing=its,
        versions=versions,
        button=button,
        is_moved=is_moved,
        is_saved="saved" in request.args,
    )
