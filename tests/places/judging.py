"""Judges the answers of a gazetteer against what is right, by the postcodes' own points."""

from functools import lru_cache
from pathlib import Path

import numpy as np

from finder.domain.groups import Place
from finder.places.districts import Districts, of_index
from finder.places.gazetteer import Gazetteer
from finder.places.index_files import IndexFile
from finder.places.rules import Answer, Choices, Covers, Found, NotFound

NEAR_KM = 4.0


@lru_cache(maxsize=2)
def districts(data_dir: Path) -> Districts:
    return of_index(IndexFile(data_dir / "postcodes.db"))


def away_km(within: Districts, place: Place, outward: str) -> float:
    """How far a point is from the nearest postcode of an outward code."""
    postcodes = within.within(outward)
    assert postcodes, outward
    return float(np.min(postcodes.away_km(place)))


def is_near(within: Districts, answer: Answer, outward: str) -> bool:
    """Whether the answer lies in the outward code; a county or an island is to hold it."""
    if not isinstance(answer, Found):
        return False
    if answer.covers is Covers.AREA:
        return away_km(within, answer.place, outward) <= answer.reach_km
    return away_km(within, answer.place, outward) <= NEAR_KM


def is_offered(gazetteer: Gazetteer, within: Districts, answer: Answer, outward: str) -> bool:
    """Whether one of the answer's links leads into the outward code, at once or by a choice."""
    if isinstance(answer, Found):
        return False
    for suggestion in answer.suggestions:
        led = gazetteer.find(suggestion.near)
        if is_near(within, led, outward):
            return True
        if isinstance(led, Choices):
            near = (gazetteer.find(one.near) for one in led.suggestions)
            if any(is_near(within, one, outward) for one in near):
                return True
    return False


def is_right(gazetteer: Gazetteer, within: Districts, typed: str, right: str) -> bool:
    """Whether a typed place is answered as the table says.

    `EH6` found there; `EH6?` there, or a choice that has it; `EH6!` asked back with it among the
    links, never taken; `=EH6 7BS` this very postcode; `EH6~` either found or asked; `-` a sentence.
    """
    answer = gazetteer.find(typed)
    if right == "-":
        return isinstance(answer, NotFound)
    if right.startswith("="):
        return isinstance(answer, Found) and answer.label == right[1:] and not answer.is_doubtful
    outward = right.rstrip("?!~")
    if right.endswith("!"):
        return isinstance(answer, NotFound) and is_offered(gazetteer, within, answer, outward)
    if is_near(within, answer, outward):
        return True
    is_askable = right[-1] in "?~"
    return is_askable and is_offered(gazetteer, within, answer, outward)
