"""The OpenAPI 3.1 document of our open data. PyPI's apispec puts it together.

pydantic describes parameters and answers, from the types that read and make them.
"""

from collections.abc import Iterable
from functools import cache

from apispec import APISpec
from pydantic import TypeAdapter
from typing_extensions import TypedDict

from finder.open_data.api_query import ListingQuery, PageQuery
from finder.open_data.referral.shapes import OrganizationShape, PlaceOfServiceShape, ServiceShape
from finder.open_data.referral.terms import TaxonomyShape, TermShape
from finder.open_data.referral.write import PROFILE, VERSION

REF = "#/components/schemas/{model}"
ABOUT = (
    "Baby and toddler groups as Open Referral UK (HSDS-UK) 3.0, read only, no key. A group is a "
    "service; its sessions are schedules, in Europe/London time."
)
Json = dict[str, object]
LISTS: tuple[tuple[str, str, type[object], type[PageQuery]], ...] = (
    ("services", "groups", ServiceShape, ListingQuery),
    ("service_at_locations", "groups at their venues", PlaceOfServiceShape, ListingQuery),
    ("organizations", "organisers with groups", OrganizationShape, PageQuery),
    ("taxonomies", "taxonomies", TaxonomyShape, PageQuery),
    ("taxonomy_terms", "terms of all taxonomies", TermShape, PageQuery),
)


class ApiShape(TypedDict):
    """What stands at the root."""

    version: str
    profile: str
    openapi_url: str


class ParameterShape(TypedDict):
    """One wrong parameter."""

    parameter: str
    message: str


class _Wrong(TypedDict, total=False):
    wrong: list[ParameterShape]


class WrongShape(_Wrong):
    """Why there is no answer."""

    message: str


class PageShape(TypedDict):
    """The envelope of every list; each also has its `contents`."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool


@cache
def description(server: str) -> Json:
    """The whole document. server: the address that paths begin from."""
    spec = APISpec(
        title="Quiet Corner: open data",
        version=VERSION.rpartition("-")[2],
        openapi_version="3.1.0",
        info={"description": ABOUT},
        servers=[{"url": server}],
        externalDocs={"url": PROFILE, "description": "Open Referral UK"},
    )
    shapes: tuple[type[object], ...] = (ApiShape, WrongShape, PageShape, *(one[2] for one in LISTS))
    for shape in shapes:
        _describe(spec, shape)
    about = _answers("What this API is.", _ref(ApiShape))
    spec.path("/", operations={"get": _get("about", "About this API", (), about)})
    for name, says, shape, query in LISTS:
        _describe_list(spec, name, says, shape, query)
    whole: Json = spec.to_dict()
    return whole


def _describe(spec: APISpec, shape: type[object]) -> None:
    schema = TypeAdapter(shape).json_schema(ref_template=REF)
    for name, inner in {**schema.pop("$defs", {}), shape.__name__: schema}.items():
        if name not in spec.components.schemas and "$ref" not in inner:
            spec.components.schema(name, inner)


def _describe_list(
    spec: APISpec, name: str, says: str, shape: type[object], query: type[PageQuery]
) -> None:
    page: Json = {
        "allOf": [_ref(PageShape)],
        "type": "object",
        "required": ["contents"],
        "properties": {"contents": {"type": "array", "items": _ref(shape)}},
    }
    operation = _get(
        f"list_{name}",
        f"A page of {says}",
        _parameters(query),
        {
            **_answers(f"A page of {says}.", page),
            "400": _wrong("A parameter makes no sense."),
            "414": {"description": "The whole address is longer than the server reads."},
        },
    )
    spec.path(f"/{name}", operations={"get": operation})
    id_: Json = {
        "name": "id",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "format": "uuid"},
    }
    one = {**_answers("With all that is known.", _ref(shape)), "404": _wrong("Not there.")}
    get = _get(f"one_of_{name}", f"One of the {says}", (id_,), one)
    spec.path(f"/{name}/{{id}}", operations={"get": get})


def _get(id_: str, says: str, parameters: Iterable[Json], answers: Json) -> Json:
    return {
        "operationId": id_,
        "summary": says,
        "parameters": list(parameters),
        "responses": answers,
    }


def _parameters(query: type[PageQuery]) -> list[Json]:
    found = []
    for name, field in query.model_json_schema()["properties"].items():
        says, variants = field.pop("description", ""), field.pop("anyOf", None)
        field.pop("title")
        schema = field
        if variants:
            # A query leaves a parameter out rather than saying null.
            field.pop("default", None)
            schema = {**variants[0], **field}
        found.append({"name": name, "in": "query", "description": says, "schema": schema})
    return found


def _answers(says: str, schema: Json) -> Json:
    return {
        "200": {"description": says, "content": {"application/json": {"schema": schema}}},
        "304": {"description": "Nothing changed since the ETag or date that was sent."},
    }


def _wrong(says: str) -> Json:
    return {"description": says, "content": {"application/json": {"schema": _ref(WrongShape)}}}


def _ref(shape: type[object]) -> Json:
    return {"$ref": REF.format(model=shape.__name__)}
