"""Makes one place of what several sources say of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places.districts import DEGREE_KM, Districts, Nearest
from finder.places.postal_names import PostalName
from finder.places.rules import (
    OUTSIDE,
    NamedPlace,
    Postcode,
    from_key,
    kilometres_between,
    name_key,
    nation_of,
)
from finder.places.sources import BadSource

SAME_KM, SAME_ROUGHLY_KM, SAME_TOWN_KM, SAME_LONG_NAME_KM = 5.0, 12.0, 25.0, 60.0
TOWN, SMALL_TOWN = 20_000, 2_000
DOUBT_KM, OWN_KM = 5.0, 1.0
BIG_TOWN = 30_000
FAR_KM = 40.0
INSIDE_KM = 0.006
"""A town's radius by the root of its people: 18 km for London, 2 km for a town of 100,000."""
FEWEST_IN_A_DISTRICT = 5_000
HAMLET = 100
ISLE = "Isle of"  # the nearest town is over the water
CITY = 100_000
BESIDE_A_TOWN, ROUGH_KM = 1_000, 1.5

Named = tuple[NamedPlace, tuple[str, ...]]
"""A place with its other names."""
District = tuple[str, str, list[str]]
"""A part of a city: its name, the city, its outward codes."""


@dataclass
class _One:
    """A place while sources are read. is_exact: its point is its own, not that of a postcode."""

    name: str
    place: Place
    nation: Nation | None
    council_code: str
    postcode: str
    people: int
    is_exact: bool
    outwards: list[str] = field(default_factory=list)
    others: tuple[str, ...] = ()
    county: str = ""
    city: str = ""
    is_town: bool = False
    is_counted: bool = False

    def add(self, *outwards: str) -> None:
        self.outwards += [code for code in outwards if code not in self.outwards]


class Merger:
    """Places of several sources, the best source first: towns, then districts, then postal names.

    counties: a county's name by its councils' codes.
    """

    def __init__(
        self,
        districts: Districts,
        nearest: Nearest | None = None,
        counties: Mapping[str, str] | None = None,
    ) -> None:
        self._districts, self._nearest = districts, nearest
        self._counties = counties or {}
        self._by_key: dict[str, list[_One]] = defaultdict(list)
        self._by_other: dict[str, list[_One]] = defaultdict(list)

    def town(self, town: NamedPlace, others: tuple[str, ...]) -> None:
        """A town, village or suburb with people counted, at a point of its own."""
        outward = town.outward
        people = town.people
        if not people and outward:
            beside = self._districts.beside(town.place, outward)
            people = beside.people if beside else 0
        one = _One(
            town.name,
            town.place,
            town.nation,
            town.council_code,
            town.postcode,
            people,
            is_exact=True,
            outwards=[outward] if outward else [],
            others=others,
            is_town=True,
            is_counted=town.people > 0,
        )
        self._by_key[name_key(town.name)].append(one)
        if people >= TOWN:
            for key in set(map(name_key, others)):
                self._by_other[key].append(one)

    def districts(self, rows: Iterable[District]) -> None:
        """Parts of cities, known by their outward codes: name, city, codes.

        People: an equal share of each of its codes.
        """
        rows = [row for row in rows if self._districts.middle(row[2][0])]
        sharing = Counter(code for _, _, codes in rows for code in codes)
        for name, city, codes in rows:
            same = self._same(name, self._middle(codes[0]), codes, is_exact=False)
            if same is None:
                same = self._new(name, self._middle(codes[0]), codes[0], is_exact=False)
            same.outwards = list(dict.fromkeys([*codes, *same.outwards]))
            same.city = city
            if not same.is_counted:
                shares = (self._districts.people(code) // sharing[code] for code in codes)
                same.people = max(FEWEST_IN_A_DISTRICT, same.people, *shares)

    def postal(self, row: PostalName) -> None:
        """A name of GeoNames' postal codes. A point far from its outward code is a doubt."""
        if Postcode(row.outward).area in OUTSIDE:
            self._outside(row)
            return
        point = row.place if row.is_exact else self._districts.middle(row.outward)
        beside = self._districts.beside(point, row.outward) if point else None
        if point is None or beside is None or beside.away_km > DOUBT_KM:
            return
        codes = [row.outward]
        if row.is_exact and beside.away_km > OWN_KM and self._nearest:
            codes.insert(0, from_key(self._nearest.to(point)[0]).outward)
        same = self._same(row.name, point, codes, is_exact=row.is_exact)
        if same is None and name_key(row.name) == name_key(row.county):
            return  # post boxes of the whole county: Fife KY99
        if same is None:
            same = self._new(row.name, point, codes[0], is_exact=row.is_exact)
        elif row.is_exact and not same.is_exact:
            self._move(same, point, codes[0])
        same.add(*codes)
        same.county = same.county or row.county

    def places(self) -> Iterator[Named]:
        """Every place once, with where it is in words."""
        ones = [one for found in self._by_key.values() for one in found]
        towns = _Towns(one for one in ones if one.is_counted and one.nation)
        for one in ones:
            county = self._counties.get(one.council_code, "") if one.is_exact else ""
            one.county = county or one.county
            where = _where(one, towns)
            yield (
                NamedPlace(
                    one.name,
                    one.place,
                    one.nation,
                    one.council_code,
                    one.postcode,
                    one.city or where,
                    one.people,
                    tuple(one.outwards),
                    one.county,
                ),
                one.others,
            )

    def town_names(self) -> set[tuple[str, str]]:
        """The name keys of towns and districts, each with its council's code."""
        return {
            (key, one.council_code)
            for key, found in self._by_key.items()
            for one in found
            if (one.is_town or one.city) and one.people >= SMALL_TOWN
        }

    def _middle(self, outward: str) -> Place:
        middle = self._districts.middle(outward)
        if middle is None:
            raise BadSource(f"There is no outward code {outward}.")
        return middle

    def _new(self, name: str, point: Place, outward: str, *, is_exact: bool) -> _One:
        one = _One(name, point, None, "", "", HAMLET, is_exact)
        self._move(one, point, outward)
        one.is_exact = is_exact
        one.people = one.people if is_exact else HAMLET
        self._by_key[name_key(name)].append(one)
        return one

    def _move(self, one: _One, point: Place, outward: str) -> None:
        """Put a place where a better source has it."""
        beside = self._districts.beside(point, outward)
        if beside:
            one.place, one.is_exact = point, True
            one.postcode, one.council_code = beside.postcode, beside.council
            one.people = max(one.people, beside.people)
            one.nation = nation_of(Postcode(outward), beside.council)

    def _same(self, name: str, point: Place, codes: list[str], *, is_exact: bool) -> _One | None:
        """The place of this name that is meant, if a source before knew it."""
        for one in self._by_key[name_key(name)]:
            away = kilometres_between(one.place, point)
            is_long = name_key(name).count(" ") > 1  # Weston super Mare: nobody has two
            town_km = SAME_LONG_NAME_KM if is_long else SAME_TOWN_KM
            if away <= SAME_KM or (one.people >= TOWN and away <= town_km):
                return one
            is_shared = bool(set(codes) & set(one.outwards))
            if not is_exact and (is_shared or away <= SAME_ROUGHLY_KM):
                return one
            if not one.is_exact and is_shared:
                return one
        for one in self._by_other[name_key(name)]:
            if kilometres_between(one.place, point) <= SAME_KM:
                return one
        return None

    def _outside(self, row: PostalName) -> None:
        if not any(one.nation is None for one in self._by_key[name_key(row.name)]):
            one = _One(row.name, row.place, None, "", "", HAMLET, is_exact=True)
            self._by_key[name_key(row.name)].append(one)


class _Towns:
    """Towns with people counted, to say of other places where they are."""

    def __init__(self, towns: Iterable[_One]) -> None:
        self._towns = sorted(towns, key=lambda town: town.place.latitude)
        places = [town.place for town in self._towns]
        self._points = np.array([(p.latitude, p.longitude) for p in places]).reshape(-1, 2)
        self._people = np.array([town.people for town in self._towns])
        self._radii = INSIDE_KM * np.sqrt(self._people)

    def around(self, one: _One) -> tuple[str, bool, int]:
        """The much larger town that a place is near, whether it is part of it, and a limit.

        The limit: the most people that a place can have of which nobody counted them. Its point
        may be rough, and stand in a town that is another.
        """
        band = FAR_KM / DEGREE_KM
        latitude = one.place.latitude
        near = slice(*np.searchsorted(self._points[:, 0], (latitude - band, latitude + band)))
        people, radii, away = self._people[near], self._radii[near], self._away_km(one.place, near)
        if not len(away):
            return "", False, CITY
        is_inside = away <= radii
        is_small = not is_inside[people >= CITY].any() and away.min() <= ROUGH_KM
        limit = BESIDE_A_TOWN if is_small else CITY
        own = one.people if one.is_counted else min(one.people, limit)
        away[people < max(BIG_TOWN, 3 * own)] = np.inf
        best = int(np.argmin(np.where(is_inside, away / 1e3, away)))
        name = self._towns[near][best].name if away[best] <= FAR_KM else ""
        return name, bool(is_inside[best]), limit

    def __bool__(self) -> bool:
        return bool(self._towns)

    def _away_km(self, place: Place, near: slice) -> NDArray[np.float64]:
        north = self._points[near, 0] - place.latitude
        squeeze = np.cos(np.radians(place.latitude))
        away: NDArray[np.float64] = (
            np.hypot(north, (self._points[near, 1] - place.longitude) * squeeze) * DEGREE_KM
        )
        return away


def _where(one: _One, towns: _Towns) -> str:
    """The town that a place is part of, or "near Telford", or its county, or its nation.

    Limits its people where they are an estimate.
    """
    if one.nation is None:
        return ""
    if one.is_exact and towns:
        town, is_inside, limit = towns.around(one)
        if not (one.is_counted or one.city):
            one.people = min(one.people, limit)
        is_told = is_inside or one.people < TOWN or not one.county
        is_beside = name_key(town) not in ("", name_key(one.name))
        if is_beside and is_told and not one.county.startswith(ISLE):
            return town if is_inside else f"near {town}"
    return one.county if name_key(one.county) not in ("", name_key(one.name)) else one.nation.label
