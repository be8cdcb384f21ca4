"""The points of a search: the same groups as on the list, for the map and for other sites."""

from flask import Blueprint, Response, request

from finder.listings.addresses import addresses_of_groups
from finder.places.rules import Choices
from finder.platform.web.page_cache import same_for_all
from finder.platform.web.request import db, gazetteer, now, parts
from finder.search import geojson, service
from finder.search.forms import read
from finder.search.rules import MapPoints, SearchQuery

bp = Blueprint("points", __name__)


@bp.get("/search.geojson")
@same_for_all
def points() -> Response:
    """All matches up to 2,000 as GeoJSON; a search that finds no place has none, and says why."""
    query, _ = read(request.args)
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
