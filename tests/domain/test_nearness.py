"""Cheap distances agree with the geodesic, everywhere in the country."""

from math import sqrt

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.groups import Place
from finder.domain.nearness import nearness

FURTHEST_M = 25 * 1609.344


def metres_between(one: Place, other: Place) -> float:
    ends = (one.latitude, one.longitude), (other.latitude, other.longitude)
    return float(geodesic(*ends).meters)


@given(
    st.floats(49.9, 60.9),
    st.floats(-8.2, 1.8),
    st.floats(-0.37, 0.37),
    st.floats(-0.75, 0.75),
)
def test_distances_agree_with_the_geodesic_within_a_thousandth_up_to_25_miles(
    latitude: float, longitude: float, north: float, east: float
) -> None:
    centre, place = Place(latitude, longitude), Place(latitude + north, longitude + east)
    exact = metres_between(centre, place)

    measured = sqrt(nearness(centre).squared_m2(place))

    if exact <= FURTHEST_M:
        assert measured == pytest.approx(exact, rel=1e-3, abs=0.01)


@given(st.floats(49.9, 60.9), st.sampled_from([1, 3, 25]), st.floats(0, 360))
def test_the_box_holds_the_whole_circle(latitude: float, miles: int, bearing: float) -> None:
    centre, near = Place(latitude, -3.0), nearness(Place(latitude, -3.0))
    metres = miles * 1609.344

    edge = geodesic(meters=metres).destination((centre.latitude, centre.longitude), bearing)

    north, east = near.degrees(metres)
    assert abs(edge.latitude - centre.latitude) <= north
    assert abs(edge.longitude - centre.longitude) <= east
