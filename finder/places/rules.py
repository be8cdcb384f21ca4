"""The gazetteer's answers to somebody who types where they are, and how names are compared."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation

_POINT = re.compile(r"(\d{2}\.\d{1,8}), ?(-?\d{1,2}\.\d{1,8})", re.ASCII)


class Covers(StrEnum):
    """How large an area was found."""

    POSTCODE = "postcode"
    SECTOR = "sector"
    DISTRICT = "district"
    TOWN = "town"


@dataclass(frozen=True)
class Found:
    """A point. is_approximate: it is the centre of something larger than one postcode."""

    label: str
    place: Place
    covers: Covers
    nation: Nation
    council_code: str = ""

    @property
    def is_approximate(self) -> bool:
        """Whether a full postcode would give a better point."""
        return self.covers is not Covers.POSTCODE


@dataclass(frozen=True)
class NamedPlace:
    """A town, village or part of a town, as a source of names gives it.

    nation: None when it lies outside the United Kingdom (Jersey, Guernsey, Man).
    postcode: the nearest full one. where: tells it from its namesakes ("near Telford").
    people: about how many live there; guessed by kind where nobody counted.
    """

    name: str
    place: Place
    nation: Nation | None
    council_code: str = ""
    postcode: str = ""
    where: str = ""
    people: int = 0


@dataclass(frozen=True)
class Suggestion:
    """A place that was perhaps meant: its label, and the text that finds it."""

    label: str
    near: str


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
