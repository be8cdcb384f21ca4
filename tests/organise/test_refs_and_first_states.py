"""What a listing at work is called, and which state it gets."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from finder.domain.vocabulary import ListingState
from finder.organise.rules import STATE_ON, Publishing, Unfinished, Version, ref_from


def test_a_ref_is_made_of_the_name_and_differs_from_those_that_are_taken() -> None:
    assert ref_from("Harbour Songs & Café", []) == "harbour-songs-cafe"
    assert ref_from("Harbour Songs", ["harbour-songs", "harbour-songs-2"]) == "harbour-songs-3"
    assert ref_from("唱歌", []) == "group"
    assert len(ref_from("a" * 120, ["a" * 100])) == 102


def test_every_way_of_publishing_has_its_state() -> None:
    assert set(STATE_ON) == set(Publishing)
    assert set(STATE_ON.values()) <= {ListingState.PUBLISHED, ListingState.WAITING}


def test_an_unfinished_listing_is_called_by_its_name_or_else_its_postcode() -> None:
    def name(typed: dict[str, dict[str, list[str]]]) -> str:
        return Unfinished(UUID(int=1), None, typed, datetime(2026, 1, 1, tzinfo=UTC)).name

    assert name({"what": {"name": ["Songs"]}, "where": {"postcode": ["EH6 7BS"]}}) == "Songs"
    assert name({"where": {"postcode": ["EH6 7BS"]}}) == "EH6 7BS"
    assert name({}) == "No name yet"
    assert name({"what": {"name": [""]}}) == "No name yet"


def test_a_change_is_dated_by_the_clocks_of_the_united_kingdom() -> None:
    version = Version(2, datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "", "Name: a → b\nCost: c → d")

    assert (version.on, version.at) == (date(2026, 7, 2), time(0, 30))
    assert version.lines == ("Name: a → b", "Cost: c → d")
