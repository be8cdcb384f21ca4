"""The ages a group is for, in whole months: how they read, and how people type them.

Where people leave something out, these are the readings (docs/listings-csv.md says them too):
walking begins at 12 months, babies are under 12 months, toddlers are 1 to 3 years, and an open
end ("6m+") is 5 years, when school has begun in all four nations.
"""

import math
import re
from fractions import Fraction

from finder.domain.refused import Refused

OLDEST_MONTHS = 84
WALKING_MONTHS = 12
OPEN_END_MONTHS = 60
LONGEST_TYPED = 100

_HOW = "Write it like 0-18 months, 6 months to 3 years, or under 5s"
_AGE = r"(\d{1,3}(?:\.\d{1,2})?)\s*(years?|yrs?|y|months?|mths?|mos?|m|weeks?|wks?|w)?(?: olds?)?"
_RANGE = re.compile(rf"{_AGE} (?:to|-) {_AGE}")
_OPEN = re.compile(rf"(?:from )?{_AGE} ?(?:\+|plus|and (?:over|up|above)|onwards|upwards)")
_FROM = re.compile(rf"from {_AGE}")
_UP_TO = re.compile(rf"(?:up to|until) {_AGE}")
_UNDER = re.compile(r"(?:the )?(?:under|u)[ -]?(\d)(?:'?s)?(?: years?| yrs?)?(?: olds?)?")
_WALKING = re.compile(rf"(?:from )?(?:confident )?(?:walking|walkers?) (?:to|-) {_AGE}")
_ONLY = re.compile(rf"{_AGE} only")
_MONTH_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DATE = re.compile(
    rf"\d{{1,4}} ?-? ?{_MONTH_NAME}\w*|{_MONTH_NAME}\w* ?-? ?\d{{1,4}}|\d+/\d+/\d+|\d{{4}}-\d\d-\d\d"
)
_WORDS = {
    "newborn only": (0, 0),
    "babies": (0, 12),
    "baby": (0, 12),
    "non-walkers": (0, WALKING_MONTHS),
    "pre-walkers": (0, WALKING_MONTHS),
    "toddlers": (12, 36),
    "toddler": (12, 36),
    "babies and toddlers": (0, 36),
    "baby and toddler": (0, 36),
    "walking": (WALKING_MONTHS, OPEN_END_MONTHS),
    "walkers": (WALKING_MONTHS, OPEN_END_MONTHS),
}


def parse_ages(text: str) -> tuple[int, int]:
    """Youngest and oldest age in months that somebody typed: "0-18m", "birth to 2 years".

    "under 5s" is birth to 5 years. Refused, with the field `ages` and the reason, where months
    and years can't be told apart ("0-2" may be either), or where a spreadsheet made a date of it.
    """
    typed = _tidied(text)
    if not typed:
        raise Refused("ages", f"Say which ages it is for. {_HOW}")
    if _DATE.fullmatch(typed):
        raise Refused("ages", "The spreadsheet made a date of this. Type it like 6 to 12 months")
    youngest, oldest = _WORDS.get(typed) or _read(typed)
    if youngest > oldest:
        raise Refused("ages", "The youngest age comes first, and can’t be above the oldest")
    if oldest > OLDEST_MONTHS:
        raise Refused("ages", "The oldest age here is 7 years. Check months and years")
    return youngest, oldest


def ages_label(age_from_months: int, age_to_months: int) -> str:
    """Two ages as people say them: "Birth to 2 years", "6 to 18 months". `parse_ages` reads it."""
    youngest, oldest = age_from_months, age_to_months
    if youngest == oldest:
        return f"{_age(youngest)} only" if youngest else "Newborn only"
    if oldest % 12 or oldest == 12:
        return f"Birth to {oldest} months" if not youngest else f"{youngest} to {oldest} months"
    if youngest and youngest % 12 == 0:
        return f"{youngest // 12} to {oldest // 12} years"
    return f"{_age(youngest) if youngest else 'Birth'} to {oldest // 12} years"


def _age(months: int) -> str:
    if months % 12:
        return f"{months} month" if months == 1 else f"{months} months"
    return "1 year" if months == 12 else f"{months // 12} years"


def _tidied(text: str) -> str:
    """Small letters, one kind of dash with spaces around it, "birth" as 0 months."""
    typed = text[: LONGEST_TYPED + 1].casefold()
    if len(typed) > LONGEST_TYPED:
        raise Refused("ages", f"Use at most {LONGEST_TYPED} characters")
    typed = typed.replace("½", ".5").replace("’", "'").replace("&", " and ")
    typed = re.sub(r"^(?:ages?|aged|for|children|suitable for)\b:?|[.!]+$", "", typed.strip())
    typed = re.sub(r"\b(?:birth|newborns?|new born)(?= ?(?:to|-|–|—|\+|plus))", "0 months", typed)
    typed = re.sub(r"\b(\d+) 1/2\b", r"\1.5", typed)
    typed = re.sub(r"(?<=[\w.])(?<!under)\s*[-–—]\s*(?=\d)", " - ", typed)
    return " ".join(typed.split())


def _read(typed: str) -> tuple[int, int]:
    if found := _RANGE.fullmatch(typed):
        return _range(*found.groups())
    if found := _WALKING.fullmatch(typed):
        # "walking to 4": nobody walks at 4 months, so a bare number is years.
        return WALKING_MONTHS, _months(found[1], found[2] or "years", is_end=True)
    if found := _UNDER.fullmatch(typed):
        return 0, int(found[1]) * 12
    if found := _UP_TO.fullmatch(typed):
        return 0, _months(found[1], found[2], is_end=True)
    if found := _OPEN.fullmatch(typed) or _FROM.fullmatch(typed):
        youngest = _months(found[1], found[2])
        return youngest, OPEN_END_MONTHS if youngest < OPEN_END_MONTHS else OLDEST_MONTHS
    if found := _ONLY.fullmatch(typed):
        only = _months(found[1], found[2])
        return only, only
    if found := re.fullmatch(_AGE, typed):
        raise Refused("ages", f"Is that from this age, or up to it? {_HOW}")
    raise Refused("ages", f"We can’t read these ages. {_HOW}")


def _range(low: str, low_unit: str | None, high: str, high_unit: str | None) -> tuple[int, int]:
    if low_unit and not high_unit:
        high_unit = _only_possible_unit(low, low_unit, high)
    if not low_unit or low == "0":
        # "2-5 yrs" is years at both ends.
        low_unit = high_unit
    if high_unit is None and low_unit is None:
        raise Refused("ages", f"Is {low}-{high} in months or in years? {_HOW}")
    return _months(low, low_unit), _months(high, high_unit, is_end=True)


def _only_possible_unit(low: str, low_unit: str, high: str) -> str | None:
    """Years for the 4 of "18 months to 4", which can't be months; None where it may be."""
    if low_unit.startswith("y") or (float(low) > 0 and _months(low, low_unit) >= float(high)):
        return "years"
    return None


def _months(number: str, unit: str | None, is_end: bool = False) -> int:
    """Whole months, rounded outwards: a group from 6 weeks is for babies from 1 month."""
    if unit is None:
        raise Refused("ages", f"Is {number} months or years? {_HOW}")
    value = Fraction(number)
    if unit.startswith("y"):
        value *= 12
    elif unit.startswith("w"):
        value *= Fraction(12, 52)
    return math.ceil(value) if is_end else math.floor(value)
