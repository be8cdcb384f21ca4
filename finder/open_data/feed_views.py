"""What feed readers follow: the changes of a search."""

from flask import Blueprint, Response, request

from finder.listings.template_filters import whole_address_of_group
from finder.open_data import feeds, follow
from finder.open_data.listed import Changes, GroupChange
from finder.platform.web.request import db, gazetteer, now, parts, today, whole_address
from finder.platform.web.shared_copy import fresh_for
from finder.search.forms import read, url_of
from finder.search.rules import SearchQuery

bp = Blueprint("feeds", __name__)


@bp.get("/search.atom")
def changes() -> Response:
    """New and changed groups of a search; a search that finds no place has none, and says why."""
    query, _ = read(request.args, today())
    title, found = _changes(query)
    text = feeds.changes_feed(
        title,
        whole_address(url_of(query, "/search.atom")),
        whole_address(url_of(query)),
        found,
        now(),
        whole_address_of_group,
    )
    return fresh_for(Response(text, mimetype=feeds.ATOM_TYPE), "private")


def _changes(query: SearchQuery) -> tuple[str, tuple[GroupChange, ...]]:
    if not query.near:
        return "Type a postcode or the name of a place", ()
    answer = follow.changes_near(db(), gazetteer(), parts().calendars, query, now())
    if isinstance(answer, Changes):
        return f"Groups near {answer.centre_label}: new and changed", answer.changes
    return "We don’t know which place this is. Search on the site first", ()
