"""The shape of a search."""

import pytest

from finder.domain.facts import Fact
from finder.domain.groups import Place
from finder.domain.vocabulary import TalkingLevel
from finder.search.rules import Bands, MapPoints, Results, SearchQuery

LEITH = Place(55.976, -3.1657)


def results(total: int) -> Results:
    return Results(SearchQuery("EH6 7BS"), LEITH, "EH6 7BS", False, (), total, Bands())


def test_a_search_cannot_have_a_radius_that_no_form_offers() -> None:
    with pytest.raises(ValueError, match="radius"):
        SearchQuery("EH6 7BS", radius_miles=7)


def test_changing_a_search_starts_again_at_its_first_page() -> None:
    changed = SearchQuery("EH6 7BS", page=3).but(radius_miles=5)

    assert (changed.page, changed.radius_miles) == (1, 5)


def test_the_bands_matter_only_where_something_is_asked_that_may_be_unknown() -> None:
    assert not SearchQuery("EH6 7BS").asks_what_may_be_unknown
    assert SearchQuery("EH6 7BS", talking=TalkingLevel.HELLO).asks_what_may_be_unknown
    assert SearchQuery("EH6 7BS", can=frozenset({Fact.LEAVE_EARLY})).asks_what_may_be_unknown


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2), (400, 20)])
def test_twenty_groups_stand_on_a_page(total: int, pages: int) -> None:
    assert results(total).pages == pages


def test_a_map_says_when_it_does_not_hold_every_match() -> None:
    assert MapPoints(LEITH, total=1, points=(), metres=(), next_dates={}).is_truncated
