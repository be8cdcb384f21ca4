"""The calendar of a place: its nation's bank holidays and its council's school terms."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import holidays

from finder.domain.refused import Refused
from finder.domain.vocabulary import Nation

_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.SCOTLAND: "SCT",
    Nation.WALES: "WLS",
    Nation.NORTHERN_IRELAND: "NIR",
}

# Northern Ireland's summer, July and August, is the longest holiday of any school year. A
# longer gap between two stretches is a year that is not in the file.
LONGEST_HOLIDAY_DAYS = 75


@dataclass(frozen=True, order=True)
class Term:
    """A stretch of days on which schools are open, both ends included: half a term, usually."""

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        """Refuse a stretch that ends before it begins."""
        if self.last_day < self.first_day:
            raise Refused("last_day", "The last day of a term can't be before its first")


@dataclass(frozen=True)
class Calendar:
    """Bank holidays of a nation, and school terms where we know them.

    terms: in order, not overlapping; empty where we don't know them. Schools may differ from
    their council by some days, so even a known term is the council's, not the group's.
    """

    nation: Nation
    council_code: str = ""
    terms: tuple[Term, ...] = ()

    def __post_init__(self) -> None:
        """Refuse terms that overlap, and put them in order."""
        terms = tuple(sorted(self.terms))
        for earlier, later in pairwise(terms):
            if later.first_day <= earlier.last_day:
                raise Refused("first_day", f"Two terms overlap on {later.first_day.isoformat()}")
        object.__setattr__(self, "terms", terms)

    def __hash__(self) -> int:
        """Hash the name of the area only: calendars are keys of a cache asked very often."""
        return hash((self.nation, self.council_code))

    def is_bank_holiday(self, day: date) -> bool:
        """Whether this day is a bank holiday, or the day it stands in for, in this nation."""
        return day in bank_holidays(self.nation, day.year)

    def is_term_time(self, day: date) -> bool:
        """Whether schools are known to be open in the stretch that holds this day."""
        index = self._index_before(day)
        return index >= 0 and day <= self.terms[index].last_day

    def knows_terms_on(self, day: date) -> bool:
        """Whether we can say of this day if it is term time.

        False before the first term we know and after the last; but a school year's last term
        also settles July, since none in the United Kingdom starts again before August.
        """
        index = self._index_before(day)
        if index < 0:
            return False
        ended = self.terms[index].last_day
        if day <= ended:
            return True
        if index + 1 < len(self.terms):
            gap = self.terms[index + 1].first_day - ended
            if gap.days <= LONGEST_HOLIDAY_DAYS:
                return True
        return ended.month in (6, 7) and day <= date(ended.year, 7, 31)

    def _index_before(self, day: date) -> int:
        return bisect_right(self.terms, day, key=lambda term: term.first_day) - 1


class Calendars:
    """The calendars of all areas. Made once from the file of term dates, and never changed."""

    def __init__(self, by_area: Mapping[str, tuple[Term, ...]] | None = None) -> None:
        """Take terms by area: a nation's word, or a council's GSS code such as E08000035.

        An area with no terms differs from its nation, and we don't know how.
        """
        areas = by_area or {}
        self._nations = {
            nation: Calendar(nation, terms=areas.get(nation.value, ())) for nation in Nation
        }
        self._councils = {
            code: Calendar(nation_of_code(code), code, terms)
            for code, terms in areas.items()
            if code not in {nation.value for nation in Nation}
        }

    def of(self, nation: Nation, council_code: str = "") -> Calendar:
        """The council's own calendar if there is one, otherwise its nation's."""
        return self._councils.get(council_code, self._nations[nation])


def nation_of_code(code: str) -> Nation:
    """The nation of a GSS code, from its first letter. Refuses any other text."""
    letters = {nation.value[0].upper(): nation for nation in Nation}
    if len(code) != 9 or code[0] not in letters or not (code[1:].isascii() and code[1:].isdigit()):
        raise Refused("area", f"“{code}” is neither a nation nor a council’s code like E08000035")
    return letters[code[0]]


@lru_cache(maxsize=256)
def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """Bank holidays of one year, substitute days included (PyPI's `holidays`).

    A holiday on a weekend and the weekday given for it are both in: a hall is shut on both.
    """
    found = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year)
    return frozenset(day for day in found if day.year == year)
