"""Reading postcodes however they are typed, whole or in part.

A postcode is an outward half (EH6) and an inward half: a sector digit (7) and a unit (BS).
Where letters and digits may stand comes from Royal Mail's own scheme, as published in the user
guide of the ONS Postcode Directory. Whether a postcode exists, the gazetteer knows.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

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


@dataclass(frozen=True, order=True)
class Postcode:
    """A postcode, or the first part of one: `Postcode("EH6", "7", "BS")`."""

    outward: str
    sector: str = ""
    unit: str = ""

    @property
    def is_full(self) -> bool:
        """Whether it names one postcode rather than an area of many."""
        return bool(self.unit)

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
        within = [p for p in _readings_of("".join(pair), None) if p.is_full]
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
