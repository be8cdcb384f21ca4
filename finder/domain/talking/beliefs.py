"""What is believed before anybody speaks, and how organisers and parents misreport.

They are starting tables, judged from what parents write about groups and softened towards the
middle (docs/talking.md, "Where the numbers come from"); they are not counts. learning.py moves
them as reports come in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from finder.domain.vocabulary import Format, VenueKind

Probabilities = tuple[float, float, float, float, float]
"""Chances of talking levels 1 to 5, in that order, summing to 1."""

MODEL = 2
"""Goes up when a release rates otherwise by the same tables, or begins with other ones."""

FIRST_DAY = f"{MODEL}.0"

LEVELS = (1, 2, 3, 4, 5)
MIDDLE = 3

STARTING_FORMATS: Mapping[Format, Probabilities] = MappingProxyType(
    {
        Format.SINGING: (0.26, 0.37, 0.22, 0.09, 0.06),
        Format.MESSY_PLAY: (0.15, 0.33, 0.32, 0.14, 0.06),
        Format.SWIMMING: (0.31, 0.35, 0.20, 0.09, 0.05),
        Format.STAY_AND_PLAY: (0.09, 0.24, 0.38, 0.22, 0.07),
        Format.STORY_TIME: (0.28, 0.37, 0.21, 0.09, 0.05),
        Format.SENSORY: (0.18, 0.34, 0.27, 0.12, 0.09),
        Format.MUSIC_AND_DANCE: (0.20, 0.36, 0.24, 0.11, 0.09),
        Format.MASSAGE_OR_YOGA: (0.10, 0.25, 0.31, 0.16, 0.18),
        Format.CRAFT: (0.13, 0.31, 0.34, 0.16, 0.06),
        Format.SOFT_PLAY: (0.35, 0.32, 0.20, 0.09, 0.04),
        Format.COFFEE_AND_CHAT: (0.06, 0.13, 0.26, 0.38, 0.17),
        Format.BUGGY_WALK: (0.07, 0.18, 0.31, 0.33, 0.11),
        Format.BABY_CINEMA: (0.43, 0.32, 0.15, 0.06, 0.04),
        Format.ANIMALS: (0.26, 0.36, 0.24, 0.09, 0.05),
        Format.SIGNING_OR_LANGUAGE: (0.12, 0.27, 0.29, 0.16, 0.16),
        Format.WEIGH_IN: (0.14, 0.35, 0.30, 0.14, 0.07),
        Format.ANTENATAL_OR_POSTNATAL: (0.06, 0.13, 0.23, 0.25, 0.33),
        Format.FEEDING_SUPPORT: (0.07, 0.17, 0.28, 0.29, 0.19),
        Format.PLAYGROUP: (0.09, 0.24, 0.36, 0.23, 0.08),
        Format.OTHER: (0.15, 0.28, 0.30, 0.17, 0.10),
    }
)
"""How much talking each format usually asks for."""

STARTING_TILTS: Mapping[VenueKind, float] = MappingProxyType(
    {
        VenueKind.LIBRARY: -0.16,
        VenueKind.CHURCH_HALL: 0.10,
        VenueKind.COUNCIL: 0.05,
        VenueKind.COMMUNITY_CENTRE: 0.05,
        VenueKind.LEISURE_CENTRE: -0.12,
        VenueKind.SOFT_PLAY: -0.16,
        VenueKind.SCHOOL_OR_NURSERY: 0.0,
        VenueKind.CAFE: 0.14,
        VenueKind.CINEMA: -0.20,
        VenueKind.MUSEUM: -0.16,
        VenueKind.OUTDOORS: 0.0,
        VenueKind.PRIVATE_STUDIO: 0.05,
        VenueKind.OTHER: 0.0,
    }
)
"""How a kind of venue leans: the log of the odds of one level more. Below 0 is quieter."""


@dataclass(frozen=True)
class Parents:
    """How parents report. A parent at level k says k + u + a mistake, rounded and cut to 1…5.

    spread: of each parent's own mistake, a normal one, in levels. careless: the share of reports
    that say anything, whatever is so. shared: u, what all parents of a group get wrong together,
    is this many levels less or more for a quarter of groups each, and nothing for the rest.
    """

    spread: float = 1.0
    careless: float = 0.03
    shared: float = 0.3


@dataclass(frozen=True)
class Organisers:
    """How organisers claim: level k less lean and a normal mistake of this spread, rounded.

    blunt: the share who claim 1, whatever is so. careless: the share who claim anything.
    """

    lean: float = 0.5
    spread: float = 0.9
    blunt: float = 0.05
    careless: float = 0.05


@dataclass(frozen=True)
class Tables:
    """All that the model believes before anybody reports. Made by hand once, then learned.

    change: how often in a year a group's level is drawn anew: a new leader, room or term.
    version: says which tables a rating was worked out with: the model's number, and how often it
    has learned.
    """

    formats: Mapping[Format, Probabilities] = field(default_factory=lambda: STARTING_FORMATS)
    tilts: Mapping[VenueKind, float] = field(default_factory=lambda: STARTING_TILTS)
    parents: Parents = Parents()
    organisers: Organisers = Organisers()
    change: float = 0.15
    version: str = FIRST_DAY


STARTING_TABLES = Tables()
