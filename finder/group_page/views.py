"""One group's page, and "Was it on?", which a parent answers with one button and no account.

The form has its own page, because a group's page is the same for everybody and has no CSRF token.
"""

from typing import cast
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from finder.domain.refused import NothingThere, Refused
from finder.domain.talking.evidence import difference, first_timers
from finder.group_page import json_ld, service
from finder.group_page.fact_lines import first_visit, good_to_know, have_to, included
from finder.group_page.forms import WasItOnForm
from finder.group_page.rules import ListingPage, is_in_doubt, sentence
from finder.group_page.sources import how_we_know
from finder.listings.template_filters import whole_address_of_group
from finder.platform.web.page_cache import same_for_all
from finder.platform.web.request import (
    db,
    network_today,
    now,
    page_number,
    parts,
    today,
    whole_address,
)
from finder.platform.web.security import kept_private
from finder.reviews import service as reviews_service
from finder.reviews.rules import ReviewsPage

ONCE = (
    "Somebody where you are has told us about that day already, perhaps you. "
    "We count one answer a day, so that nobody can answer for others."
)
bp = Blueprint("group", __name__)
was_it_on = kept_private(Blueprint("was_it_on", __name__))


@bp.get("/groups/<uuid:public_id>")
@same_for_all
def show(public_id: UUID) -> str | AnyResponse:
    """A group's page. A group that was merged into another redirects to that one."""
    moment, calendars = now(), parts().calendars
    try:
        page = service.show_group(db(), public_id, moment, calendars)
    except NothingThere:
        abort(404)
    if isinstance(page, UUID):
        return redirect(url_for("group.show", public_id=page), 302)
    return render_template(
        "group_page/show.html",
        is_preview=False,
        page=page,
        group=page.draft,
        today=today(),
        reviews=reviews_service.reviews_of(db(), public_id, page_number("reviews"))
        if page.talking.parents
        else ReviewsPage(),
        was_on=sentence(page.found_on, page.checked_on, today()),
        is_in_doubt=is_in_doubt(page.found_on),
        events=json_ld.event_series(
            page,
            whole_address_of_group(public_id),
            whole_address(current_app.extensions["picture"]),
        ),
        quieter=service.quieter_nearby(db(), calendars, page, moment),
    )


@bp.after_request
def count(response: Response) -> Response:
    """Count a page view, cached or not, and nothing about who views it."""
    # A prefetched page may never be seen.
    is_a_look = request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")
    if is_a_look and response.status_code in {200, 304} and request.view_args:
        counter = cast(service.PageCounter, current_app.extensions["page_counter"])
        counter.count(request.view_args["public_id"], today())
    return response


@was_it_on.get("/groups/<uuid:public_id>/was-it-on")
def ask(public_id: UUID) -> str:
    """The recent dates, with two buttons for each."""
    return _page(_asked(public_id), {})


@was_it_on.post("/groups/<uuid:public_id>/was-it-on")
def answer(public_id: UUID) -> str | AnyResponse | tuple[str, int]:
    """Count the answer, and show the group's page with it."""
    page = _asked(public_id)
    form = WasItOnForm()
    if not form.is_sent:
        return _page(page, form.messages)
    try:
        service.answer(db(), page, form.given, network_today(), today())
    except Refused as refused:
        return _page(page, {"answer": refused.message})
    except service.AnsweredToday:
        return _page(page, {"answer": ONCE}), 429
    return redirect(url_for("group.show", public_id=public_id, _anchor="was-it-on"), 303)


def _asked(public_id: UUID) -> ListingPage:
    try:
        return service.find_asked(db(), parts().calendars, public_id, now())
    except NothingThere:
        abort(404)


def _page(page: ListingPage, messages: dict[str, str]) -> str:
    return render_template(
        "group_page/was_it_on_ask.html",
        page=page,
        form=WasItOnForm(),
        messages=messages,
        today=today(),
    )


def start(app: Flask) -> None:
    """Give the lines of facts, and the evidence of a level, to every template."""
    app.jinja_env.globals.update(
        first_timers=first_timers,
        first_visit=first_visit,
        good_to_know=good_to_know,
        have_to=have_to,
        how_we_know=how_we_know,
        included=included,
        level_difference=difference,
    )
