"""Where is it? Answers postcodes and place names from files on this machine."""

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from geopy.geocoders.base import Geocoder

from finder.domain.groups import Place
from finder.places.index_files import IndexFile, IndexMissing, is_whole
from finder.places.names import Names, choices
from finder.places.online import OnlineGeocoders
from finder.places.rules import (
    LONGEST_TYPED,
    OUTSIDE,
    Answer,
    Choices,
    Covers,
    Found,
    NamedPlace,
    NotFound,
    Postcode,
    Suggestion,
    exactly,
    name_key,
    nation_of,
    point_typed,
    readings,
)
from finder.places.venue_places import VenuePlaces
from finder.platform.console import fail
from finder.settings import Settings

LOG = logging.getLogger(__name__)
ISLANDS = {"jersey": "Jersey", "guernsey": "Guernsey", "isle of man": "the Isle of Man"}
LONGEST_SHOWN = 40
MOST_REMEMBERED = 4096
"""Postcodes whose middle is cached while the index is the same: about a town's."""

Locate = Callable[[str], Found | None]
"""Where a full postcode is; None where there is no such postcode."""


class Gazetteer:
    """The offline index of postcodes and places. Threads and forked processes may share one."""

    def __init__(
        self,
        data_dir: Path,
        geocoders: Sequence[str | Geocoder] = (),
        venue_places: VenuePlaces | None = None,
    ) -> None:
        """geocoders: geopy services (or geocoders) to ask on a miss. venue_places: our venues."""
        self._postcodes = IndexFile(data_dir / "postcodes.db")
        self._names = Names((self._postcodes, IndexFile(data_dir / "places.db")), venue_places)
        self._online = OnlineGeocoders(geocoders)
        self._centre_in = lru_cache(maxsize=MOST_REMEMBERED)(self._centre_of)

    def is_ready(self) -> bool:
        """Whether the index of postcodes is there, whole and of this release."""
        return is_whole(self._postcodes.path)

    def find(self, text: str) -> Answer:
        """Where something typed is: one place, a choice of namesakes, or a sentence that helps.

        Never raises for what was typed. Without an index the sentence says so, and the log too.
        """
        try:
            return self._find(" ".join(text.split()))
        except IndexMissing as error:
            LOG.error("%s", error)
            return NotFound("We can't look up places right now. Please try again later.")

    def postcode(self, text: str) -> Found | None:
        """Where a full postcode is; None for a part of one, and for anything else."""
        answer = self.find(text)
        if isinstance(answer, Found) and answer.covers is Covers.POSTCODE:
            return answer
        return None

    def _find(self, typed: str) -> Answer:
        if not any(character.isalnum() for character in typed):
            return NotFound("Type a postcode or a place, like EH6 or Hebden Bridge.")
        if len(typed) > LONGEST_TYPED:
            return NotFound("That is too long. Type a postcode or a place, like EH6.")
        point = point_typed(typed)
        if point is not None:
            return self._at(point)
        exact = exactly(typed)
        known = self._centre(exact) if exact else None
        if known is not None:
            return known
        possible = readings(typed)
        has_digit = any(character.isdigit() for character in typed)
        found = self._by_postcode(possible) if has_digit else self._by_name(typed)
        if found is None:
            found = self._by_name(typed) if has_digit else self._by_postcode(possible)
        if found is not None:
            return found
        if has_digit and possible and possible[0].area in OUTSIDE:
            return _outside(OUTSIDE[possible[0].area])
        return self._by_others(typed) or self._missed(typed, possible if has_digit else ())

    def _at(self, point: Place) -> Found | NotFound:
        """A point that somebody chose by moving the map."""
        beside = self._names.beside(point)
        if beside is None or beside.nation is None:
            return NotFound(
                "That part of the map is too far from any place that we cover. "
                "Move it, or type a postcode."
            )
        label = f"the map near {beside.name}"
        return Found(label, point, Covers.POSTCODE, beside.nation, beside.council_code)

    def _by_postcode(self, possible: Sequence[Postcode]) -> Found | None:
        for postcode in possible:
            found = self._centre(postcode)
            if found is not None:
                return found
        return None

    def _centre(self, postcode: Postcode) -> Found | None:
        return self._centre_in(self._postcodes.stamp(), postcode)

    def _centre_of(self, _index: object, postcode: Postcode) -> Found | None:
        """The middle of a postcode's area, with the nation and council of most of it."""
        key = postcode.key
        rows = self._postcodes.rows(
            "SELECT c.code, SUM(p.latitude_e6), SUM(p.longitude_e6), COUNT(*)"
            " FROM postcode p JOIN council c ON c.id = p.council"
            " WHERE p.key >= ? AND p.key < ? GROUP BY p.council ORDER BY 4 DESC",
            (key, f"{key}\x7f"),
        )
        if not rows:
            return None
        count = sum(row[3] for row in rows)
        place = Place(
            round(sum(row[1] for row in rows) / count / 1e6, 6),
            round(sum(row[2] for row in rows) / count / 1e6, 6),
        )
        covers = Covers.SECTOR if postcode.sector else Covers.DISTRICT
        council = str(rows[0][0])
        return Found(
            str(postcode),
            place,
            Covers.POSTCODE if postcode.unit else covers,
            nation_of(postcode, council),
            council,
        )

    def _by_name(self, typed: str) -> Answer | None:
        if name_key(typed) in ISLANDS:
            return _outside(ISLANDS[name_key(typed)])
        places = self._names.called(typed) or self._names.qualified(typed)
        inside = [place for place in places if place.nation is not None]
        if places and not inside:
            return _outside(places[0].name)
        if len(inside) > 1:
            return Choices(_shown(typed), choices(inside))
        return _town(inside[0]) if inside else None

    def _by_others(self, typed: str) -> Found | None:
        """What an online service finds, if it lies in the United Kingdom."""
        location = self._online.find(typed)
        if location is None:
            return None
        place = Place(round(location.latitude, 6), round(location.longitude, 6))
        beside = self._names.beside(place)
        if beside is None or beside.nation is None:
            return None
        label = ", ".join(str(location.address).split(", ")[:2])
        return Found(label, place, Covers.TOWN, beside.nation, beside.council_code)

    def _missed(self, typed: str, possible: Sequence[Postcode]) -> NotFound:
        if possible:
            first = possible[0]
            known = first.outward if first.sector and self._centre(Postcode(first.outward)) else ""
            near = (Suggestion(known, known),) if known else ()
            ask = "Check the postcode, or try the first half, like EH6."
            return NotFound(f"We can't find {first}. {ask}", near)
        alike = self._names.like(typed)
        ask = "Did you mean one of these?" if alike else "Check the spelling, or try a postcode."
        return NotFound(f"We can't find {_shown(typed)}. {ask}", alike)


def located(settings: Settings) -> Locate:
    """How a command looks up full postcodes. Ends the command where there is no index."""
    gazetteer = Gazetteer(settings.data_dir)
    if not gazetteer.is_ready():
        fail("The postcode index is missing. Run: finder load-postcodes")
    return gazetteer.postcode


def _town(named: NamedPlace) -> Found:
    nation = named.nation
    assert nation is not None  # noqa: S101 - _by_name drops those outside
    return Found(named.name, named.place, Covers.TOWN, nation, named.council_code)


def _outside(where: str) -> NotFound:
    return NotFound(
        f"We can't search in {where} yet. "
        "We cover England, Scotland, Wales and Northern Ireland only."
    )


def _shown(typed: str) -> str:
    """What was typed, as a page may repeat it: printable, and not too long."""
    text = "".join(character for character in typed if character.isprintable())
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
