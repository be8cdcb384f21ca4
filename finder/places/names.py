"""Looks up places by name: exactly, among namesakes, and nearly."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places.index_files import IndexFile, Stamp
from finder.places.rules import (
    NamedPlace,
    Suggestion,
    from_key,
    kilometres_between,
    name_key,
    readings,
)
from finder.places.venue_places import SAME_LOCALITY_KM, VenuePlaces, Venues

Namesakes = list[tuple[NamedPlace, bool]]
SAME_PLACE_KM = 5.0
BESIDE_KM = 30.0
BIG, MUCH_BIGGER = 50_000, 20
ALIKE = 80.0
MOST_SUGGESTED = 5
NATIONS = {nation.value: nation for nation in Nation}
FIELDS = (
    "p.name, p.latitude_e6, p.longitude_e6, p.nation, p.council_code, p.postcode, p.located,"
    " p.people"
)


class Names:
    """Every known name: those of the index files, the largest source first, and of our venues."""

    def __init__(self, files: Sequence[IndexFile], venue_places: VenuePlaces | None) -> None:
        self._files = files
        self._venues = Venues(venue_places)
        self._main: tuple[list[Stamp], dict[str, str]] = ([], {})

    def called(self, typed: str) -> list[NamedPlace]:
        """The places of exactly this name, usually one; the most peopled first.

        Somebody who types just "London" means the far larger one. Our venues can't change that
        (their people is 0), so they are not queried then: a city has the most of them.
        """
        key = name_key(typed)
        known = self._in_files(key)
        first = known[0][0] if known else None
        if first and known[0][1] and _is_meant(first, [place for place, _ in known[1:]]):
            return [first]
        return [place for place, _ in self._with_venues(known, key)]

    def qualified(self, typed: str) -> list[NamedPlace]:
        """The places of a name with something added: "Newport, NP20", "Newport Wales"."""
        parts = re.split(r"[,()]", typed)
        splits = [(parts[0], " ".join(parts[1:]))] if len(parts) > 1 else []
        words = typed.split()[:8]
        splits += [(" ".join(words[:n]), " ".join(words[n:])) for n in range(len(words) - 1, 0, -1)]
        self._venues.called({name_key(name) for name, _ in splits})  # one query for all of them
        for name, rest in splits:
            key = name_key(name)
            places = [place for place, _ in self._with_venues(self._in_files(key), key)]
            fitting = [place for place in places if self._fits(place, rest)]
            if fitting:
                return fitting
        return []

    def like(self, typed: str) -> tuple[Suggestion, ...]:
        """Names that were perhaps meant: those that begin like this, then those spelled alike."""
        key = name_key(re.split(r"[,()]", typed)[0])
        if len(key) < 3:
            return ()
        names = self._main_names()
        longer = sorted((k for k in names if f"{k} ".startswith(f"{key} ")), key=len)
        alike = process.extract(
            key, list(names), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_SUGGESTED
        )
        keys = dict.fromkeys([*longer[:MOST_SUGGESTED], *(found[0] for found in alike)])
        return tuple(Suggestion(names[k], names[k]) for k in keys)[:MOST_SUGGESTED]

    def beside(self, place: Place) -> NamedPlace | None:
        """The nearest named place, which tells the nation and council of a point."""
        squeeze = "(p.longitude_e6 - ?) * 0.57"  # cosine of 55 degrees north
        order = f"(p.latitude_e6 - ?) * (p.latitude_e6 - ?) + {squeeze} * {squeeze}"
        north, east = round(place.latitude * 1e6), round(place.longitude * 1e6)
        sql = f"SELECT {FIELDS} FROM place p ORDER BY {order} LIMIT 1"  # noqa: S608
        found = [_named(*row) for row in self._files[0].rows(sql, (north, north, east, east))]
        near = [p for p in found if kilometres_between(p.place, place) <= BESIDE_KM]
        return near[0] if near else None

    def _in_files(self, key: str) -> Namesakes:
        """Places of this name, each once, with whether it is the place's main name."""
        sql = (
            f"SELECT {FIELDS}, n.is_main FROM place_name n JOIN place p ON p.id = n.place_id"  # noqa: S608
            " WHERE n.key = ? ORDER BY n.is_main DESC, p.people DESC"
        )
        rows = [row for file in self._present() for row in file.rows(sql, (key,))]
        found = [(_named(*row[:-1]), bool(row[-1])) for row in rows]
        kept: Namesakes = []
        for place, is_main in found:
            if not _is_among(place, kept, SAME_PLACE_KM):
                kept.append((place, is_main))
        return _in_order(kept)

    def _with_venues(self, known: Namesakes, key: str) -> Namesakes:
        """The places of this name in the files, and those of our venues that lie elsewhere."""
        kept = list(known)
        for place in self._venues.called((key,)).get(key, ()):
            if not _is_among(place, kept, SAME_LOCALITY_KM):
                kept.append((place, True))
        return _in_order(kept)

    def _fits(self, place: NamedPlace, rest: str) -> bool:
        """Whether added words point to this place: a postcode, a nation, a county, a big town."""
        key = name_key(rest)
        if any(place.postcode.startswith(area.key) for area in readings(rest) if place.postcode):
            return True
        if place.nation and key == name_key(place.nation.label):
            return True
        if key and re.search(rf"\b{re.escape(key)}\b", name_key(place.where)):
            return True
        known = self._in_files(key) if key else []
        if _is_among(place, known, BESIDE_KM):
            return True
        return _is_among(place, self._with_venues(known, key), BESIDE_KM)

    def _present(self) -> list[IndexFile]:
        """The first file is always queried, so that its absence is noticed."""
        return [self._files[0], *(file for file in self._files[1:] if file.path.exists())]

    def _main_names(self) -> dict[str, str]:
        stamp = [file.stamp() for file in self._files]
        if self._main[0] != stamp:
            sql = (
                "SELECT n.key, p.name FROM place_name n JOIN place p ON p.id = n.place_id"
                " WHERE n.is_main"
            )
            rows = [row for file in self._present() for row in file.rows(sql)]
            self._main = (stamp, dict(rows))
        return self._main[1] | self._venues.names()


def _in_order(places: Namesakes) -> Namesakes:
    """Main names first, then by people."""
    return sorted(places, key=lambda found: (not found[1], -found[0].people))


def _is_among(place: NamedPlace, kept: Namesakes, reach_km: float) -> bool:
    return any(kilometres_between(place.place, other.place) <= reach_km for other, _ in kept)


def _is_meant(first: NamedPlace, others: list[NamedPlace]) -> bool:
    """Whether the first is so much larger that nobody means another without adding something."""
    return first.people >= max(BIG, MUCH_BIGGER * max((p.people for p in others), default=0))


def _named(
    name: str,
    latitude_e6: int,
    longitude_e6: int,
    nation: str,
    council_code: str,
    postcode: str,
    where: str,
    people: int,
) -> NamedPlace:
    """A place from a row of `FIELDS`."""
    place = Place(latitude_e6 / 1e6, longitude_e6 / 1e6)
    return NamedPlace(name, place, NATIONS.get(nation), council_code, postcode, where, people)


def choices(places: Sequence[NamedPlace]) -> tuple[Suggestion, ...]:
    """Namesakes told apart, each with the text that finds just that one."""
    found = []
    for place in places:
        others = [other for other in places if other is not place]
        area = _own_area(place, others)
        label = ", ".join(part for part in (place.name, place.where) if part)
        outward = place.postcode[:4].strip()
        found.append(
            Suggestion(f"{label} ({outward})" if outward else label, f"{place.name}, {area}")
        )
    return tuple(found)


def _own_area(place: NamedPlace, others: list[NamedPlace]) -> str:
    """The shortest part of its postcode that no namesake has; without one, its county or nation."""
    for length in (4, 5, 7):
        part = place.postcode[:length]
        if part and not any(other.postcode.startswith(part) for other in others):
            return str(from_key(part))
    return place.where or (place.nation.label if place.nation else "")
