"""What is believed before anybody speaks, and how organisers and parents misreport.

Every number of the talking model stands here. They are starting tables, judged from what
parents write about groups and softened towards the middle (docs/talking.md, "Where the
numbers come from"); they are not counts. learning.py moves them as reports come in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp, log
from types import MappingProxyType

from finder.domain.vocabulary import Format, VenueKind

Probabilities = tuple[float, float, float, float, float]
"""Chances of talking levels 1 to 5, in that order, summing to 1."""

Matrix = tuple[Probabilities, Probabilities, Probabilities, Probabilities, Probabilities]
"""Row by true level, column by reported level."""

LEVELS = (1, 2, 3, 4, 5)
MIDDLE = 3
FARTHEST = 9
"""Mistakes larger than this are left out: nobody makes them."""

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
class Reading:
    """How one kind of person misreports.

    quieter, louder: the cost, in log chance, of reporting 1, 2, 3 … levels less or more than
    the true one; beyond the list it grows by the last step. The steps never shrink, and what
    falls below 1 or above 5 is reported as 1 or 5: so every table is ordered, and a lower
    report is always better news (docs/talking.md). sharpness multiplies all costs; lean is
    the log odds of reporting one level more, below 0 for people who report too little. Both
    are learned; the costs are not.
    """

    quieter: tuple[float, ...]
    louder: tuple[float, ...]
    sharpness: float = 1.0
    lean: float = 0.0

    def _weight(self, error: int) -> float:
        costs = self.louder if error > 0 else self.quieter
        reach = min(abs(error), len(costs))
        cost = costs[reach - 1] if error else 0.0
        step = costs[-1] - costs[-2]
        cost += step * (abs(error) - reach)
        return exp(self.lean * error - self.sharpness * cost)

    def _row(self, true: int) -> Probabilities:
        weights = [0.0] * len(LEVELS)
        for error in range(-FARTHEST, FARTHEST + 1):
            reported = min(max(true + error, LEVELS[0]), LEVELS[-1])
            weights[reported - 1] += self._weight(error)
        one, two, three, four, five = map(log, summing_to_one(weights))
        return one, two, three, four, five


@lru_cache(maxsize=512)
def log_chances(reading: Reading) -> Matrix:
    """Log chance of each report (column) at each true level (row)."""
    one, two, three, four, five = (reading._row(true) for true in LEVELS)
    return one, two, three, four, five


STARTING_ORGANISERS = Reading(quieter=(-0.42, -0.12, 0.60), louder=(2.5, 5.0))
"""Organisers understate: at a true 3, most say 1 or 2, and hardly any say 4."""

STARTING_PARENTS = Reading(quieter=(1.1, 4.0, 7.6), louder=(1.1, 4.0, 7.6), lean=-0.10)
"""Parents are often one level off and seldom two. Those who write are taken to be a little
more at ease than those who read, so they lean a little quieter."""


@dataclass(frozen=True)
class Tables:
    """All that the model believes before anybody reports. Made by hand once, then learned."""

    formats: Mapping[Format, Probabilities] = field(default_factory=lambda: STARTING_FORMATS)
    tilts: Mapping[VenueKind, float] = field(default_factory=lambda: STARTING_TILTS)
    organisers: Reading = STARTING_ORGANISERS
    parents: Reading = STARTING_PARENTS


STARTING_TABLES = Tables()


def prior_for(
    format: Format, venue_kind: VenueKind, tables: Tables = STARTING_TABLES
) -> Probabilities:
    """How much talking such a group usually asks for: five chances that sum to 1.

    format: the group's main format. A format or kind that the tables lack counts as other.
    """
    usual = tables.formats.get(format) or tables.formats.get(
        Format.OTHER, STARTING_FORMATS[Format.OTHER]
    )
    return tilted(usual, tables.tilts.get(venue_kind, 0.0))


def tilted(usual: Probabilities, tilt: float) -> Probabilities:
    """The same chances, leaning louder (tilt above 0) or quieter (below), summing to 1."""
    return summing_to_one(
        [p * exp(tilt * (k - MIDDLE)) for k, p in zip(LEVELS, usual, strict=True)]
    )


def summing_to_one(weights: list[float]) -> Probabilities:
    """Five weights as chances."""
    one, two, three, four, five = weights
    total = one + two + three + four + five
    return one / total, two / total, three / total, four / total, five / total
