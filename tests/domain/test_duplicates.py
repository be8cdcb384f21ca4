"""Two listings look like one group only where place, name and one more thing agree."""

from dataclasses import replace
from datetime import time

from finder.domain.duplicates import why_alike
from finder.domain.places import Place
from finder.domain.vocabulary import Format
from tests.domain.test_groups import GROUP

PLACE = GROUP.venue.place


def test_the_same_group_twice_is_seen_whatever_the_order_of_its_words() -> None:
    again = replace(GROUP, name="Songs at the Harbour", ref="again")

    assert "the same format and on at the same time" in why_alike(GROUP, again)


def test_two_groups_of_one_hall_with_other_names_are_two() -> None:
    assert why_alike(GROUP, replace(GROUP, name="Messy Monkeys")) == ""


def test_the_same_name_elsewhere_is_another_group() -> None:
    far = replace(GROUP.venue, place=Place(PLACE.latitude + 0.01, PLACE.longitude))

    assert why_alike(GROUP, replace(GROUP, venue=far)) == ""


def test_a_name_alone_is_not_enough() -> None:
    evening = replace(GROUP.sessions[0], starts=time(18), ends=time(19))
    other = replace(GROUP, format=Format.CRAFT, sessions=(evening,))

    assert why_alike(GROUP, other) == ""
