"""Caches for a minute what the gazetteer asks of our own venues: a name's areas, and all names."""

import threading
from collections.abc import Collection, Iterable
from dataclasses import replace
from time import monotonic
from typing import Protocol

from cachetools import TTLCache

from finder.domain.groups import Place
from finder.places.rules import NamedPlace, kilometres_between, name_key
from finder.places.typed import readings

KEPT_SECONDS = 60.0
NAMES_KEPT_TIMES = 100.0  # as long as the query for all of them took
MOST_KEPT = 1_000
"""Names whose areas are cached at once, also those without any."""
SAME_LOCALITY_KM = 10.0


class VenuePlaces(Protocol):
    """The source of our venues' areas."""

    def called(self, keys: Collection[str]) -> Iterable[NamedPlace]:
        """The areas whose names have one of these keys (`name_key`), in one order."""

    def names(self) -> Iterable[tuple[str, str]]:
        """The key and the name of every area, each key once, in the order of names."""


class Venues:
    """The areas of our own venues. Each name is queried at most once a minute."""

    def __init__(self, source: VenuePlaces | None) -> None:
        self._source = source
        self._areas: TTLCache[str, list[NamedPlace]] = TTLCache(
            MOST_KEPT, KEPT_SECONDS, timer=monotonic
        )
        self._lock = threading.Lock()
        self._names = _Names(source)

    def called(self, keys: Collection[str]) -> dict[str, list[NamedPlace]]:
        """The areas of each of these names. One query fetches all that are not cached."""
        if self._source is None:
            return {}
        with self._lock:
            kept = {key: self._areas.get(key) for key in keys if key}
        found = {key: places for key, places in kept.items() if places is not None}
        unknown = kept.keys() - found.keys()
        if unknown:
            asked = localities(self._source.called(unknown))
            new = {key: asked.get(key, []) for key in unknown}
            with self._lock:
                self._areas.update(new)
            found |= new
        return found

    def names(self) -> dict[str, str]:
        """Every area's name, by its key."""
        return self._names.now()


class _Names:
    """All names, queried once a minute, less often where the query is slow.

    While one thread queries, others use the names from before.
    """

    def __init__(self, source: VenuePlaces | None) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._until = 0.0
        self._by_key: dict[str, str] | None = None

    def now(self) -> dict[str, str]:
        if self._source is None:
            return {}
        if monotonic() >= self._until and self._lock.acquire(blocking=self._by_key is None):
            try:
                self._ask(self._source)
            finally:
                self._lock.release()
        return self._by_key or {}

    def _ask(self, source: VenuePlaces) -> None:
        began = monotonic()
        if self._by_key is not None and began < self._until:
            return  # another thread queried while this one waited
        self._by_key = dict(source.names())
        took = monotonic() - began
        self._until = began + took + max(KEPT_SECONDS, NAMES_KEPT_TIMES * took)


def localities(places: Iterable[NamedPlace]) -> dict[str, list[NamedPlace]]:
    """Venues' areas by key: areas that lie close together become one, at their middle."""
    clusters: dict[str, list[list[NamedPlace]]] = {}
    for place in places:
        key = name_key(place.name)
        if not key:
            continue
        for cluster in clusters.setdefault(key, []):
            if kilometres_between(cluster[0].place, place.place) <= SAME_LOCALITY_KM:
                cluster.append(place)
                break
        else:
            clusters[key].append([place])
    return {key: [_middle(cluster) for cluster in found] for key, found in clusters.items()}


def _middle(cluster: list[NamedPlace]) -> NamedPlace:
    count = len(cluster)
    latitude = sum(place.place.latitude for place in cluster) / count
    longitude = sum(place.place.longitude for place in cluster) / count
    first = cluster[0]
    found = next(iter(readings(first.postcode)), None)
    where = first.where or (first.nation.label if first.nation else "")
    return replace(
        first, place=Place(latitude, longitude), postcode=found.key if found else "", where=where
    )
