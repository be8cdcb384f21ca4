"""What was made of groups is taken again only while it is true, and never above what fits."""

from finder.domain.shelf import Shelf


def test_what_was_made_at_a_moment_is_there_for_that_moment_alone() -> None:
    shelf: Shelf[str] = Shelf(10)
    shelf.at("noon").put([(1, None)], ["a card"])

    assert shelf.at("noon") == {(1, None): "a card"}
    assert shelf.at("a minute later") == {}
    assert shelf.at("noon") == {}


def test_nothing_is_taken_where_no_moment_has_a_name() -> None:
    shelf: Shelf[str] = Shelf(10)
    shelf.at(None).put([(1, None)], ["a card of somebody signed in"])

    assert shelf.at(None) == {}


def test_what_does_not_fit_is_left_out_and_what_is_there_stays() -> None:
    shelf: Shelf[str] = Shelf(2)
    shelf.at("noon").put([(1, None)], ["a card"])
    shelf.at("noon").put([(2, None), (3, None)], ["another", "and another"])

    assert shelf.at("noon") == {(1, None): "a card"}
    shelf.at("noon").put([(2, None)], ["another"])
    assert len(shelf.at("noon")) == 2


def test_somebody_slow_adds_to_their_own_moment_and_to_no_other() -> None:
    shelf: Shelf[str] = Shelf(10)
    before = shelf.at("before a change")
    after = shelf.at("after it")
    before.put([(1, None)], ["what is no longer true"])

    assert after == shelf.at("after it") == {}
