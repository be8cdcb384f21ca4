"""One group's own page."""

from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request

from finder.domain.told import first_visit, good_to_know, have_to, included
from finder.services import finding, reviewing
from finder.web import clerk
from finder.web.answers import same_for_all
from finder.web.request import db, now, parts, today

bp = Blueprint("group", __name__)


@bp.get("/groups/<uuid:public_id>")
@same_for_all
def show(public_id: UUID) -> str:
    """What will happen, and how much a parent will have to talk."""
    moment, calendars = now(), parts().calendars
    page = finding.show_group(db(), calendars, public_id, moment) or abort(404)
    return render_template(
        "group/show.html",
        page=page,
        group=page.draft,
        today=today(),
        included=included(page),
        reviews=reviewing.reviews_of(db(), public_id, request.args.get("reviews", 1, type=int)),
        have_to=have_to(page),
        first_visit=first_visit(page),
        good_to_know=good_to_know(page),
        quieter=finding.quieter_nearby(db(), calendars, page, moment),
    )


@bp.after_request
def count(response: Response) -> Response:
    """Count a look at a page, also at one that was kept."""
    if response.status_code in {200, 304} and request.view_args:
        clerk.count_view(request.view_args["public_id"])
    return response
