"""The home page, the search as a list and as map points, and the saved groups."""

from uuid import UUID

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from finder.listings.template_filters import addresses_of_groups
from finder.places.rules import Choices
from finder.platform.web.page_cache import same_for_all
from finder.platform.web.request import db, gazetteer, now, parts, today, whole_address
from finder.search import geojson, service
from finder.search.forms import as_typed, read
from finder.search.rules import MapPoints, Results, SearchQuery

MOST_SAVED = 50
LONGEST_SHOWN = 120
"""How many characters of an unknown place the page shows again."""

bp = Blueprint("find", __name__)
map_points = Blueprint("points", __name__)


@bp.get("/")
@same_for_all
def home() -> str:
    """The home page: a box for the place, and a switch for the level."""
    return render_template("search/home.html")


@bp.get("/search")
@same_for_all
def results() -> str:
    """Groups near a place, or a choice of places, or help where no place was found."""
    query, errors = read(request.args, today())
    typed = as_typed(request.args)
    shown = {
        "query": query,
        "errors": errors,
        "near": query.near or typed.get("near", "")[:LONGEST_SHOWN],
    }
    if not query.near:
        return render_template("search/ask.html", **shown)
    answer = service.find_groups(db(), gazetteer(), parts().calendars, query, now())
    if isinstance(answer, Results):
        shown["query"] = answer.query
        return render_template(
            "search/results.html", **shown, results=answer, typed=typed, today=today()
        )
    which = "search/choices.html" if isinstance(answer, Choices) else "search/not_found.html"
    return render_template(which, **shown, answer=answer)


@bp.get("/places.json")
def places() -> Response:
    """Places that begin like what was typed, for the box that suggests while somebody types."""
    found = gazetteer().suggest(request.args.get("q", ""))
    answer = jsonify(places=[{"label": one.label, "near": one.near} for one in found])
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/shortlist")
def shortlist() -> str:
    """The groups whose ids are in the address, as a page to share or print."""
    ids = ids_in(request.args.getlist("g"))
    cards = service.saved_groups(db(), parts().calendars, ids, now()) if ids else ()
    return render_template(
        "search/shortlist.html",
        cards=cards,
        gone=len(ids) - len(cards),
        address=whole_address(request.full_path),
        calendar=url_for("calendars.shortlist", g=[card.public_id for card in cards]),
        today=today(),
    )


@map_points.get("/search.geojson")
@same_for_all
def points() -> Response:
    """Up to 2,000 matches as GeoJSON. Without a place it has no point, and a message says why."""
    query, _ = read(request.args, today())
    return Response(_collection(query), mimetype=geojson.MEDIA_TYPE)


def _collection(query: SearchQuery) -> bytes:
    if not query.near:
        return geojson.nothing("Type a postcode or the name of a place.")
    answer = service.find_points(db(), gazetteer(), parts().calendars, query, now())
    if isinstance(answer, MapPoints):
        return geojson.collection(answer, query.radius_miles, addresses_of_groups())
    if isinstance(answer, Choices):
        return geojson.nothing("There are several places of that name. Choose one.")
    return geojson.nothing(answer.message)


def ids_in(typed: list[str]) -> tuple[UUID, ...]:
    """The first fifty valid ids, each once."""
    found: dict[UUID, None] = {}
    for text in typed[: MOST_SAVED * 2]:
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return tuple(found)[:MOST_SAVED]
