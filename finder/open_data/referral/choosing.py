"""Which services of a feed are baby or toddler groups, and of what kind. One readable rule.

docs/open-data.md says it in words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from finder.domain.vocabulary import Booking, Format, VenueKind

SCHOOL_AGE_YEARS = 5

THEY = re.compile(
    r"\b(?:bab(?:y|ies)|toddlers?|tots?|tiny|tinies|bumps?|newborns?|infants?|crawlers?"
    r"|under[- ]?(?:1|2|3|4|5|one|two|three|four|five)'?s?|0 ?(?:-|to) ?[2345](?: ?y\w*)?"
    r"|pre-?schoolers?|stay (?:and|&|'?n'?) play|messy play|soft play|play ?group"
    r"|rhyme ?time|bounce (?:and|&) rhyme|book ?bug|story ?time|baby massage|baby yoga"
    r"|breast ?feeding|infant feeding|post-?natal|ante-?natal"
    r"|(?:parents?|carers?|mums?|dads?)(?:,| and| &|/)+ ?(?:bab\w+|toddlers?|tots?|child\w*))\b",
    re.IGNORECASE,
)
CARE = re.compile(
    r"\b(?:child ?mind(?:er|ing)|day ?care|(?:day )?nurser(?:y|ies)(?! rhymes?)|pre-?school\b(?!er)"
    r"|after[- ]school|breakfast club|holiday club|wrap ?around|nann(?:y|ies)|au pairs?)\b",
    re.IGNORECASE,
)
GROUP = re.compile(r"\b(?:stay|group|rhyme|story|sing|class|session|drop[- ]in)\w*", re.IGNORECASE)

FORMATS: tuple[tuple[Format, str], ...] = (
    (Format.WEIGH_IN, r"weigh|health visitor clinic|baby clinic"),
    (Format.FEEDING_SUPPORT, r"breast ?feeding|infant feeding|feeding support"),
    (Format.ANTENATAL_OR_POSTNATAL, r"ante-?natal|post-?natal|bumps?\b|expectant|newborn"),
    (Format.MASSAGE_OR_YOGA, r"massage|yoga|pilates"),
    (Format.SWIMMING, r"swim|aqua|water ?babies|splash"),
    (Format.BABY_CINEMA, r"cinema|film screening"),
    (Format.BUGGY_WALK, r"buggy|pram walk|pushchair walk"),
    (Format.SIGNING_OR_LANGUAGE, r"sign(?:ing)? language|baby sign|makaton|french|spanish|welsh"),
    (Format.SENSORY, r"sensory"),
    (Format.MESSY_PLAY, r"messy"),
    (Format.STORY_TIME, r"story|stories|book ?start"),
    (Format.SINGING, r"rhyme|sing|song|book ?bug"),
    (Format.MUSIC_AND_DANCE, r"music|danc|ballet"),
    (Format.CRAFT, r"craft|art\b|painting"),
    (Format.SOFT_PLAY, r"soft play"),
    (Format.ANIMALS, r"animal|farm|pets"),
    (Format.STAY_AND_PLAY, r"stay (?:and|&|'?n'?) play|play"),
    (Format.COFFEE_AND_CHAT, r"coffee|chat|cuppa|meet ?up"),
    (Format.PLAYGROUP, r"playgroup|toddler group|baby group|tots"),
)
VENUE_KINDS: tuple[tuple[VenueKind, str], ...] = (
    (VenueKind.LIBRARY, r"library"),
    (VenueKind.COUNCIL, r"children'?s cent|family (?:cent|hub)|council|sure ?start|town hall"),
    (VenueKind.CHURCH_HALL, r"church|chapel|methodist|baptist|parish|cathedral|\bst\.? \w+'?s"),
    (VenueKind.LEISURE_CENTRE, r"leisure|sports|swimming|pool\b|gym"),
    (VenueKind.SOFT_PLAY, r"soft play"),
    (VenueKind.SCHOOL_OR_NURSERY, r"school|nursery|academy"),
    (VenueKind.CAFE, r"caf[eé]|coffee"),
    (VenueKind.CINEMA, r"cinema|picture ?house"),
    (VenueKind.MUSEUM, r"museum|gallery"),
    (VenueKind.OUTDOORS, r"\bpark\b|garden|wood(?:land|s)|forest|farm"),
    (VenueKind.PRIVATE_STUDIO, r"studio"),
    (VenueKind.COMMUNITY_CENTRE, r"community|village hall|memorial hall|\bhall\b|centre"),
)
REFERRAL = re.compile(r"\b(?:by|on) referral|referral (?:only|needed|required)", re.IGNORECASE)
BOOK = re.compile(
    r"\bbooking (?:is )?(?:essential|required|needed|necessary)|\bmust (?:be )?book"
    r"|\b(?:please|pre-?) ?book|\bbook (?:a place|your place|online|ahead|in advance)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Words:
    """What a service says about itself. terms: of taxonomies; ages: years, None where not given."""

    name: str
    description: str = ""
    terms: Sequence[str] = ()
    minimum_age: float | None = None
    maximum_age: float | None = None

    @property
    def everything(self) -> str:
        """All of it, the name first."""
        return " . ".join((self.name, *self.terms, self.description))


def is_surely_not(words: Words) -> bool:
    """Whether this is for older children or is childcare, whatever else it says."""
    if words.minimum_age is not None and words.minimum_age >= SCHOOL_AGE_YEARS:
        return True
    return bool(CARE.search(words.name) and not GROUP.search(words.name))


def is_for_them(words: Words) -> bool:
    """Whether this is a baby or toddler group."""
    if is_surely_not(words):
        return False
    if words.maximum_age is not None and 0 < words.maximum_age <= SCHOOL_AGE_YEARS:
        return True
    if THEY.search(words.name) or any(THEY.search(term) for term in words.terms):
        return True
    found = {match.group().casefold() for match in THEY.finditer(words.description)}
    return len(found) >= 2


def format_of(words: Words) -> Format:
    """What you do there: by the name if it says, else by its terms, else by its description."""
    for text in (words.name, " . ".join(words.terms), words.description):
        for format_, pattern in FORMATS:
            if re.search(pattern, text, re.IGNORECASE):
                return format_
    return Format.OTHER


def venue_kind_of(name: str) -> VenueKind:
    """What sort of place has such a name."""
    for kind, pattern in VENUE_KINDS:
        if re.search(pattern, name, re.IGNORECASE):
            return kind
    return VenueKind.OTHER


def booking_of(words: Words, link: str) -> Booking:
    """How to get a place; drop-in where the service names no other way."""
    if REFERRAL.search(words.everything):
        return Booking.REFERRAL_ONLY
    return Booking.BOOK_AHEAD if link and BOOK.search(words.everything) else Booking.DROP_IN
