"""What was made of groups is taken again only while it is true, and never above what fits."""

from finder.domain.shelf import Shelf


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
