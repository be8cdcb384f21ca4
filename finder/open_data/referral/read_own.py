"""Reads back what write.py wrote: a service in our own words as the draft that it was.

Nothing is trusted for being in our words: Drafts refuse nonsense, and lengths are checked here.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypeVar

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
from finder.open_data.referral.shapes import JsonObject
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

Word = TypeVar("Word", bound=Enum)


def is_own(service: JsonObject) -> bool:
    """Whether a service is in our own words."""
    return bool(_Attributes(service).words(OTHER_DETAILS, "ref"))


def own_draft(service: JsonObject) -> GroupDraft:
    """The draft. Refused, KeyError, TypeError or ValueError where it is not a whole one."""
    own = _Attributes(service)
    youngest, oldest = own.detail("ages_months").split("-")
    levels = own.all(TALKING, "organiser")
    return GroupDraft(
        ref=own.detail("ref"),
        name=cleaned(service["name"]),
        organiser=cleaned(_object(service["organization"])["name"]),
        venue=_venue(_location(service)),
        format=word_of(Format, own.all(FORMATS, "main")[0]),
        other_formats=frozenset(word_of(Format, word) for word in own.all(FORMATS, "other")),
        sessions=tuple(own_session(one) for one in _objects(service["schedules"])),
        cost=parse_cost(_string(service["fees"])),
        age_from_months=int(youngest),
        age_to_months=int(oldest),
        summary=cleaned(service.get("description", "")),
        claimed_level=word_of(TalkingLevel, int(levels[0])) if levels else None,
        facts=own.facts(),
        steps=tuple(_step(words) for words in own.words(OTHER_DETAILS, "step")),
        getting_in=GettingIn(**{name: own.detail(name) for name in GETTING_IN}),
        is_example=own.detail("example") == "yes",
        booking=word_of(Booking, own.detail("booking")),
        size=_optional(Size, own.detail("size")),
        noise=_optional(Noise, own.detail("noise")),
        busy=_optional(Busy, own.detail("busy")),
        booking_url=own.detail("booking_url"),
        booking_phone=own.detail("booking_phone"),
        website=own.detail("website"),
    )


def own_location_id(service: JsonObject) -> object:
    """The id that its feed gives to its venue. KeyError, TypeError or IndexError without one."""
    return _location(service)["id"]


def cleaned(text: object) -> str:
    """A text without what no database or page can hold. TypeError where it is none."""
    return _string(text).translate(CONTROLS)


def word_of(words: type[Word], value: object) -> Word:
    """The word of this value. ValueError where there is none."""
    for one in words:
        if one.value == value:
            return one
    raise ValueError(f"{value!r} is not one of our words")


class _Attributes:
    """The attributes of a service or location, by taxonomy, kind of link and word."""

    def __init__(self, owner: JsonObject) -> None:
        self._lines = [
            (
                str(term.get("taxonomy")),
                str(term.get("term")),
                str(one.get("link_type")),
                cleaned(one.get("value") or ""),
            )
            for one in _iterable(owner.get("attributes") or ())
            if isinstance(one, Mapping) and isinstance(term := one.get("taxonomy_term"), Mapping)
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


def _venue(location: JsonObject) -> VenueDraft:
    own, address = _Attributes(location), _objects(location["addresses"])[0]
    return VenueDraft(
        name=cleaned(location["name"]),
        kind=word_of(VenueKind, own.all(VENUE_KINDS, "main")[0]),
        street=own.detail("street"),
        locality=cleaned(address["city"]),
        postcode=cleaned(address["postal_code"])[:8],
        place=Place(_number(location["latitude"]), _number(location["longitude"])),
        nation=word_of(Nation, own.detail("nation")),
        council_code=own.detail("council"),
        facts=own.facts(),
    )


def _step(words: str) -> Step:
    minutes, expected, what = words.split("|", 2)
    return Step(int(minutes), what, word_of(Expected, expected))


def _optional(words: type[Word], value: str) -> Word | None:
    return word_of(words, value) if value else None


def _location(service: JsonObject) -> JsonObject:
    return _object(_objects(service["service_at_locations"])[0]["location"])


def _objects(value: object) -> list[JsonObject]:
    return [_object(one) for one in _iterable(value)]


def _object(value: object) -> JsonObject:
    if not isinstance(value, Mapping):
        raise TypeError("not an object")
    return value


def _iterable(value: object) -> Iterable[object]:
    if not isinstance(value, Iterable):
        raise TypeError("not a list")
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float | str):
        raise TypeError("not a number")
    return float(value)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
