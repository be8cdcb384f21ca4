"""Postcodes however they are typed, how names are compared, and the answers of the gazetteer.

A postcode is an outward half (EH6) and an inward half: a sector digit (7) and a unit (BS).
Where letters and digits may stand comes from Royal Mail's own scheme, as published in the user
guide of the ONS Postcode Directory. Only the gazetteer knows whether a postcode exists.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from math import asin, cos, radians, sin, sqrt

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation

LONGEST_TYPED = 100
OUTWARDS = {  # by length: letter A or digit 9 in each place
    2: ("A9",),
    3: ("A99", "AA9", "A9A"),
    4: ("AA99", "AA9A"),
}
INWARDS = {0: "", 1: "9", 2: "9A", 3: "9AA"}
ODD_OUTWARDS = frozenset({"GIR", "NPT"})  # the old Girobank, and Newport before 1984
NEVER_IN_A_UNIT = frozenset("CIKMOV")
_AS_WRITTEN = re.compile(
    r"([A-Z]{1,2}[0-9]{1,2}|[A-Z]{1,2}[0-9][A-Z]) ?([0-9])([ABD-HJLNP-UW-Z]{2})"
)
AS_DIGIT = {"O": "0", "I": "1"}
AS_LETTER = {"0": "O", "1": "I"}
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
    """The full postcode in the usual spelling ("EH6 7BS", "eh67bs"): the first of `readings`,
    without the work for the others. None for any other spelling."""
    found = _AS_WRITTEN.fullmatch(typed.upper())
    return Postcode(*found.groups()) if found else None


def readings(typed: str) -> tuple[Postcode, ...]:
    """Every postcode or part of one that was perhaps typed, the likeliest first.

    There are several because `EH67` may be an outward half or the sector EH6 7, and because
    people mix up O and 0, I and 1. Empty when it can't be one. A full postcode inside a longer
    line ("12 Shore, Leith EH6 7BS") is found too.
    """
    words = _words(typed)
    compact = "".join(words)
    hinted = len(words[0]) if len(words) == 2 else None
    if 2 <= len(compact) <= 7:
        return _readings_of(compact, hinted)
    for pair in (words[-2:], words[-1:], words[:2]):
        within = [p for p in _readings_of("".join(pair), None) if p.unit]
        if within and len("".join(pair)) <= 7:
            return tuple(within[:1])
    return ()


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


def _words(typed: str) -> list[str]:
    """Words in capitals, of ASCII letters and digits; none when a word has anything else."""
    text = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper()
    words = re.findall(r"\w+", text.replace("_", " "))
    return words if all(word.isascii() for word in words) else []


def _readings_of(compact: str, hinted: int | None) -> tuple[Postcode, ...]:
    found: dict[Postcode, tuple[bool, int, bool, int]] = {}
    for length in INWARDS:
        cut = len(compact) - length
        for postcode, changes in _split(compact[:cut], compact[cut:]):
            is_as_spaced = hinted is None or hinted == cut
            is_half_a_unit = length == 2
            cost = (not is_as_spaced, changes, is_half_a_unit, length)
            found[postcode] = min(cost, found.get(postcode, cost))
    return tuple(sorted(found, key=lambda postcode: found[postcode]))


def _split(outward: str, inward: str) -> Iterator[tuple[Postcode, int]]:
    """Postcodes of these two halves, each with the number of characters corrected."""
    end = _fit(inward, INWARDS[len(inward)])
    if end is None or NEVER_IN_A_UNIT & set(end[1:]):
        return
    unit = end[1:] if len(end) == 3 else ""
    if outward in ODD_OUTWARDS:
        yield Postcode(outward, end[:1], unit), 0
    for shape in OUTWARDS.get(len(outward), ()):
        start = _fit(outward, shape)
        if start is not None:
            changes = sum(a != b for a, b in zip(outward + inward, start + end, strict=True))
            yield Postcode(start, end[:1], unit), changes


def _fit(text: str, shape: str) -> str | None:
    """The text with O and 0, I and 1 corrected for the shape, or None where it does not fit."""
    right = "".join(
        AS_LETTER.get(character, character) if place == "A" else AS_DIGIT.get(character, character)
        for character, place in zip(text, shape, strict=True)
    )
    is_fit = all(c.isalpha() == (place == "A") for c, place in zip(right, shape, strict=True))
    return right if is_fit else None
