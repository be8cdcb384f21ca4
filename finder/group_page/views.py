"""One group's own page."""

from typing import cast
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from finder.group_page import json_ld, service
from finder.group_page.page_counter import PageCounter
from finder.group_page.was_it_on.rules import is_in_doubt, sentence
from finder.listings.addresses import whole_address_of_group
from finder.platform.web.assets import picture
from finder.platform.web.page_cache import same_for_all
from finder.platform.web.request import db, now, page_number, parts, today
from finder.reviews import service as reviews_service

bp = Blueprint("group", __name__)


@bp.get("/groups/<uuid:public_id>")
@same_for_all
def show(public_id: UUID) -> str | AnyResponse:
    """What will happen, and how much a parent will have to talk. One that was put together with
    another leads there.
    """
    moment, calendars = now(), parts().calendars
    page = service.show_group(db(), public_id, moment, calendars)
    if page is None:
        into = service.merged_into(db(), public_id) or abort(404)
        return redirect(url_for("group.show", public_id=into), 302)
    return render_template(
        "group_page/show.html",
        is_preview=False,
        page=page,
        group=page.draft,
        today=today(),
        reviews=reviews_service.reviews_of(db(), public_id, page_number("reviews")),
        was_on=sentence(page.found_on, page.checked_on, today()),
        is_in_doubt=is_in_doubt(page.found_on),
        events=json_ld.event_series(page, whole_address_of_group(public_id), picture()),
        quieter=service.quieter_nearby(db(), calendars, page, moment),
    )


@bp.after_request
def count(response: Response) -> Response:
    """Count a look at a page, also at one that was kept, and nothing about who looks."""
    # A browser prefetches a page in case somebody will look at it.
    is_a_look = request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")
    if is_a_look and response.status_code in {200, 304} and request.view_args:
        counter = cast(PageCounter, current_app.extensions["page_counter"])
        counter.count(request.view_args["public_id"], today())
    return response
