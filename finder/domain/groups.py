"""The shapes of a listing: the Draft that a form or file makes, the Card and Page shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import floor
from typing import NamedTuple
from uuid import UUID

from finder.domain.ages import OLDEST_MONTHS
from finder.domain.cost import Cost
from finder.domain.facts import PARENTS_ONLY, VENUE_FACTS, Fact
from finder.domain.readable import is_seen
from finder.domain.refused import Refused
from finder.domain.schedule.sessions import Occurrence, Session
from finder.domain.talking.evidence import NONE_SAID, Counts, Source
from finder.domain.vocabulary import (
    Band,
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

LONGEST_NAME = 120
LONGEST_LINE = 200
LONGEST_TEXT = 2_000
MOST_STEPS = 12
MOST_SESSIONS = 14

BAND_DEGREES = 0.02
"""Height of one strip of latitude, 2.2 km: the best of those measured at 3 miles."""


@dataclass(frozen=True)
class Place:
    """A point on the map, in degrees (WGS84)."""

    latitude: float
    longitude: float


def lat_band(latitude: float) -> int:
    """The number of the strip of latitude in which a point lies."""
    return floor(latitude / BAND_DEGREES)


@dataclass(frozen=True)
class VenueDraft:
    """A place where groups meet. facts may only hold those of the building (VENUE_FACTS)."""

    name: str
    kind: VenueKind
    street: str
    locality: str
    postcode: str
    place: Place
    nation: Nation
    council_code: str = ""
    facts: Mapping[Fact, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a venue that nobody could find."""
        _check_line("venue_name", self.name, LONGEST_NAME, "Type the name of the venue")
        _check_line("locality", self.locality, LONGEST_NAME, "Type the area or town")
        _check_line("street", self.street or "-", LONGEST_LINE, "")
        if not (49 <= self.place.latitude <= 61.5 and -9 <= self.place.longitude <= 2.5):
            raise Refused("postcode", "The pin must be inside the United Kingdom")
        if not set(self.facts) <= set(VENUE_FACTS):
            raise Refused("facts", "Only facts of the building belong to a venue")


@dataclass(frozen=True)
class Step:
    """One line of 'what happens'."""

    minutes_from_start: int
    what: str
    expected: Expected

    def __post_init__(self) -> None:
        """Refuse a step before the start, or one without words."""
        if not 0 <= self.minutes_from_start <= 600:
            raise Refused("what_happens", "Minutes from the start must be between 0 and 600")
        _check_line("what_happens", self.what, LONGEST_LINE, "Say what happens")


@dataclass(frozen=True)
class GettingIn:
    """How to get in, and what the first visit holds: short lines, each may be empty."""

    door: str = ""
    pram: str = ""
    bring: str = ""
    say_at_door: str = ""
    if_asleep_or_crying: str = ""
    how_to_pay: str = ""


@dataclass(frozen=True)
class GroupDraft:
    """Everything that an organiser says of one group. Refuses nonsense when made."""

    ref: str
    name: str
    organiser: str
    venue: VenueDraft
    format: Format
    sessions: tuple[Session, ...]
    cost: Cost
    booking: Booking
    age_from_months: int
    age_to_months: int
    other_formats: frozenset[Format] = frozenset()
    summary: str = ""
    size: Size | None = None
    claimed_level: TalkingLevel | None = None
    facts: Mapping[Fact, bool] = field(default_factory=dict)
    noise: Noise | None = None
    busy: Busy | None = None
    steps: tuple[Step, ...] = ()
    getting_in: GettingIn = GettingIn()
    booking_url: str = ""
    booking_phone: str = ""
    website: str = ""
    is_example: bool = False

    def __post_init__(self) -> None:
        """Refuse a group that a parent could not act on."""
        _check_line("name", self.name, LONGEST_NAME, "Type the name of the group")
        _check_line("organiser", self.organiser, LONGEST_NAME, "Say who runs it")
        if len(self.summary) > LONGEST_TEXT:
            raise Refused("summary", f"Use at most {LONGEST_TEXT} characters")
        if not 0 <= self.age_from_months <= self.age_to_months <= OLDEST_MONTHS:
            raise Refused("ages", "The youngest age must not be above the oldest, 7 years")
        self._check_lists()
        for name, address in (("booking_url", self.booking_url), ("website", self.website)):
            if address and not address.startswith(("https://", "http://")):
                raise Refused(name, "A web address begins with https://")
        if self.booking is Booking.PHONE_ONLY and not self.booking_phone:
            raise Refused("booking_phone", "Give the number to phone")

    def _check_lists(self) -> None:
        if not 1 <= len(self.sessions) <= MOST_SESSIONS:
            raise Refused("sessions", f"Add between one and {MOST_SESSIONS} sessions")
        if len(set(self.sessions)) < len(self.sessions):
            raise Refused("sessions", "Two sessions are the same")
        if len(self.steps) > MOST_STEPS:
            raise Refused("what_happens", f"Use at most {MOST_STEPS} steps")
        if self.format in self.other_formats:
            raise Refused("other_formats", "The main format need not be named again")
        if set(self.facts) & set(VENUE_FACTS):
            raise Refused("facts", "Facts of the building belong to the venue")
        if set(self.facts) & set(PARENTS_ONLY):
            raise Refused("facts", "Only parents are asked whether people feel included")

    @property
    def formats(self) -> frozenset[Format]:
        """The main format and the others."""
        return self.other_formats | {self.format}


@dataclass(frozen=True)
class Talking:
    """How much talking a group asks for, as it is shown, and the evidence of it.

    probabilities: of levels 1 to 5, summing to 1. level: the one shown. is_known: somebody,
    organiser or parent, has reported; otherwise it is the format's usual level. is_sure: a
    parent has reported, and we are fairly sure of the level. counts: how many parents said each
    level; first_timers: how many of them who came for the first time. reported_on: about the
    newest report. usual_level: what such groups usually ask for, where it is kept.
    """

    level: TalkingLevel
    probabilities: tuple[float, ...]
    sentence: str
    is_known: bool
    counts: Counts = NONE_SAID
    claimed_level: TalkingLevel | None = None
    is_sure: bool = False
    first_timers: Counts = NONE_SAID
    reported_on: date | None = None
    usual_level: TalkingLevel | None = None
    weighed_most: Source | None = None

    @property
    def parents(self) -> int:
        """How many parents have reported a level."""
        return sum(self.counts)


class TalkingLine(NamedTuple):
    """How much talking, as one line of a list or of the map says it: see Talking."""

    level: TalkingLevel
    is_known: bool
    sentence: str
    is_sure: bool = False


@dataclass(frozen=True)
class Card:
    """One group on a list, complete. distance_m: None where nobody asked from where. is_over: the
    date that the search asked for has ended by now."""

    public_id: UUID
    name: str
    venue_name: str
    locality: str
    venue_kind: VenueKind
    format: Format
    place: Place
    distance_m: float | None
    talking: TalkingLine
    band: Band
    next: Occurrence | None
    cost_label: str
    booking: Booking
    age_from_months: int
    age_to_months: int
    facts_yes: frozenset[Fact]
    facts_no: frozenset[Fact]
    is_term_time_checked: bool = True
    is_example: bool = False
    is_over: bool = False


def _check_line(field_name: str, text: str, longest: int, if_empty: str) -> None:
    if not is_seen(text):
        raise Refused(field_name, if_empty)
    if len(text) > longest:
        raise Refused(field_name, f"Use at most {longest} characters")


class Point(NamedTuple):
    """One group on the map, as it is stored. A named tuple, since a search makes thousands.

    public_id: the 32 digits of a UUID, with or without dashes. schedule, text: what the group
    stores for its next date and for the map, see listings/rules.py. is_old: the newest report is
    over two years old by now. band: the number of a Band.
    """

    public_id: str
    latitude: float
    longitude: float
    is_example: bool
    schedule: str
    is_old: bool | None
    text: str
    band: int
