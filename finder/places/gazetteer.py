"""Where is it? Answers postcodes and place names from files on this machine."""

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from geopy.geocoders.base import Geocoder

from finder.domain.groups import Place
from finder.places import labels, outside
from finder.places.added_words import is_address, nation_typed
from finder.places.index_files import (
    GEONAMES,
    OPEN_NAMES,
    POSTCODES,
    IndexFile,
    IndexMissing,
    is_whole,
)
from finder.places.names import Names, is_meant
from finder.places.online import OnlineGeocoders
from finder.places.phrases import Phrases
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
)
from finder.places.suggestions import Suggestions, alike
from finder.places.typed import clean, is_postcode_shaped, is_spelled_right, readings
from finder.places.venue_places import VenuePlaces
from finder.platform.console import fail
from finder.settings import Settings

LOG = logging.getLogger(__name__)
LONGEST_SHOWN = 40
TOWN = 5_000
"""With so many people a town is meant rather than the county of its name."""
MOST_REMEMBERED = 4096
"""Postcodes whose middle is cached while the index is the same: about a town's."""

MEANT_ONE_OF = "Did you mean one of these?"
ALSO_OUTSIDE = "There is another in Jersey, Guernsey or Man, where we can’t search yet."
DOUBTFUL = (
    "The national list has {} in a wrong place, so we measured from the middle of {}: about there."
)

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
        self._postcodes = IndexFile(data_dir / POSTCODES)
        self._loaded = [IndexFile(data_dir / name) for name in (OPEN_NAMES, GEONAMES)]
        self._names = Names((self._postcodes, *self._loaded), venue_places)
        self._suggestions = Suggestions(self._names)
        self._phrases = Phrases(self._names, self._centre)
        self._online = OnlineGeocoders(geocoders)
        self._centre_in = lru_cache(maxsize=MOST_REMEMBERED)(self._centre_of)

    def is_ready(self) -> bool:
        """Whether the index of postcodes is there, whole and of this release."""
        return is_whole(self._postcodes.path)

    def doubtful(self) -> int:
        """How many postcodes stand in the middle of their sector: the directory has them wrong."""
        return int(self._postcodes.rows("SELECT COUNT(*) FROM doubtful")[0][0])

    def unusable(self) -> list[str]:
        """The loaded files of names that are not of this release, and so are left out."""
        there = [file for file in self._loaded if file.path.exists()]
        return [file.path.name for file in there if not file.is_usable()]

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Places that begin like this, for a box that helps while somebody types."""
        try:
            return self._suggestions.beginning(clean(text[:LONGEST_TYPED]))
        except IndexMissing:
            return ()

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
        return known or self._in_words(clean(typed))

    def _in_words(self, typed: str) -> Answer:
        """A postcode with slips or inside an address, or a name with what was added to it."""
        possible = readings(typed)
        has_digit = any(character.isdigit() for character in typed)
        is_code = has_digit and bool(possible) and is_postcode_shaped(typed)
        found = self._by_postcode(possible) if has_digit else self._by_name(typed)
        if found is None and not is_spelled_right(typed):
            found = self._by_name(typed) if has_digit else self._by_postcode(possible)
        if isinstance(found, Found | Choices):
            is_partly = isinstance(found, Found) and found.note and not found.is_doubtful
            return (self._by_others(typed) if is_partly else None) or found
        if is_code and possible[0].area in OUTSIDE:
            return outside.outside(OUTSIDE[possible[0].area])
        elsewhere = outside.by_code(typed) or outside.abroad(self._names, typed)
        said = elsewhere or found
        if said:
            return said
        return self._by_others(typed) or self._missed(typed, possible if is_code else ())

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
        rows = self._rows_of(key, f"{key}\x7f")
        if not postcode.sector and postcode.outward[-1].isdigit():
            # EC1 is EC1A to EC1Y; W1 is little but W1A to W1W, E1 is much more than E1W.
            family = self._rows_of(f"{postcode.outward}A", f"{postcode.outward}Z\x7f")
            rows = family if sum(r[3] for r in family) > sum(r[3] for r in rows) else rows
        if not rows:
            return None
        count = sum(row[3] for row in rows)
        place = Place(
            round(sum(row[1] for row in rows) / count / 1e6, 6),
            round(sum(row[2] for row in rows) / count / 1e6, 6),
        )
        covers = Covers.SECTOR if postcode.sector else Covers.DISTRICT
        council = str(rows[0][0])
        is_doubtful = bool(postcode.unit) and bool(
            self._postcodes.rows("SELECT 1 FROM doubtful WHERE key = ?", (key,))
        )
        return Found(
            str(postcode),
            place,
            Covers.POSTCODE if postcode.unit else covers,
            nation_of(postcode, council),
            council,
            note=DOUBTFUL.format(postcode, Postcode(postcode.outward, postcode.sector))
            if is_doubtful
            else "",
            is_doubtful=is_doubtful,
        )

    def _rows_of(self, first: str, last: str) -> list[tuple[str, int, int, int]]:
        """Of the postcodes between two keys, by council: sums of their points, and their number."""
        return self._postcodes.rows(
            "SELECT c.code, SUM(p.latitude_e6), SUM(p.longitude_e6), COUNT(*)"
            " FROM postcode p JOIN council c ON c.id = p.council"
            " WHERE p.key >= ? AND p.key < ? GROUP BY p.council ORDER BY 4 DESC",
            (first, last),
        )

    def _by_name(self, typed: str) -> Answer | None:
        """A name alone; else a name with something added."""
        key = name_key(typed)
        nation = nation_typed(key)
        if nation:
            return NotFound(f"{nation} is large. Type a town or a postcode there.")
        places = self._names.called(key)
        inside = [place for place in places if place.nation is not None]
        island = None if inside else outside.island(typed)
        if island:
            return island
        area = self._names.area(key)
        if area:
            return self._by_area(key, area, inside)
        if places and not inside:
            return outside.outside(places[0].name)
        if len(inside) > 1 and not is_meant(inside, key):
            return Choices(_shown(typed), labels.choices(inside))
        if not inside:
            less = key.removeprefix("the ")
            return self._phrases.find(typed) or (self._by_name(less) if less != key else None)
        most = max((place.people for place in places if place.nation is None), default=0)
        note = ALSO_OUTSIDE if most > inside[0].people else ""
        return labels.found(inside[0], inside[1:], note)

    def _by_area(self, key: str, area: NamedPlace, places: list[NamedPlace]) -> Answer:
        """A county, council or island; the town of its name where there is one in it."""
        towns = [
            p
            for p in places
            if p.people >= TOWN
            and f"{name_key(p.name)} ".startswith(f"{key} ")
            and self._names.is_in(p, key)
        ]
        if not towns:
            # What sources call Fife in Fife is the county again.
            return labels.found(area, [p for p in places if not self._names.is_in(p, key)])
        wider = [area] if name_key(area.name) != key else []
        if len(places) > 1 and not is_meant(places, key):
            return Choices(_shown(towns[0].name), labels.choices([*places, *wider]))
        return labels.found(places[0], [*places[1:], *wider])

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
            halves = (one.outward for one in possible if one.sector)
            known = next((code for code in halves if self._centre(Postcode(code))), "")
            half = (Suggestion(known, known),) if known else ()
            ask = "Check the postcode, or try the first half, like EH6."
            return NotFound(f"We can't find {first}. {ask}", half)
        if len(typed) <= 2 and typed.isalpha() and self._centre(Postcode(f"{typed.upper()}1")):
            code = typed.upper()
            return NotFound(f"{code} is a large area. Add the number, like {code}1, or the town.")
        if is_address(name_key(typed).split()):
            ask = "Add the town, or type a postcode."
            return NotFound(f"We can't find {_shown(typed)}. We don't know streets. {ask}")
        near = alike(self._names, typed) or self._phrases.known_start(typed)
        ask = "Check the spelling, or try a postcode."
        if near:
            ask = f"Did you mean {near[0].label}?" if len(near) == 1 else MEANT_ONE_OF
        return NotFound(f"We can't find {_shown(typed)}. {ask}", near)


def located(settings: Settings) -> Locate:
    """How a command looks up full postcodes. Ends the command where there is no index."""
    gazetteer = Gazetteer(settings.data_dir)
    if not gazetteer.is_ready():
        fail("The postcode index is missing. Run: finder load-postcodes")
    return gazetteer.postcode


def _shown(typed: str) -> str:
    """What was typed, as a page may repeat it: printable, and not too long."""
    text = "".join(character for character in typed if character.isprintable())
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
