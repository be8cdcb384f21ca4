"""What was made of groups is taken again only while it is true, and never above what fits."""

from datetime import datetime

from hypothesis import given

from finder.domain.groups import Card
from finder.domain.search import Point, SearchQuery
from finder.domain.vocabulary import Sort
from finder.store import search
from finder.store.database import Db
from finder.store.shelf import Shelf
from tests.examples import LEITH
from tests.store.plain_search import Known
from tests.store.test_search_statements import AGREES, CALENDARS, MOMENTS, QUERIES, town

__all__ = ["town"]


def test_what_was_made_at_a_moment_is_there_for_that_moment_alone() -> None:
    shelf: Shelf[str] = Shelf(10)
    shelf.at("noon")[1, None] = "a card"

    assert shelf.at("noon") == {(1, None): "a card"}
    assert shelf.at("a minute later") == {}
    assert shelf.at("noon") == {}


def test_nothing_is_taken_where_no_moment_has_a_name() -> None:
    shelf: Shelf[str] = Shelf(10)
    shelf.at(None)[1, None] = "a card of somebody signed in"

    assert shelf.at(None) == {}
    assert len(shelf) == 0


def test_a_full_shelf_begins_anew() -> None:
    shelf: Shelf[str] = Shelf(2)
    for number in range(3):
        shelf.at("noon")[number, None] = "a card"

    assert shelf.at("noon") == {}


def test_somebody_slow_adds_to_their_own_moment_and_to_no_other() -> None:
    shelf: Shelf[str] = Shelf(10)
    before = shelf.at("before a change")
    after = shelf.at("after it")
    before[1, None] = "what is no longer true"

    assert after == shelf.at("after it") == {}


@AGREES
@given(first=QUERIES, second=QUERIES, now=MOMENTS)
def test_a_search_finds_the_same_whatever_was_made_for_others(
    town: tuple[Db, list[Known]], first: SearchQuery, second: SearchQuery, now: datetime
) -> None:
    """By distance or another order, with bands asked or not, on whichever page."""
    db, _ = town
    cards: search.Made[Card] = {}
    points: search.Made[Point] = {}
    for query in (first, second, second.but(sort=Sort.DISTANCE), first):
        plain = search.nearby(db, query, LEITH, now, CALENDARS)
        assert search.nearby(db, query, LEITH, now, CALENDARS, made=cards) == plain
        assert search.nearby(db, query, LEITH, now, CALENDARS, made=cards) == plain

        all_of_them = search.points(db, query, LEITH, now, CALENDARS)
        assert search.points(db, query, LEITH, now, CALENDARS, points) == all_of_them
        assert search.points(db, query, LEITH, now, CALENDARS, points) == all_of_them
