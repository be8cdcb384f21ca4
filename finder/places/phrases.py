"""Reads a place with what people add to it: "Leith, Edinburgh, UK", "12 Shore, Leith", "Hants"."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from finder.domain.vocabulary import Nation
from finder.places import labels
from finder.places.added_words import (
    COUNTRY,
    NATION_WORDS,
    STREETS,
    is_address,
    is_street,
    without_country,
)
from finder.places.names import BESIDE_KM, BIG, Names, is_meant
from finder.places.rules import (
    Answer,
    Choices,
    Found,
    NamedPlace,
    NotFound,
    Postcode,
    Suggestion,
    kilometres_between,
    name_key,
)
from finder.places.suggestions import alike
from finder.places.typed import outward_part

MOST_WORDS = 12
CLOSE_KM = 12.0
"""A town this near is meant rather than one within BESIDE_KM."""
LEADING = ("near", "nr", "in", "by", "the", "county of", "city of", "county", "co", "greater")

Centre = Callable[[Postcode], Found | None]


@dataclass(frozen=True)
class _Phrase:
    """The words of what was typed. starts: where each part between commas begins."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    nation: Nation | None
    outward: Found | None
    outward_code: str

    def keys(self) -> set[str]:
        """Every run of words that may be a name."""
        count = len(self.words)
        return {
            " ".join(self.words[n:end]) for n in range(count) for end in range(n + 1, count + 1)
        }

    def pieces(self, first: int) -> list[tuple[str, ...]]:
        """The words from a position on, cut where commas were."""
        cuts = [first, *(start for start in self.starts if start > first), len(self.words)]
        cut = [self.words[a:b] for a, b in pairwise(cuts)]
        return [piece for piece in cut if piece]


class Phrases:
    """Finds places by a name and whatever is added to it."""

    def __init__(self, names: Names, centre: Centre) -> None:
        """centre: the middle of an outward code or sector, None for one that does not exist."""
        self._names, self._centre = names, centre

    def find(self, typed: str) -> Answer | None:
        """The place, a choice, or a question back; None where nothing of it is known."""
        phrase = self._read(typed)
        if not phrase.words:
            return phrase.outward
        self._names.prepare(phrase.keys())
        places = self._called(phrase, 0)
        is_one_name = bool(places and self._names.called(" ".join(phrase.words)))
        backwards = [] if is_one_name else self._called_backwards(phrase)
        if backwards and (not places or self._is_within(backwards[0], places[0], phrase)):
            places = backwards
        if places:
            return self._answer(phrase, places, "")
        for start in self._later_starts(phrase):
            places = self._called(phrase, start)
            if places:
                return self._after_unknown(phrase, start, places)
        return self._old_number(phrase) or self._only_outward(phrase)

    def _old_number(self, phrase: _Phrase) -> Answer | None:
        """A city with the number of its outward code, as people once wrote it: Leeds 6."""
        number = phrase.words[-1]
        if not re.fullmatch("[1-9][0-9]?", number):
            return None
        for place in self._names.called(" ".join(phrase.words[:-1]))[:1]:
            letters = re.match("[A-Z]*", place.outward)
            found = self._centre(Postcode(f"{letters[0]}{number}")) if letters else None
            if found:
                return replace(found, label=f"{found.label}, {place.name}")
        return None

    def known_start(self, typed: str) -> tuple[Suggestion, ...]:
        """The places of the longest known name with which a line begins."""
        words = self._read(typed).words
        for count in range(len(words) - 1, 0, -1):
            places = [p for p in self._names.called(" ".join(words[:count])) if p.nation]
            if places and not STREETS & set(words[count : count + 1]):
                return labels.choices(places)
        return ()

    def _read(self, typed: str) -> _Phrase:
        parts = [name_key(part).split() for part in re.split(r"[,;()/|\n]|\s-\s", typed)]
        parts, nation = without_country([part for part in parts if part])
        outward, code = None, ""
        for n in range(len(parts) - 1, -1, -1):
            cut = outward_part(parts[n])
            outward = self._centre(cut[0]) if cut else None
            if cut and outward:
                code, parts[n] = str(cut[0]), cut[1]
                break
        words: list[str] = []
        starts = []
        for part in parts:
            if part:
                starts.append(len(words))
                words += part
        kept = tuple(words[:MOST_WORDS])
        return _Phrase(kept, tuple(starts), nation, outward, code)

    def _called(self, phrase: _Phrase, start: int) -> list[NamedPlace]:
        """Places called as the words from a position on, of which the rest tells where."""
        # Clayton, West Yorkshire is not Clayton West in Yorkshire: a name seldom crosses a comma.
        comma = next((cut for cut in phrase.starts if cut > start), len(phrase.words))
        ends = [*range(comma, start, -1), *range(len(phrase.words), comma, -1)]
        for end in ends:
            key = " ".join(phrase.words[start:end])
            rest = phrase.pieces(end)
            fitting = self._fitting(phrase, key, rest)
            if fitting:
                return fitting
        return []

    def _called_backwards(self, phrase: _Phrase) -> list[NamedPlace]:
        """The same with the town or county first: "Edinburgh Leith", "Manchester, Didsbury"."""
        for start in range(1, len(phrase.words)):
            key = " ".join(phrase.words[start:])
            fitting = self._fitting(phrase, key, [phrase.words[:start]])
            if fitting and not fitting[0].reach_km:
                return fitting
        return []

    def _is_within(self, part: NamedPlace, town: NamedPlace, phrase: _Phrase) -> bool:
        """Whether of two readings the second, smaller one is meant: Didsbury, not Manchester.

        After a comma only a part of that very town; without one any smaller place beside it,
        but not the county of the first: Llandudno Conwy.
        """
        if len(phrase.starts) > 1:
            return name_key(part.where) == name_key(town.name)
        return part.people < town.people and not self._names.is_in(town, name_key(part.name))

    def _fitting(
        self, phrase: _Phrase, key: str, rest: Sequence[tuple[str, ...]]
    ) -> list[NamedPlace]:
        area = self._names.area(key)
        known = self._names.called(key)
        places = [
            place
            for place in ([*known, area] if area else known)
            if place.nation
            and phrase.nation in (None, place.nation)
            and self._is_by_outward(phrase, place)
        ]
        for reach_km in (CLOSE_KM, BESIDE_KM):
            fitting = [p for p in places if all(self._fits(p, piece, reach_km) for piece in rest)]
            if fitting:
                towns = [place for place in fitting if not place.reach_km]
                return towns or fitting
        return []

    def _is_by_outward(self, phrase: _Phrase, place: NamedPlace) -> bool:
        if phrase.outward is None or phrase.outward_code in (place.outward, *place.outwards):
            return True
        reach = max(BESIDE_KM, place.reach_km * 2)
        return kilometres_between(place.place, phrase.outward.place) <= reach

    def _fits(self, place: NamedPlace, words: tuple[str, ...], reach_km: float) -> bool:
        """Whether added words tell where this place is: a nation, county, council, big town."""
        if any(is_street(words, n) for n in range(len(words))):
            return False
        key = " ".join(words)
        nation = NATION_WORDS.get(key)
        if nation or key in COUNTRY:
            return nation in (None, place.nation)
        if re.search(rf"\b{re.escape(key)}\b", name_key(place.where)):
            return True
        is_wide = reach_km >= BESIDE_KM
        if is_wide and self._names.is_around(place, key):
            return True
        if self._names.is_in(place, key) or self._names.is_beside(place, key, reach_km):
            return True
        for lead in LEADING:
            less = tuple(key.removeprefix(f"{lead} ").split())
            if less != words and self._fits(place, less, reach_km):
                return True
        return any(
            self._fits(place, words[:n], reach_km) and self._fits(place, words[n:], reach_km)
            for n in range(1, len(words))
        )

    def _later_starts(self, phrase: _Phrase) -> Iterator[int]:
        """Where a place may begin after a house or a street, the earliest first."""
        for start in range(1, len(phrase.words)):
            is_later = is_address(phrase.words[:start]) and not is_street(phrase.words, start)
            if start in phrase.starts or is_later:
                yield start

    def _answer(self, phrase: _Phrase, places: list[NamedPlace], note: str) -> Answer:
        if phrase.outward:
            return self._by_outward(phrase, phrase.outward, places, note)
        is_city = places[0].people >= BIG and is_meant(places, name_key(places[0].name))
        if len(places) == 1 or is_city:
            is_said = len(places) == 1 and len(self._names.called(name_key(places[0].name))) > 1
            label = labels.label_of(places[0]) if is_said else ""
            return labels.found(places[0], places[1:], note, label)
        return Choices(" ".join(phrase.words).title(), labels.choices(places))

    def _by_outward(
        self, phrase: _Phrase, outward: Found, places: list[NamedPlace], note: str
    ) -> Answer:
        """The place itself, where the code is its own; of a city the part that the code names."""
        own = [p for p in places if phrase.outward_code == p.outward]
        own = own or [p for p in places if phrase.outward_code in p.outwards and p.people < BIG]
        if len(own) > 1:
            return Choices(own[0].name, labels.choices(own))
        if own:
            return labels.found(own[0], (), note, labels.label_of(own[0]))
        label = f"{outward.label}, {places[0].name}"
        return Found(
            label, outward.place, outward.covers, outward.nation, outward.council_code, note
        )

    def _after_unknown(self, phrase: _Phrase, start: int, places: list[NamedPlace]) -> Answer:
        """Near a town that follows a house or a street; asked, where the words may be a slip."""
        unknown, town = phrase.words[:start], places[0]
        where = phrase.outward.label if phrase.outward else town.name
        if is_address(unknown):
            note = f"We don’t know streets, so we looked near {where}. A postcode is better."
            return self._answer(phrase, places, note)
        first = " ".join(unknown)
        known = [place for place in self._names.called(first) if place.nation]
        if not known:
            close = [
                p for s in alike(self._names, first) for p in self._names.called(name_key(s.near))
            ]
            known = [p for p in close if kilometres_between(p.place, town.place) <= BESIDE_KM]
        if known:
            offered = (*labels.choices(known), *labels.choices(places)[:1])
            ask = f"We know no {first.title()} in {where}. Did you mean one of these?"
            return NotFound(ask, offered)
        note = f"We don’t know all of what you typed, so we looked near {where}."
        return self._answer(phrase, places, note)

    def _only_outward(self, phrase: _Phrase) -> Answer | None:
        """Near an outward code, where the words beside it are unknown; asked if they are known."""
        if phrase.outward is None:
            return None
        code = phrase.outward.label
        known = [place for place in self._names.called(" ".join(phrase.words)) if place.nation]
        if known:
            offered = (Suggestion(code, code, phrase.outward.place), *labels.choices(known))
            return NotFound(
                f"{known[0].name} is not in {code}. Did you mean one of these?", offered
            )
        note = f"We don’t know the place that you typed, so we looked around {code}."
        found = phrase.outward
        return Found(code, found.place, found.covers, found.nation, found.council_code, note)
