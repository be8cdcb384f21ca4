"""The listings as open data: Open Referral UK 3.0, for anybody, without a key."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from pydantic import BaseModel, ValidationError

from finder.listings.template_filters import whole_address_of_group
from finder.open_data import service as open_data_service
from finder.open_data.api_description import description
from finder.open_data.api_query import ListingQuery, PageQuery, wrong_in
from finder.open_data.listed import Listed
from finder.open_data.referral import terms
from finder.open_data.referral import write as shapes
from finder.open_data.referral.shapes import ServiceShape
from finder.open_data.rules import OpenPage, page_of
from finder.platform.web.request import db, gazetteer, now, whole_address
from finder.platform.web.shared_copy import fresh_for

HOME = "/openreferral/v3"
FRESH_S = 300

bp = Blueprint("open_data", __name__, url_prefix=HOME)

Query = TypeVar("Query", bound=BaseModel)


class _Wrong(Exception):
    def __init__(self, wrong: list[dict[str, str]]) -> None:
        self.wrong = wrong


@bp.errorhandler(_Wrong)
def refuse(error: _Wrong) -> Response:
    """A query that makes no sense: which parameter, and why."""
    return _answer({"message": "We could not read that", "wrong": error.wrong}, status=400)


@bp.get("/")
def home() -> Response:
    """What this API is."""
    return _answer(shapes.about_api(whole_address(url_for("open_data.openapi"))))


@bp.get("/openapi.json")
def openapi() -> Response:
    """The whole API, described as OpenAPI 3.1."""
    return _answer(description(whole_address(HOME)))


@bp.get("/services")
def services() -> Response:
    """Groups."""
    page = _listings()
    contents = [_in_list(one) for one in page.items]
    return _answer(shapes.page_shape(page, contents), page.changed_at)


@bp.get("/services/<public_id>")
def service(public_id: str) -> Response:
    """A group."""
    found = open_data_service.listing(db(), _uuid(public_id), now())
    if found is None:
        return _not_there()
    return _answer(shapes.service(found, whole_address_of_group(public_id)), found.updated_at)


@bp.get("/service_at_locations")
def service_at_locations() -> Response:
    """Groups at their venues."""
    page = _listings()
    contents = [
        shapes.service_at_location_in_list(one, whole_address_of_group(one.public_id))
        for one in page.items
    ]
    return _answer(shapes.page_shape(page, contents), page.changed_at)


@bp.get("/service_at_locations/<public_id>")
def service_at_location(public_id: str) -> Response:
    """A group at its venue."""
    found = open_data_service.listing(db(), _uuid(public_id), now())
    if found is None:
        return _not_there()
    there = shapes.service_at_location(found, whole_address_of_group(found.public_id))
    return _answer(there, found.updated_at)


@bp.get("/organizations")
def organizations() -> Response:
    """Organisers with groups."""
    asked = _query(PageQuery)
    page = open_data_service.organisers(db(), asked.page, asked.per_page)
    contents = [shapes.organization_in_list(one) for one in page.items]
    return _answer(shapes.page_shape(page, contents), page.changed_at)


@bp.get("/organizations/<public_id>")
def organization(public_id: str) -> Response:
    """An organiser with its groups."""
    found = open_data_service.organiser(db(), _uuid(public_id), now())
    if found is None:
        return _not_there()
    one, groups = found
    whole = {**shapes.organization_in_list(one), "services": [_in_list(g) for g in groups]}
    return _answer(whole, one.changed_at)


@bp.get("/taxonomies")
def taxonomies() -> Response:
    """Our taxonomies."""
    return _static(terms.taxonomies())


@bp.get("/taxonomies/<id_>")
def taxonomy(id_: str) -> Response:
    """A taxonomy with its terms."""
    found = terms.taxonomy_by_id(id_)
    return _answer(found) if found else _not_there()


@bp.get("/taxonomy_terms")
def taxonomy_terms() -> Response:
    """The terms of all taxonomies."""
    return _static(terms.all_terms())


@bp.get("/taxonomy_terms/<id_>")
def taxonomy_term(id_: str) -> Response:
    """A term."""
    found = terms.term_by_id(id_)
    return _answer(found) if found else _not_there()


def _listings() -> OpenPage[Listed]:
    """The page of groups that was asked for."""
    query = _query(ListingQuery)
    return open_data_service.listings(db(), gazetteer(), query.query(), query.postcode or "", now())


def _query(model: type[Query]) -> Query:
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise _Wrong(wrong_in(error.errors())) from None


def _in_list(one: Listed) -> ServiceShape:
    return shapes.service_in_list(one, whole_address_of_group(one.public_id))


def _uuid(typed: str) -> UUID:
    """The id that was asked for. An id that is no UUID becomes one that nothing has."""
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)


def _static(things: Iterable[object]) -> Response:
    asked = _query(PageQuery)
    page = page_of(things, asked.page, asked.per_page)
    return _answer(shapes.page_shape(page, list(page.items)))


def _not_there() -> Response:
    return _answer({"message": "There is nothing with this id"}, status=404)


def _answer(thing: object, changed_at: datetime | None = None, status: int = 200) -> Response:
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    answer = Response(text, status, mimetype="application/json")
    if status != 200:
        return answer
    answer.last_modified = changed_at
    return fresh_for(answer, "public", FRESH_S)
