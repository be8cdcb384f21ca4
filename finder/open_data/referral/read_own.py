"""Reads back what open_referral.py wrote: a service in our own words as the draft that it was.

Nothing is trusted for being in our words: Drafts refuse nonsense, and lengths are held here.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar

from finder.domain.cost import parse_cost
from finder.domain.facts import Fact
from finder.domain.groups import LONGEST_LINE, GettingIn, GroupDraft, Place, Step, VenueDraft
from finder.domain.refused import Refused
from finder.domain.vocabulary import (
    Booking,
    Busy,
    Expected,
    Format,
    Nation,
    Noise,
    Size,
    TalkingLevel,
    VenueKind,
)
from finder.open_data.referral.attributes import GETTING_IN
from finder.open_data.referral.terms import (
    FACTS,
    FORMATS,
    OTHER_DETAILS,
    TALKING,
    VENUE_KINDS,
    Taxonomy,
)
from finder.open_data.referral.times import own_session

LONGEST = {"ref": 120, "booking_url": 500, "website": 500, "booking_phone": 40, "council": 9}
CONTROLS = {code: None for code in range(32) if chr(code) not in "\n\t"}

Plain = Mapping[str, Any]
Word = TypeVar("Word", bound=Enum)


def is_own(service: Plain) -> bool:
    """Whether a service is in our own words."""
    return bool(_Said(service).words(OTHER_DETAILS, "ref"))


def own_draft(service: Plain) -> GroupDraft:
    """The draft. Refused, KeyError, TypeError or ValueError where it is not a whole one."""
    said = _Said(service)
    youngest, oldest = said.detail("ages_months").split("-")
    levels = said.all(TALKING, "organiser")
    return GroupDraft(
        ref=said.detail("ref"),
        name=cleaned(service["name"]),
        organiser=cleaned(service["organization"]["name"]),
        venue=_venue(service["service_at_locations"][0]["location"]),
        format=word_of(Format, said.all(FORMATS, "main")[0]),
        other_formats=frozenset(word_of(Format, word) for word in said.all(FORMATS, "other")),
        sessions=tuple(own_session(one) for one in service["schedules"]),
        cost=parse_cost(service["fees"]),
        age_from_months=int(youngest),
        age_to_months=int(oldest),
        summary=cleaned(service.get("description", "")),
        claimed_level=word_of(TalkingLevel, int(levels[0])) if levels else None,
        facts=said.facts(),
        steps=tuple(_step(words) for words in said.words(OTHER_DETAILS, "step")),
        getting_in=GettingIn(**{name: said.detail(name) for name in GETTING_IN}),
        is_example=said.detail("example") == "yes",
        **_choices(said),
    )


def cleaned(text: object) -> str:
    """A text without what no database or page can hold. TypeError where it is none."""
    if not isinstance(text, str):
        raise TypeError("not a text")
    return text.translate(CONTROLS)


def word_of(words: type[Word], value: object) -> Word:
    """The word of this value. ValueError where there is none."""
    for one in words:
        if one.value == value:
            return one
    raise ValueError(f"{value!r} is not one of our words")


class _Said:
    """The attributes of a service or location, by taxonomy, kind of link and word."""

    def __init__(self, owner: Plain) -> None:
        given = owner.get("attributes") or []
        self._lines = [
            (
                str(one["taxonomy_term"].get("taxonomy")),
                str(one["taxonomy_term"].get("term")),
                str(one.get("link_type")),
                cleaned(one.get("value") or ""),
            )
            for one in given
            if isinstance(one, Mapping) and isinstance(one.get("taxonomy_term"), Mapping)
        ]

    def words(self, taxonomy: Taxonomy, word: str) -> list[str]:
        """The values of a word, in order."""
        return [value for tax, w, _, value in self._lines if tax == taxonomy.name and w == word]

    def all(self, taxonomy: Taxonomy, link_type: str) -> list[str]:
        """The words that are linked in this way, in order."""
        return [w for tax, w, link, _ in self._lines if tax == taxonomy.name and link == link_type]

    def detail(self, word: str) -> str:
        """The value of a detail, or nothing."""
        value = next(iter(self.words(OTHER_DETAILS, word)), "")
        if len(value) > LONGEST.get(word, LONGEST_LINE):
            raise Refused(word, "It is too long")
        return value

    def facts(self) -> dict[Fact, bool]:
        """What the organiser says."""
        return {
            word_of(Fact, word): value == "yes"
            for tax, word, link, value in self._lines
            if tax == FACTS.name and link == "organiser" and value in {"yes", "no"}
        }


def _venue(location: Plain) -> VenueDraft:
    said, address = _Said(location), location["addresses"][0]
    return VenueDraft(
        name=cleaned(location["name"]),
        kind=word_of(VenueKind, said.all(VENUE_KINDS, "main")[0]),
        street=said.detail("street"),
        locality=cleaned(address["city"]),
        postcode=cleaned(address["postal_code"])[:8],
        place=Place(float(location["latitude"]), float(location["longitude"])),
        nation=word_of(Nation, said.detail("nation")),
        council_code=said.detail("council"),
        facts=said.facts(),
    )


def _step(words: str) -> Step:
    minutes, expected, what = words.split("|", 2)
    return Step(int(minutes), what, word_of(Expected, expected))


def _choices(said: _Said) -> dict[str, Any]:
    size, noise, busy = (said.detail(name) for name in ("size", "noise", "busy"))
    return {
        "booking": word_of(Booking, said.detail("booking")),
        "size": word_of(Size, size) if size else None,
        "noise": word_of(Noise, noise) if noise else None,
        "busy": word_of(Busy, busy) if busy else None,
        **{name: said.detail(name) for name in ("booking_url", "booking_phone", "website")},
    }
