"""Calendars that a phone can add or follow: of one group, and of what was saved."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Response, abort, request

from finder.listings.template_filters import whole_address_of_group
from finder.open_data import follow, icalendar
from finder.open_data.listed import Listed
from finder.platform.web.request import db, now, parts, today
from finder.platform.web.shared_copy import fresh_for
from finder.search.views import ids_in

bp = Blueprint("calendars", __name__)


@bp.get("/groups/<uuid:public_id>.ics")
def group(public_id: UUID) -> Response:
    """The dates of one group; none once it has ended, so that phones drop them."""
    found = follow.group_to_follow(db(), public_id, now()) or abort(404)
    return _calendar(found.draft.name, [found], f"{found.public_id}.ics")


@bp.get("/shortlist.ics")
def shortlist() -> Response:
    """The dates of the groups whose ids are in the address, the first fifty."""
    groups = follow.groups_to_follow(db(), ids_in(request.args.getlist("g")), now())
    return _calendar("Saved groups", groups, "saved-groups.ics")


def _calendar(name: str, groups: Sequence[Listed], filename: str) -> Response:
    addresses = {one.public_id: whole_address_of_group(one.public_id) for one in groups}
    text = icalendar.calendar_of(name, groups, parts().calendars, today(), addresses)
    answer = Response(text, mimetype=icalendar.MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return fresh_for(answer, "private")
