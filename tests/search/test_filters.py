"""What is asked becomes values of one statement for each set of filters."""

import pytest

from finder.domain.facts import Fact
from finder.domain.groups import Place, lat_band
from finder.domain.nearness import METRES_PER_MILE, nearness
from finder.domain.vocabulary import RADII_MILES, Format, TalkingLevel
from finder.search.rules import SearchQuery, asked

ENDS = [Place(49.92, -6.3), Place(55.976, -3.1657), Place(60.8, -0.8)]


@pytest.mark.parametrize("miles", RADII_MILES)
def test_a_radius_has_as_many_strips_everywhere_and_they_hold_the_circle(miles: int) -> None:
    query = SearchQuery("x", radius_miles=miles)
    near = [
        nearness(Place(place.latitude + n / 1000, place.longitude))
        for place in ENDS
        for n in range(21)
    ]

    found = [asked(query, one) for one in near]

    assert len({one.strips for one in found}) == 1
    for one, its in zip(near, found, strict=True):
        strips = {its.values[f"strip_{n}"] for n in range(its.strips)}
        half, _ = one.degrees(miles * METRES_PER_MILE)
        middle = one.centre.latitude
        assert strips == set(range(lat_band(middle - half), lat_band(middle + half) + 1))


def test_searches_that_differ_only_in_values_share_a_statement() -> None:
    near = nearness(ENDS[1])
    one = asked(SearchQuery("x", formats=frozenset({Format.CRAFT}), age_months=6), near)
    other = asked(SearchQuery("y", formats=frozenset({Format.SINGING}), age_months=9), near)

    assert (one.shape, one.strips) == (other.shape, other.strips)
    assert one.values != other.values


def test_filters_that_are_not_in_use_are_not_in_the_statement() -> None:
    near = nearness(ENDS[1])

    assert asked(SearchQuery("x"), near).shape == ()
    assert asked(SearchQuery("x", age_months=0), near).shape == ("age",)
    assert asked(SearchQuery("x", max_cost_pence=0), near).shape == ("pence",)
    quiet = SearchQuery("x", talking=TalkingLevel.HELLO, can=frozenset({Fact.LEAVE_EARLY}))
    assert asked(quiet, near).shape == ("level", "can")
    assert asked(quiet.but(is_sure=True), near).shape == ("agreed", "can")
