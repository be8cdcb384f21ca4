"""Groups as GeoJSON: what the standard wants, and what the contract promises."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from finder.domain.groups import Card, Place
from finder.domain.readable import isolated
from finder.domain.vocabulary import TalkingLevel
from finder.search import geojson
from tests.browser.map_site import LEITH, card
from tests.support.examples import on_map

RHYME_TIME = card(1, TalkingLevel.HELLO, Place(55.98, -3.17), "Rhyme time")


def made(*cards: Card, total: int | None = None) -> dict[str, Any]:
    found = on_map(*cards, total=total)
    return dict(json.loads(geojson.collection(found, 3, "/groups/{}".format)))


def test_a_point_has_its_longitude_first() -> None:
    feature = made(RHYME_TIME)["features"][0]

    assert feature["geometry"] == {"type": "Point", "coordinates": [-3.17, 55.98]}


def test_a_feature_is_known_by_its_groups_id() -> None:
    feature = made(RHYME_TIME)["features"][0]

    assert UUID(feature["id"]) == RHYME_TIME.public_id
    assert feature["properties"]["url"] == f"/groups/{RHYME_TIME.public_id}"


def test_a_feature_says_what_a_parent_asks_first() -> None:
    properties = made(RHYME_TIME)["features"][0]["properties"]

    assert properties | {"url": ""} == {
        "name": "Rhyme time",
        "url": "",
        "talking": 2,
        "talking_label": "A hello",
        "talking_sentence": "All 5 parents: a hello or less.",
        "band": "fairly_sure",
        "format": "singing",
        "format_label": "Singing",
        "venue": "Leith hall 1",
        "venue_kind": "library",
        "locality": "Leith",
        "cost": "free",
        "cost_label": "Free",
        "cost_pence": 0,
        "next": "2026-11-24T10:30:00+00:00",
        "next_label": "Tue 24 Nov, 10:30 to 11:00",
        "distance_m": 400,
        "example": False,
    }


def test_a_level_that_nobody_told_us_is_no_number() -> None:
    properties = made(card(1, None, LEITH))["features"][0]["properties"]

    assert (properties["talking"], properties["talking_label"]) == (None, "Nobody has told us")


def test_a_group_without_a_next_date_says_so() -> None:
    properties = made(replace(RHYME_TIME, next=None))["features"][0]["properties"]

    assert properties["next"] is None
    assert properties["next_label"] is None


def test_the_collection_says_where_and_how_many() -> None:
    found = made(RHYME_TIME)

    assert found["type"] == "FeatureCollection"
    assert found["centre"] == [LEITH.longitude, LEITH.latitude]
    assert (found["total"], found["truncated"], found["radius_miles"]) == (1, False, 3)


def test_a_collection_that_is_not_whole_says_so() -> None:
    found = made(RHYME_TIME, total=2_001)

    assert (found["total"], found["truncated"]) == (2_001, True)


def test_no_groups_are_an_empty_collection() -> None:
    assert made()["features"] == []


def test_a_search_without_a_place_has_no_points_and_says_why() -> None:
    found = json.loads(geojson.nothing("We can’t find EH99 9ZZ."))

    assert found == {
        "type": "FeatureCollection",
        "centre": None,
        "total": 0,
        "truncated": False,
        "message": "We can’t find EH99 9ZZ.",
        "features": [],
    }


@given(st.text(min_size=1))
def test_every_name_comes_back_as_it_was_but_kept_apart_from_right_to_left(name: str) -> None:
    properties = made(replace(RHYME_TIME, name=name))["features"][0]["properties"]

    assert properties["name"] == isolated(name)


def test_a_feature_is_the_same_wherever_it_is_seen_from_but_for_the_distance() -> None:
    near, far = (
        made(replace(RHYME_TIME, distance_m=metres))["features"][0] for metres in (400.4, 9_000.6)
    )

    assert near["properties"].pop("distance_m") == 400
    assert far["properties"].pop("distance_m") == 9_001
    assert near == far


@given(st.text(min_size=1), st.text())
def test_every_venue_and_town_comes_back_like_its_name(venue: str, town: str) -> None:
    properties = made(replace(RHYME_TIME, venue_name=venue, locality=town))["features"][0][
        "properties"
    ]

    assert (properties["venue"], properties["locality"]) == (isolated(venue), isolated(town))
