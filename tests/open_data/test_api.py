"""Open Referral UK 3.0, as another system meets it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from finder.domain.vocabulary import Format
from finder.open_data.referral.terms import FACTS, FORMATS, TALKING, id_of
from tests.open_data.referral import uk_profile
from tests.support.site import GROUPS, MANY, Site

HOME = "/openreferral/v3"
LISTS = {
    "services": ("service_list", "service"),
    "service_at_locations": ("service_at_location_list", "service_at_location"),
    "organizations": ("organization_list", "organization"),
    "taxonomies": ("taxonomy", "taxonomy"),
    "taxonomy_terms": ("taxonomy_term", "taxonomy_term"),
}


@pytest.fixture
def client(site: Site) -> FlaskClient:
    return site.app.test_client()


def names(client: FlaskClient, query: str) -> set[str]:
    """The refs of the groups that a query finds."""
    found = client.get(f"{HOME}/services?per_page=100&{query}")
    assert found.status_code == 200, found.text
    return {one["name"].removeprefix("Group ") for one in found.json["contents"]}


@pytest.mark.parametrize("kind", LISTS)
def test_every_list_and_everything_in_it_is_of_the_uk_profile(
    client: FlaskClient, kind: str
) -> None:
    in_list, whole = LISTS[kind]
    page = client.get(f"{HOME}/{kind}?per_page=200").json

    assert page["contents"]
    for one in page["contents"]:
        assert uk_profile.faults(in_list, one) == []
        assert uk_profile.faults(whole, client.get(f"{HOME}/{kind}/{one['id']}").json) == []


@pytest.mark.parametrize("kind", LISTS)
def test_every_address_and_parameter_of_the_standard_is_there(
    client: FlaskClient, kind: str
) -> None:
    theirs = uk_profile.read("hsds-uk-3.0-openapi.json")
    ours = client.get(f"{HOME}/openapi.json").json

    for path in {f"/{kind}", f"/{kind}/{{id}}"} & theirs["paths"].keys():
        asked = theirs["paths"][path]["get"].get("parameters", [])
        wanted = {one["$ref"].rpartition("/")[2] for one in asked}
        there = {one["name"] for one in ours["paths"][path]["get"]["parameters"]}
        assert wanted <= there


def test_the_root_says_what_it_is_and_where_it_is_described(client: FlaskClient) -> None:
    about = client.get(f"{HOME}/").json

    assert about["version"] == "HSDS-UK-3.0"
    assert about["openapi_url"].endswith("/openreferral/v3/openapi.json")
    assert client.get(f"{HOME}/openapi.json").json["openapi"] == "3.1.0"


def test_pages_hold_every_group_once_and_say_where_they_are(client: FlaskClient) -> None:
    pages = [client.get(f"{HOME}/services?per_page=10&page={n}").json for n in (1, 2, 3, 4)]

    ids = [one["id"] for page in pages for one in page["contents"]]
    assert len(ids) == len(set(ids)) == len(GROUPS) == pages[0]["total_items"]
    assert [page["size"] for page in pages] == [10, 10, 4, 0]
    assert [page["first_page"] for page in pages] == [True, False, False, False]
    assert [page["last_page"] for page in pages] == [False, False, True, True]
    assert [page["empty"] for page in pages] == [False, False, False, True]
    assert {page["total_pages"] for page in pages} == {3}


def term(taxonomy: Any, word: str) -> str:
    return id_of("term", taxonomy.name, word)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=RHYMES+cushions", {"rhyme-time"}),
        ("search=rhymes+nowhere", set()),
        ("search=100%25", set()),
        (f"taxonomy_term_id={term(FORMATS, Format.STORY_TIME)}", {"rhyme-time"}),
        (f"taxonomy_term_id={term(TALKING, '5')}&maximum_age=0.5", {"baby-circle"}),
        (f"taxonomy_term_id={term(FACTS, 'rota')}", {"rhyme-time"}),
        (f"taxonomy_id={FACTS.id}", {"rhyme-time", "baby-circle"}),
        ("taxonomy_id=no-such-taxonomy", set()),
        (f"taxonomy_term_id={term(FACTS, 'rota')}&taxonomy_id={FORMATS.id}", set()),
        ("maximum_age=0.5", {"baby-circle"}),
        ("minimum_age=1", set()),
        ("start_time=10:30", {"rhyme-time"}),
        ("end_time=10:59&start_time=10:00", set()),
        ("day=WE", set()),
        ("day=Tuesday&start_time=10:15", {"rhyme-time"}),
        ("postcode=EH6+7BS&proximity=350", {"rhyme-time", "play-1"}),
        ("postcode=EH99+9ZZ", set()),
        ("search=%00rhymes", {"rhyme-time"}),
        ("page=2", set()),
        ("organisation=unknown+words+are+left+alone&maximum_age=0.5", {"baby-circle"}),
    ],
)
def test_a_parameter_finds_what_it_asks_for(
    client: FlaskClient, query: str, found: set[str]
) -> None:
    assert names(client, query) == found


def test_services_and_services_at_locations_take_the_same_questions(client: FlaskClient) -> None:
    query = f"taxonomy_id={TALKING.id}&postcode=EH6&proximity=3000&per_page=100"

    services = client.get(f"{HOME}/services?{query}").json
    there = client.get(f"{HOME}/service_at_locations?{query}").json

    assert 0 < services["total_items"] < len(GROUPS)
    assert [one["service"] for one in there["contents"]] == services["contents"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page=0", "page"),
        ("page=99999999999999999999", "page"),
        ("per_page=100000", "per_page"),
        ("page=one", "page"),
        ("minimum_age=nan", "minimum_age"),
        ("start_time=25:00", "start_time"),
        ("day=someday", "day"),
        ("postcode=Leith", "postcode"),
        ("proximity=-1", "proximity"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_named(
    client: FlaskClient, query: str, parameter: str
) -> None:
    answer = client.get(f"{HOME}/services?{query}")

    assert answer.status_code == 400
    assert [one["parameter"] for one in answer.json["wrong"]] == [parameter]


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("id_", ["x", "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_there_is_404_in_json(client: FlaskClient, kind: str, id_: str) -> None:
    answer = client.get(f"{HOME}/{kind}/{id_}")

    assert answer.status_code == 404
    assert answer.json["message"]


def everything(client: FlaskClient) -> list[TestResponse]:
    one = client.get(f"{HOME}/services").json["contents"][0]["id"]
    paths = ["/", "/openapi.json", "/services?page=0", "/nothing", "/services/x"]
    paths += [f"/{kind}" for kind in LISTS] + [f"/services/{one}", f"/service_at_locations/{one}"]
    return [client.get(HOME + path) for path in paths] + [client.post(f"{HOME}/services")]


def test_any_site_may_read_every_answer_errors_included(client: FlaskClient) -> None:
    answers = everything(client)

    assert {answer.status_code for answer in answers} == {200, 400, 404, 405}
    for answer in answers:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in answer.headers
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


@pytest.mark.parametrize("path", ["/services", "/service_at_locations", "/organizations"])
def test_a_copy_that_is_still_right_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(HOME + path)
    [one, *_] = first.json["contents"]
    for address in (HOME + path, f"{HOME}{path}/{one['id']}"):
        answer = client.get(address)
        tag, date = answer.headers["ETag"], answer.headers["Last-Modified"]

        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
        assert client.get(address, headers={"If-Modified-Since": date}).status_code == 304
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
        old = "Tue, 24 Nov 2020 12:00:00 GMT"
        assert client.get(address, headers={"If-Modified-Since": old}).status_code == 200


def test_a_made_up_example_says_so(client: FlaskClient) -> None:
    found = client.get(f"{HOME}/services?search=rhyme-time").json["contents"]

    assert [one["alert"] for one in found] == ["This is a made-up example, not a real group."]


def test_what_it_asks_of_a_parent_is_there_in_our_words(client: FlaskClient, site: Site) -> None:
    id_ = site.groups["rhyme-time"].rpartition("/")[2]

    said = client.get(f"{HOME}/services/{id_}").json["attributes"]

    lines = {(one["taxonomy_term"]["term"], one["link_type"], one.get("value")) for one in said}
    assert {("sing", "organiser", "yes"), ("rota", "organiser", "no")} <= lines
    assert ("1", "organiser", None) in lines
    sentence = "The organiser says: no talking at all. No parent has told us yet."
    assert ("talking_sentence", "detail", sentence) in lines
    assert "chance" not in {link for _, link, _ in lines}


def test_an_organiser_has_its_groups(client: FlaskClient) -> None:
    [one] = client.get(f"{HOME}/organizations").json["contents"]

    whole = client.get(f"{HOME}/organizations/{one['id']}").json

    assert len(whole["services"]) == len(GROUPS) > len(MANY)
    assert "services" not in one


def test_last_modified_is_when_a_listing_changed(client: FlaskClient) -> None:
    date = client.get(f"{HOME}/services").last_modified

    assert date == datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_answer_is_as_small_as_json_can_be(client: FlaskClient) -> None:
    text = client.get(f"{HOME}/services").text

    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))
