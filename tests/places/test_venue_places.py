"""What is asked of our venues is kept for a minute, and no longer."""

import threading
from collections.abc import Collection
from dataclasses import replace

import pytest

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places import venue_places
from finder.places.rules import NamedPlace, name_key
from finder.places.venue_places import Venues, localities

LEITH = NamedPlace("Leith", Place(55.976, -3.166), Nation.SCOTLAND, "S12000036", "EH6 7BS")
SAINT_ALBANS = NamedPlace("Saint Albans", Place(51.75, -0.34), Nation.ENGLAND, "", "AL1 1AA")


class Source:
    """Areas that a test adds to, counting what was asked."""

    def __init__(self, *places: NamedPlace) -> None:
        self.places = list(places)
        self.asked: list[set[str]] = []
        self.names_asked = 0

    def called(self, keys: Collection[str]) -> list[NamedPlace]:
        self.asked.append(set(keys))
        return [place for place in self.places if name_key(place.name) in keys]

    def names(self) -> list[tuple[str, str]]:
        self.names_asked += 1
        return [(name_key(place.name), place.name) for place in self.places]


@pytest.fixture
def minute(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock, in seconds, for a test to move."""
    clock = [1000.0]
    monkeypatch.setattr(venue_places, "monotonic", lambda: clock[0])
    return clock


def test_only_the_names_that_were_typed_are_asked_for() -> None:
    source = Source(LEITH, SAINT_ALBANS)

    found = Venues(source).called({"leith", "st albans", "nowhere", ""})

    assert source.asked == [{"leith", "st albans", "nowhere"}]
    assert source.names_asked == 0
    assert [place.name for place in found["leith"]] == ["Leith"]
    assert [place.name for place in found["st albans"]] == ["Saint Albans"]
    assert found["nowhere"] == []


def test_a_name_is_asked_for_once_a_minute_and_a_new_venue_is_found_then(
    minute: list[float],
) -> None:
    source = Source()
    venues = Venues(source)
    for _ in range(5):
        assert venues.called(["leith"]) == {"leith": []}
    assert len(source.asked) == 1

    source.places.append(LEITH)
    minute[0] += 61

    assert len(venues.called(["leith"])["leith"]) == 1
    assert len(source.asked) == 2


def test_what_is_known_is_not_asked_again_with_what_is_not(minute: list[float]) -> None:
    source = Source(LEITH)
    venues = Venues(source)
    venues.called(["leith"])

    found = venues.called(["leith", "st albans"])

    assert source.asked == [{"leith"}, {"st albans"}]
    assert found.keys() == {"leith", "st albans"}
    assert found["leith"]


def test_no_more_names_are_kept_than_fit(
    minute: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(venue_places, "MOST_KEPT", 3)
    source = Source(LEITH)
    venues = Venues(source)

    for name in ["leith", "b", "c", "d"]:
        venues.called([name])

    assert venues.called(["leith"])["leith"]
    assert len(source.asked) == 5
    venues.called(["d"])
    assert len(source.asked) == 5


def test_all_names_are_asked_for_once_a_minute(minute: list[float]) -> None:
    source = Source(LEITH)
    venues = Venues(source)
    for _ in range(5):
        assert venues.names() == {"leith": "Leith"}
    assert source.names_asked == 1

    source.places.append(SAINT_ALBANS)
    minute[0] += 61

    assert venues.names() == {"leith": "Leith", "st albans": "Saint Albans"}
    assert source.names_asked == 2


def test_nobody_waits_while_the_names_are_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(venue_places, "KEPT_SECONDS", -1.0)
    monkeypatch.setattr(venue_places, "NAMES_KEPT_TIMES", -1.0)
    is_asking, may_answer = threading.Event(), threading.Event()

    class Slow(Source):
        def names(self) -> list[tuple[str, str]]:
            if self.names_asked:
                is_asking.set()
                assert may_answer.wait(60)
            return super().names()

    venues = Venues(Slow(LEITH))
    assert venues.names()
    somebody = threading.Thread(target=venues.names)
    somebody.start()
    assert is_asking.wait(60)

    names = venues.names()

    may_answer.set()
    somebody.join(60)
    assert names == {"leith": "Leith"}


def test_a_site_without_venues_knows_no_areas() -> None:
    assert Venues(None).called(["leith"]) == {}
    assert Venues(None).names() == {}


def test_areas_of_one_name_that_lie_close_are_one_at_their_middle() -> None:
    near = replace(LEITH, place=Place(55.970, -3.172), postcode="EH6 8RR")
    far = replace(LEITH, place=Place(51.2, -0.4), postcode="RH5 6AA")

    found = localities([LEITH, near, far, replace(LEITH, name="-")])

    assert [place.place for place in found["leith"]] == [Place(55.973, -3.169), far.place]
    assert found.keys() == {"leith"}
