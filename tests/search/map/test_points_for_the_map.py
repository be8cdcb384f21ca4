"""The points of a search: the same groups as its list, for the map and for other sites."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from finder.domain.vocabulary import Format
from finder.platform.db.database import Database
from tests.support.examples import group, keep
from tests.support.site import app_on

NEAR = "/search.geojson?near=EH6+7BS"


@pytest.fixture(scope="module")
def client(
    database_url: str, gazetteer_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("data")
    (folder / "postcodes.db").symlink_to(gazetteer_path)
    database = Database(database_url)
    with database.open() as db:
        keep(
            db,
            group("near", north=500),
            group("further", north=3_000, format=Format.CRAFT),
            group("far", north=9_000),
        )
    database.close()
    app = app_on(database, folder)
    yield app.test_client()
    app.extensions["quiet_corner"].database.close()


def names(client: FlaskClient, address: str) -> list[str]:
    return [one["properties"]["name"] for one in found(client, address)["features"]]


def found(client: FlaskClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/geo+json"
    return dict(answer.get_json(force=True))


def test_the_points_are_those_of_the_search(client: FlaskClient) -> None:
    assert names(client, NEAR) == ["Group near", "Group further"]
    assert names(client, f"{NEAR}&radius=10") == ["Group near", "Group further", "Group far"]
    assert names(client, f"{NEAR}&format=craft") == ["Group further"]


def test_each_point_leads_to_its_groups_page(client: FlaskClient) -> None:
    feature = found(client, NEAR)["features"][0]

    assert feature["properties"]["url"] == f"/groups/{feature['id']}"
    assert client.get(feature["properties"]["url"]).status_code == 200


def test_the_collection_says_where_it_searched(client: FlaskClient) -> None:
    collection = found(client, f"{NEAR}&radius=5")

    assert collection["centre"] == pytest.approx([-3.1657, 55.976], abs=1e-3)
    assert (collection["radius_miles"], collection["total"]) == (5, 2)


def test_a_point_of_the_map_can_be_searched_near(client: FlaskClient) -> None:
    collection = found(client, "/search.geojson?near=56.0560,-3.1657&radius=1")

    assert collection["centre"] == [-3.1657, 56.056]
    assert [one["properties"]["name"] for one in collection["features"]] == ["Group far"]


@pytest.mark.parametrize(
    ("near", "says"),
    [
        ("", "Type a postcode"),
        ("EH99 9ZZ", "We can't find"),
        ("Newport", "several places"),
        ("49.5,-8.9", "too far from any place"),
        ("1e400,-3", ""),
    ],
)
def test_a_search_that_finds_no_place_says_why_and_has_no_point(
    client: FlaskClient, near: str, says: str
) -> None:
    collection = found(client, f"/search.geojson?near={quote(near)}")

    assert collection["features"] == []
    assert says in collection["message"]


def test_values_that_make_no_sense_are_left_out_as_on_the_page(client: FlaskClient) -> None:
    assert names(client, f"{NEAR}&radius=99&format=dragons&page=0") == [
        "Group near",
        "Group further",
    ]


def test_points_that_did_not_change_are_not_sent_again(client: FlaskClient) -> None:
    first = client.get(NEAR)
    again = client.get(NEAR, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
