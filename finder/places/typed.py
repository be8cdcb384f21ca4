"""Reads what somebody typed as a postcode, with the slips that people make.

A postcode is an outward half (EH6) and an inward half: a sector digit (7) and a unit (BS). Where
letters and digits may stand comes from Royal Mail's own scheme, as published in the user guide
of the ONS Postcode Directory. Only the gazetteer knows whether a postcode exists.
"""

import re
import unicodedata
from collections.abc import Iterator

from finder.places.rules import LONGEST_TYPED, Postcode, exactly

OUTWARDS = {  # by length: letter A or digit 9 in each place
    2: ("A9",),
    3: ("A99", "AA9", "A9A"),
    4: ("AA99", "AA9A"),
}
INWARDS = {0: "", 1: "9", 2: "9A", 3: "9AA"}
ODD_OUTWARDS = frozenset({"GIR", "NPT"})  # the old Girobank, and Newport before 1984
NEVER_IN_A_UNIT = frozenset("CIKMOV")
AS_DIGIT = {"O": "0", "I": "1", "S": "5"}
AS_LETTER = {"0": "O", "1": "I", "5": "S"}


def clean(text: str) -> str:
    """The text in plain characters: no invisible marks, one kind of hyphen, nothing at its ends.

    A phone or a map app may add marks that nobody sees (a zero-width space, a direction mark).
    """
    plain = unicodedata.normalize("NFKC", text)
    seen = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return " ".join(re.sub(r"[‐-―−]", "-", seen).split()).strip(" ,.;:-")


def readings(typed: str) -> tuple[Postcode, ...]:
    """Every postcode or part of one that was perhaps typed, the likeliest first.

    There are several because `EH67` may be an outward half or the sector EH6 7, and because
    people mix up O and 0, I and 1, S and 5. Empty when it can't be one. Full postcodes inside a
    longer line ("12 Shore, Leith EH6 7BS, UK") are found too, the last of the line first.
    """
    words = _words(typed)
    compact = "".join(words)
    hinted = len(words[0]) if len(words) == 2 else None
    if 2 <= len(compact) <= 7:
        return _readings_of(compact, hinted)
    return _within(words)


def _within(words: list[str]) -> tuple[Postcode, ...]:
    """The full postcodes of a longer line: those spelled right, then those with a slip."""
    texts = []
    for n in range(len(words) - 1, -1, -1):
        before, word = words[n - 1] if n else "", words[n]
        if len(word) == 3 and 2 <= len(before) <= 4:
            texts.append(before + word)
        if 5 <= len(word) <= 7 and re.search("[0-9]", word):
            texts.append(word)
    right = [exact for exact in map(exactly, texts) if exact]
    mended = [p for text in texts for p in _readings_of(text, None) if p.unit]
    return tuple(dict.fromkeys([*right, *mended]))


def is_postcode_shaped(typed: str) -> bool:
    """Whether the line is a postcode or holds a full one that is spelled right."""
    words = _words(typed)
    pairs = ["".join(words[n : n + 2]) for n in range(len(words))]
    return len("".join(words)) <= 7 or any(map(exactly, [*pairs, *words]))


def is_spelled_right(typed: str) -> bool:
    """Whether the line is nothing but a full postcode, without a slip."""
    return exactly("".join(_words(typed))) is not None


def outward_part(words: list[str]) -> tuple[Postcode, list[str]] | None:
    """The last word that can be an outward code, or a sector with the word after it ("EH6 7B").

    Gives it with the other words. Whether there is such a code, the gazetteer knows.
    """
    for n in range(len(words) - 1, -1, -1):
        word = words[n].upper()
        if not any(map(str.isdigit, word)) or not word.isascii() or len(word) > 4:
            continue
        shapes = [start for shape in OUTWARDS.get(len(word), ()) if (start := _fit(word, shape))]
        if not shapes:
            continue
        right = min(shapes, key=lambda start: sum(a != b for a, b in zip(start, word, strict=True)))
        after = words[n + 1].upper() if n + 1 < len(words) else ""
        if re.fullmatch(r"[0-9][A-Z]?", after):
            return Postcode(right, after[0]), [*words[:n], *words[n + 2 :]]
        if re.fullmatch(r"[0-9][A-Z]{2}", after):  # a full one that there is not
            return Postcode(right), [*words[:n], *words[n + 2 :]]
        return Postcode(right), [*words[:n], *words[n + 1 :]]
    return None


def _words(typed: str) -> list[str]:
    """Words in capitals, of ASCII letters and digits; none when a word has anything else."""
    text = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper()
    words = re.findall(r"\w+", text.replace("_", " "))
    return words if all(word.isascii() for word in words) else []


def _readings_of(compact: str, hinted: int | None) -> tuple[Postcode, ...]:
    found: dict[Postcode, tuple[bool, int, bool, int]] = {}
    if compact.isdigit():
        return ()
    has_digit = any(map(str.isdigit, compact))
    for length in INWARDS:
        cut = len(compact) - length
        for postcode, changes in _split(compact[:cut], compact[cut:]):
            if changes and not has_digit and not postcode.unit:
                continue  # a word: "Des" is not DE5
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
    """The text with look-alike letters and digits put right; None where it does not fit."""
    right = "".join(
        AS_LETTER.get(character, character) if place == "A" else AS_DIGIT.get(character, character)
        for character, place in zip(text, shape, strict=True)
    )
    is_fit = all(c.isalpha() == (place == "A") for c, place in zip(right, shape, strict=True))
    return right if is_fit else None
