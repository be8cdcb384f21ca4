"""Looks up names in the index files and among our venues: places, areas, what lies abroad."""

from collections.abc import Sequence
from math import sqrt

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.places.index_files import IndexFile, Stamp
from finder.places.rules import NamedPlace, kilometres_between, name_key
from finder.places.venue_places import SAME_LOCALITY_KM, VenuePlaces, Venues

Namesakes = list[tuple[NamedPlace, bool]]
"""Places of one name, each with whether it is the place's main name."""
SAME_PLACE_KM = 5.0
BESIDE_KM = 30.0
BIG = 50_000
"""A name of so many people needs nothing beside it: everybody knows which one Leeds is."""
AROUND = 1.3
CITY_KM = 0.006
"""By the root of its people, how far a city reaches: London 18 km."""
MEANT, MUCH_BIGGER = 2_000, 20
STANDING = 1_000
NATIONS = {nation.value: nation for nation in Nation}
FIELDS = (
    "p.name, p.latitude_e6, p.longitude_e6, p.nation, p.council_code, p.postcode, p.located,"
    " p.people, p.outwards, p.county"
)
AREA = (
    "SELECT a.name, a.latitude_e6, a.longitude_e6, a.nation, a.council_code, a.postcode,"
    " '', a.people, '', '', a.reach_m FROM area a"
)


class Names:
    """Every known name: those of the index files, the largest source first, and of our venues."""

    def __init__(self, files: Sequence[IndexFile], venue_places: VenuePlaces | None) -> None:
        self._files = files
        self._venues = Venues(venue_places)
        self._standing: tuple[list[Stamp], dict[str, tuple[str, int]]] = ([], {})

    def called(self, key: str) -> list[NamedPlace]:
        """The places of exactly this name, the most peopled first.

        Our venues can't change which one is meant (their people is 0), so they are not queried
        where one is far larger: a city has the most of them.
        """
        known = self._in_files(key)
        places = [place for place, _ in known]
        if known and known[0][1] and is_meant(places, key):
            return places
        return [place for place, _ in self._with_venues(known, key)]

    def stamp(self) -> list[Stamp]:
        """Changes when one of the files does."""
        return [file.stamp() for file in self._files]

    def every(self) -> list[tuple[str, int, int, int]]:
        """Every name of the files: key, people, number of its file, number of its place.

        An area's place has a number below zero.
        """
        places = "SELECT n.key, p.people, p.id FROM place_name n JOIN place p ON p.id = n.place_id"
        areas = (
            "SELECT n.key, a.people, -1 - a.id FROM area_name n JOIN area a ON a.id = n.area_id"
            " WHERE n.is_main"
        )
        rows = [(key, people, 0, number) for key, people, number in self._files[0].rows(areas)]
        for n, file in enumerate(self._files):
            if n == 0 or file.is_usable():
                rows += [(key, people, n, number) for key, people, number in file.rows(places)]
        return rows

    def numbered(self, file: int, number: int) -> NamedPlace:
        """The place of a number that `every` gave."""
        if number < 0:
            rows = self._files[0].rows(f"{AREA} WHERE a.id = ?", (-1 - number,))
        else:
            sql = f"SELECT {FIELDS} FROM place p WHERE p.id = ?"  # noqa: S608
            rows = self._files[file].rows(sql, (number,))
        return _named(*rows[0])

    def prepare(self, keys: set[str]) -> None:
        """Query our venues once for several names that will be looked up."""
        self._venues.called(keys)

    def area(self, key: str) -> NamedPlace | None:
        """The county, council or island of this name."""
        rows = self._files[0].rows(
            f"{AREA} JOIN area_name n ON a.id = n.area_id"
            " WHERE n.key = ? AND n.is_main ORDER BY a.people DESC LIMIT 1",
            (key,),
        )
        return _named(*rows[0]) if rows else None

    def is_in(self, place: NamedPlace, key: str) -> bool:
        """Whether a place is in the county, council or island of this name."""
        if name_key(place.county) == key:
            return True
        codes = [place.council_code, *_parts(place.postcode), *place.outwards]
        marks = ",".join("?" * len(codes))
        sql = (
            "SELECT 1 FROM area_name n JOIN area_member m ON m.area_id = n.area_id"  # noqa: S608
            f" WHERE n.key = ? AND m.code IN ({marks}) LIMIT 1"
        )
        return bool(self._files[0].rows(sql, (key, *codes)))

    def is_around(self, place: NamedPlace, key: str) -> bool:
        """Whether a place is where people say this county is: Kingston upon Thames, Surrey."""
        area = self.area(key)
        if area is None:
            return False
        return kilometres_between(place.place, area.place) <= area.reach_km * AROUND

    def is_beside(self, place: NamedPlace, key: str, reach_km: float) -> bool:
        """Whether a place of this name is near: a town that somebody added to tell where.

        A city reaches farther than a village.
        """
        known = self._in_files(key)
        near = self._with_venues(known, key)
        return any(
            kilometres_between(place.place, other.place) <= reach_km + CITY_KM * sqrt(other.people)
            for other, _ in near
        )

    def abroad(self, key: str) -> tuple[str, str] | None:
        """The name of a town elsewhere and its country; of a country itself "" for the latter."""
        rows = self._files[0].rows("SELECT name, country FROM abroad WHERE key = ?", (key,))
        return (rows[0][0], rows[0][1]) if rows else None

    def beside(self, place: Place) -> NamedPlace | None:
        """The nearest place of some standing: it tells the nation and council of a point."""
        squeeze = "(p.longitude_e6 - ?) * 0.57"  # cosine of 55 degrees north
        order = f"(p.latitude_e6 - ?) * (p.latitude_e6 - ?) + {squeeze} * {squeeze}"
        sql = (
            f"SELECT {FIELDS} FROM place p WHERE p.latitude_e6 BETWEEN ? AND ? AND p.people >= ?"  # noqa: S608
            f" ORDER BY {order} LIMIT 1"
        )
        north, east = round(place.latitude * 1e6), round(place.longitude * 1e6)
        for reach in (30_000, 300_000):
            values = (north - reach, north + reach, STANDING, north, north, east, east)
            for row in self._files[0].rows(sql, values):
                found = _named(*row)
                away = kilometres_between(found.place, place)
                if away <= min(BESIDE_KM, reach * 1e-4):
                    return found
        return None

    def standing(self) -> dict[str, tuple[str, int]]:
        """The name and people of every place of some standing, by its key; our venues' too."""
        stamp = self.stamp()
        if self._standing[0] != stamp:
            sql = (
                "SELECT n.key, p.name, p.people FROM place_name n JOIN place p ON p.id = n.place_id"
                " WHERE n.is_main AND p.people >= ? ORDER BY p.people"
            )
            rows = [row for file in self._present() for row in file.rows(sql, (STANDING,))]
            areas = (
                "SELECT n.key, a.name, a.people FROM area_name n JOIN area a ON a.id = n.area_id"
            )
            rows += self._files[0].rows(f"{areas} WHERE n.is_main")
            self._standing = (stamp, {key: (name, people) for key, name, people in rows})
        venues = {key: (name, STANDING) for key, name in self._venues.names().items()}
        return venues | self._standing[1]

    def _in_files(self, key: str) -> Namesakes:
        """Places of this name, each once, with whether it is the place's main name."""
        sql = (
            f"SELECT {FIELDS}, n.is_main FROM place_name n JOIN place p ON p.id = n.place_id"  # noqa: S608
            " WHERE n.key = ? ORDER BY n.is_main DESC, p.people DESC"
        )
        rows = [row for file in self._present() for row in file.rows(sql, (key,))]
        kept: Namesakes = []
        for row in rows:
            place = _named(*row[:-1])
            if not _is_among(place, kept, SAME_PLACE_KM):
                # Newcastle upon Tyne is called Newcastle; Bristol is not called Briston.
                is_main = bool(row[-1]) or name_key(place.name).startswith(f"{key} ")
                kept.append((place, is_main))
        return _in_order(kept)

    def _with_venues(self, known: Namesakes, key: str) -> Namesakes:
        """The places of this name in the files, and those of our venues that lie elsewhere."""
        kept = list(known)
        for place in self._venues.called((key,)).get(key, ()):
            if not _is_among(place, kept, SAME_LOCALITY_KM):
                kept.append((place, True))
        return _in_order(kept)

    def _present(self) -> list[IndexFile]:
        """The first file is always queried, so that its absence is noticed.

        One of another release is left out; `finder check` tells the operator.
        """
        return [self._files[0], *(file for file in self._files[1:] if file.is_usable())]


def is_meant(places: Sequence[NamedPlace], key: str) -> bool:
    """Whether the first is so much larger that nobody means another without adding something.

    Never of two that are both only called so in short: Kingston upon Hull, upon Thames.
    """
    in_short = [name_key(place.name).startswith(f"{key} ") for place in places]
    if in_short[0] and any(in_short[1:]):
        return False
    others = max((place.people for place in places[1:]), default=0)
    return places[0].people >= max(MEANT, MUCH_BIGGER * others)


def _in_order(places: Namesakes) -> Namesakes:
    """Main names first, then by people."""
    return sorted(places, key=lambda found: (not found[1], -found[0].people))


def _is_among(place: NamedPlace, kept: Namesakes, reach_km: float) -> bool:
    return any(kilometres_between(place.place, other.place) <= reach_km for other, _ in kept)


def _parts(postcode: str) -> list[str]:
    """What areas may name of a postcode: its outward code, and its sector ("CO5 8")."""
    outward = postcode[:4].strip()
    return [outward, f"{outward} {postcode[4:5]}", f"{outward} {postcode[4:6]}"] if outward else []


def _named(
    name: str,
    latitude_e6: int,
    longitude_e6: int,
    nation: str,
    council_code: str,
    postcode: str,
    where: str,
    people: int,
    outwards: str,
    county: str,
    reach_m: int = 0,
) -> NamedPlace:
    """A place from a row of `FIELDS`, an area with its reach."""
    return NamedPlace(
        name,
        Place(latitude_e6 / 1e6, longitude_e6 / 1e6),
        NATIONS.get(nation),
        council_code,
        postcode,
        where,
        people,
        tuple(outwards.split()),
        county,
        reach_m / 1000,
    )
