"""Names that were perhaps meant: those that begin like what was typed, and those nearly so."""

import re
from bisect import bisect_left
from heapq import nlargest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from finder.places.index_files import Stamp
from finder.places.labels import label_of
from finder.places.names import BIG, Names, is_meant
from finder.places.rules import NamedPlace, Suggestion, name_key

SHORTEST, MOST = 2, 6
LAST = "\U0010ffff"
SHORTEST_NAME = 3
LONG, LONGER = 6, 10
"""From so many letters on, two slips are allowed, then three."""
MOST_LOOKED_AT, MOST_SUGGESTED = 30, 5


def alike(names: Names, typed: str) -> tuple[Suggestion, ...]:
    """Names that begin like this, then those spelled nearly so, the fewest slips first.

    Each slip is a letter too many, missing, another, or two that changed places. A different
    first letter may be the only slip: Helland is not meant by Shetland.
    """
    key = name_key(re.split(r"[,()]", typed)[0])
    if len(key) < SHORTEST_NAME:
        return ()
    known = names.standing()
    longer = sorted((k for k in known if f"{k} ".startswith(f"{key} ")), key=lambda k: -known[k][1])
    slips = 1 + (len(key) >= LONG) + (len(key) >= LONGER)
    near = process.extract(
        key, list(known), scorer=OSA.distance, score_cutoff=slips, limit=MOST_LOOKED_AT
    )
    close = [(k, count) for k, count, _ in near if count <= 1 or k[0] == key[0]]
    ordered = sorted(close, key=lambda found: (found[1], -known[found[0]][1]))
    meant = dict.fromkeys(known[k][0] for k in [*longer, *(k for k, _ in ordered)])
    return tuple(Suggestion(name, name) for name in meant)[:MOST_SUGGESTED]


class Suggestions:
    """Every name in memory, in order, so that an answer takes less than a keystroke."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: tuple[list[Stamp], list[tuple[str, int, int, int]]] = ([], [])

    def beginning(self, typed: str) -> tuple[Suggestion, ...]:
        """At most six places, each with the text that finds it. None for one letter."""
        key = name_key(typed)
        if len(key) < SHORTEST:
            return ()
        stamp = self._names.stamp()
        if self._known[0] != stamp:
            self._known = (stamp, sorted(self._names.every()))
        known = self._known[1]
        first, last = bisect_left(known, (key,)), bisect_left(known, (key + LAST,))
        # More than are shown: a place may stand under two of its names.
        best = nlargest(MOST * 3, known[first:last], key=lambda row: (row[0] == key, row[1]))
        found: dict[str, Suggestion] = {}
        for _, _, file, number in best:
            place = self._names.numbered(file, number)
            if place.nation:
                found.setdefault(label_of(place), Suggestion(_shown(place), self._near(place)))
        return tuple(found.values())[:MOST]

    def _near(self, place: NamedPlace) -> str:
        """The text that finds just this place."""
        key = name_key(place.name)
        called = self._names.called(key)
        if place.reach_km or not place.outward or (called[:1] == [place] and is_meant(called, key)):
            return place.name
        return f"{place.name}, {place.outward}"


def _shown(place: NamedPlace) -> str:
    return place.name if place.people >= BIG else label_of(place)
