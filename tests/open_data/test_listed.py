"""What leaves the site of a listing."""

from dataclasses import fields
from datetime import timedelta

from finder.domain.vocabulary import ListingState
from finder.open_data.listed import Listed
from tests.support.examples import TUESDAY_NOON, as_listed, group


def test_a_listing_that_leaves_holds_nobodys_words() -> None:
    assert {field.name for field in fields(Listed)}.isdisjoint({"reviews", "words", "editors"})


def test_every_change_makes_the_revision_higher() -> None:
    earlier = as_listed(group("g"))
    later = as_listed(group("g"), updated_at=TUESDAY_NOON + timedelta(hours=1))

    assert later.revision > earlier.revision >= 0


def test_only_a_published_group_is_on() -> None:
    on = [state for state in ListingState if as_listed(group("g"), state=state).is_on]

    assert on == [ListingState.PUBLISHED]
