"""Postcodes, how names are compared, and the answers of the gazetteer."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from math import asin, cos, radians, sin, sqrt

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation

LONGEST_TYPED = 100
_AS_WRITTEN = re.compile(
    r"([A-Z]{1,2}[0-9]{1,2}|[A-Z]{1,2}[0-9][A-Z]) ?([0-9])([ABD-HJLNP-UW-Z]{2})"
)
OUTSIDE = {"JE": "Jersey", "GY": "Guernsey", "IM": "the Isle of Man"}
SCOTTISH = frozenset(
    ["AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "TD", "ZE"]
)
WELSH = frozenset(["CF", "LD", "LL", "NP", "SA"])
_POINT = re.compile(r"(\d{2}\.\d{1,8}), ?(-?\d{1,2}\.\d{1,8})", re.ASCII)


class Covers(StrEnum):
    """How large an area was found."""

    POSTCODE = "postcode"
    SECTOR = "sector"
    DISTRICT = "district"
    TOWN = "town"
    AREA = "area"


@dataclass(frozen=True)
class Suggestion:
    """A place that was perhaps meant: its label, and the text that finds it.

    place: where it is, if one place is meant. groups: how many are near it, if counted.
    """

    label: str
    near: str
    place: Place | None = None
    groups: int | None = None


@dataclass(frozen=True)
class Found:
    """A point. is_approximate: it is the centre of something larger than one postcode.

    note: a sentence for the page, where something of what was typed was not used.
    others: namesakes, each a tap away. reach_km: how far an area reaches from its middle.
    is_doubtful: the national directory has the postcode in a wrong place.
    """

    label: str
    place: Place
    covers: Covers
    nation: Nation
    council_code: str = ""
    note: str = ""
    others: tuple[Suggestion, ...] = ()
    reach_km: float = 0.0
    is_doubtful: bool = False

    @property
    def is_approximate(self) -> bool:
        """Whether a full postcode would give a better point."""
        return self.covers is not Covers.POSTCODE or self.is_doubtful


@dataclass(frozen=True)
class NamedPlace:
    """A town, village or part of a town, or an area, as a source of names gives it.

    nation: None when it lies outside the United Kingdom (Jersey, Guernsey, Man).
    postcode: the nearest full one. where: tells it from its namesakes ("near Telford").
    people: about how many live there; estimated from postcodes where nobody counted.
    outwards: its outward codes, the best known first. county: as its source gives it.
    reach_km: above 0 for an area: most of its postcodes lie within it.
    """

    name: str
    place: Place
    nation: Nation | None
    council_code: str = ""
    postcode: str = ""
    where: str = ""
    people: int = 0
    outwards: tuple[str, ...] = ()
    county: str = ""
    reach_km: float = 0.0

    @property
    def outward(self) -> str:
        """The outward code that tells where it is."""
        return self.outwards[0] if self.outwards else self.postcode[:4].strip()


@dataclass(frozen=True)
class Choices:
    """Several places have the name."""

    typed: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True)
class NotFound:
    """Nothing found: a sentence that says what to do, and near misses ("did you mean")."""

    message: str
    suggestions: tuple[Suggestion, ...] = ()


Answer = Found | Choices | NotFound


def point_typed(text: str) -> Place | None:
    """The point in "55.976,-3.1657", the form that "Search this area" sends; else None.

    Degrees, latitude first, within reach of the United Kingdom, with a decimal point, so that
    no postcode or name is taken for one.
    """
    match = _POINT.fullmatch(text)
    if not match:
        return None
    place = Place(float(match[1]), float(match[2]))
    is_near = 49 <= place.latitude <= 61.5 and -9 <= place.longitude <= 2.5
    return place if is_near else None


def name_key(text: str) -> str:
    """A place's name as it is compared: no capitals, accents, hyphens or full stops.

    "St. Helens" and "Saint Helens" are one, so are "Bo'ness" and "Boness". If you change this
    rule: the index of place names and our venues store such keys. Raise `index_files.VERSION`
    for the one; for the other add a migration that calls `venue_areas.renew_keys`, as 0009 does.
    """
    plain = text.casefold().replace("&", " and ")
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
        plain = "".join(c for c in letters if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+|_", " ", re.sub(r"['’‘`.]", "", plain))
    return re.sub(r"\bsaint\b", "st", words).strip()


def kilometres_between(one: Place, other: Place) -> float:
    """Great-circle kilometres on a sphere: near enough to tell two places apart, not to rank."""
    lat_1, lat_2 = radians(one.latitude), radians(other.latitude)
    across = sin((lat_2 - lat_1) / 2) ** 2
    along = sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(across + cos(lat_1) * cos(lat_2) * along)))


@dataclass(frozen=True, order=True)
class Postcode:
    """A postcode, or the first part of one: `Postcode("EH6", "7", "BS")`. A full one has a unit."""

    outward: str
    sector: str = ""
    unit: str = ""

    @property
    def key(self) -> str:
        """Seven characters, as the ONS writes them (`EH6 7BS`, `E1  0AA`); fewer for a part.

        The outward half is always four wide, so that the keys of an area are exactly those
        that begin with the area's own key: E1 never takes in E11.
        """
        return f"{self.outward:<4}{self.sector}{self.unit}"

    @property
    def area(self) -> str:
        """The letters at its start: EH."""
        return "".join(takewhile(str.isalpha, self.outward))

    def __str__(self) -> str:
        """As people write it: EH6 7BS, EH6 7, EH6."""
        return f"{self.outward} {self.sector}{self.unit}".strip()


def from_key(key: str) -> Postcode:
    """The postcode of a seven-character key as the ONS writes it."""
    return Postcode(key[:4].strip(), key[4:5], key[5:])


def exactly(typed: str) -> Postcode | None:
    """The full postcode in the usual spelling ("EH6 7BS", "eh67bs"): the first of `typed.readings`,
    without the work for the others. None for any other spelling."""
    found = _AS_WRITTEN.fullmatch(typed.upper())
    return Postcode(*found.groups()) if found else None


def nation_of(postcode: Postcode, council_code: str = "") -> Nation:
    """The nation of a council's code (E, S, W or N), else the usual one of the postcode area.

    A few areas cross a border (CH, SY, TD), which is why the council comes first.
    """
    by_council = {
        "E": Nation.ENGLAND,
        "S": Nation.SCOTLAND,
        "W": Nation.WALES,
        "N": Nation.NORTHERN_IRELAND,
    }
    if council_code[:1] in by_council:
        return by_council[council_code[:1]]
    if postcode.area == "BT":
        return Nation.NORTHERN_IRELAND
    if postcode.area in SCOTTISH:
        return Nation.SCOTLAND
    return Nation.WALES if postcode.area in WELSH else Nation.ENGLAND
