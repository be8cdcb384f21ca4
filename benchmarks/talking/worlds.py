"""Made-up worlds of groups whose true levels are known, to try the talking rating on.

Nothing here is read by the rating. In every world people misreport in their own way, and
the formats' true habits differ from the rating's starting tables.
"""

from dataclasses import dataclass

import numpy as np

from finder.domain.talking.beliefs import LEVELS, STARTING_FORMATS, STARTING_TILTS
from finder.domain.vocabulary import Format, VenueKind

FORMATS, KINDS = tuple(Format), tuple(VenueKind)
STEP = np.arange(-2, 3)
HEAVY = 3
"""Degrees of freedom of a parent's mistakes where they have heavy tails."""
SOFTENED = 0.3
"""The rating's starting tables are 0.3 of the middle and 0.7 of a judgement; worlds take that
judgement, unsoftened, and then stray from it."""


@dataclass(frozen=True)
class World:
    """How people are in one world. Amounts are talking levels, shares are 0 to 1.

    understate: how much organisers take off, on average. overstating: organisers who add
    overstate instead. always_1: organisers who say 1 whatever is so. silent: those who say
    nothing. careless: the spread of a parent's mistakes; is_heavy: a few of them are far larger
    (Student's t of 3). group_spread: the spread of mistakes that a group's parents share; shy:
    how much all parents add. trolls: reports of 1 or 5, whatever is so. reviews: mean for each
    group, very unevenly spread (uneven: below 1 is worse). strange: how far formats' habits are
    from the starting tables, 0 to 1; louder: a tilt of all of them. new_leader: groups whose
    level was drawn anew half-way through the years. town: groups that are learned from at once,
    or 0 for all.
    """

    name: str
    understate: float = 0.8
    overstating: float = 0.0
    overstate: float = 1.0
    claim_spread: float = 0.5
    always_1: float = 0.1
    silent: float = 0.15
    careless: float = 0.75
    is_heavy: bool = False
    group_spread: float = 0.25
    shy: float = 0.0
    trolls: float = 0.0
    reviews: float = 4.0
    uneven: float = 0.7
    strange: float = 0.25
    louder: float = 0.0
    new_leader: float = 0.0
    years: float = 2.0
    town: int = 0


PLAIN = (
    World("ordinary"),
    World("mild organisers", understate=0.3, always_1=0.03),
    World("careful parents", careless=0.5),
    World("careless parents", careless=1.0),
    World("few reviews", reviews=1.5),
    World("many reviews", reviews=12.0),
    World("5 % trolls", trolls=0.05),
    World("a new leader in 30 %", new_leader=0.3),
    World("strange formats", strange=0.6),
    World("louder groups", louder=0.3),
    World("quieter groups", louder=-0.3),
)
"""Worlds that the model can express, and where much can be known."""

HARD = (
    World("strong organisers", understate=1.3, always_1=0.15),
    World("one in ten overstates", overstating=0.1),
    World("organisers do both", overstating=0.4, overstate=1.2),
    World("strong and careless", understate=1.3, always_1=0.15, careless=1.0),
    World("a bit of all", understate=1.0, careless=0.9, trolls=0.05, new_leader=0.15, strange=0.35),
    World(
        "all at its worst",
        understate=1.2,
        always_1=0.2,
        careless=1.0,
        trolls=0.05,
        new_leader=0.25,
        strange=0.4,
        reviews=3.0,
    ),
)
"""Worlds that the model can express, where less can be known, by anybody."""

BEYOND = (
    World("parents err together", group_spread=0.6),
    World("shy parents", shy=0.3),
    World("bold parents", shy=-0.3),
    World("heavy tails", is_heavy=True),
    World("half of organisers silent", silent=0.5),
    World("150 groups only", reviews=2.0, town=150),
)
"""Worlds that the model cannot express, or where there is little to learn from."""

ALL = (*PLAIN, *HARD, *BEYOND)


@dataclass(frozen=True)
class Lived:
    """What happened in a world. claim is 0 where an organiser was silent.

    usual: the chances by which each group's level was drawn. group, reported and age_days
    have one entry for each report, in order of group.
    """

    true: np.ndarray
    usual: np.ndarray
    formats: np.ndarray
    kinds: np.ndarray
    claim: np.ndarray
    group: np.ndarray
    reported: np.ndarray
    age_days: np.ndarray


def live(world: World, groups: int, rng: np.random.Generator) -> Lived:
    """Draws every group of a world, what organisers say of it, and what parents report."""
    formats = rng.choice(len(FORMATS), groups, p=rng.dirichlet(np.full(len(FORMATS), 2.0)))
    kinds = rng.integers(len(KINDS), size=groups)
    chances = _habits(world, rng)[formats] * np.exp(_tilts(world, rng)[kinds][:, None] * STEP)
    chances /= chances.sum(axis=1, keepdims=True)
    true = _draw(chances, rng)
    before = np.where(rng.random(groups) < world.new_leader, _draw(chances, rng), true)
    at_claim = np.where(rng.random(groups) < 0.5, before, true)
    claim = claims_of(world, at_claim, rng)
    count = rng.poisson(rng.gamma(world.uneven, world.reviews / world.uneven, groups))
    group = np.repeat(np.arange(groups), count)
    age_days = rng.random(len(group)) * 365 * world.years
    was = np.where(age_days < 365 * world.years / 2, true[group], before[group])
    shared = rng.normal(0, world.group_spread, groups)[group]
    mistakes = rng.standard_t(HEAVY, len(group)) if world.is_heavy else rng.normal(0, 1, len(group))
    reported = _rounded(was + world.shy + shared + world.careless * mistakes)
    is_troll = rng.random(len(group)) < world.trolls
    reported[is_troll] = rng.choice((1, 5), is_troll.sum())
    return Lived(true, chances, formats, kinds, claim, group, reported, age_days)


def _habits(world: World, rng: np.random.Generator) -> np.ndarray:
    soft = np.array([STARTING_FORMATS[name] for name in FORMATS])
    ours = np.maximum(soft - SOFTENED * np.array(STARTING_FORMATS[Format.OTHER]), 0.005)
    ours /= ours.sum(axis=1, keepdims=True)
    theirs = rng.dirichlet(np.full(len(LEVELS), 1.5), len(FORMATS))
    return ((1 - world.strange) * ours + world.strange * theirs) * np.exp(world.louder * STEP)


def _tilts(world: World, rng: np.random.Generator) -> np.ndarray:
    ours = np.array([STARTING_TILTS[kind] for kind in KINDS])
    return (1 - world.strange) * ours + rng.normal(0, 0.3 * world.strange, len(KINDS))


def claims_of(world: World, true: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What organisers of groups with these levels claim; 0 for nothing."""
    less = rng.gamma(2.0, world.understate / 2, len(true))
    more = rng.gamma(2.0, world.overstate / 2, len(true))
    moved = np.where(rng.random(len(true)) < world.overstating, more, -less)
    claim = _rounded(true + moved + rng.normal(0, world.claim_spread, len(true)))
    claim[rng.random(len(true)) < world.always_1] = 1
    claim[rng.random(len(true)) < world.silent] = 0
    return claim


def _draw(weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    steps = weights.cumsum(axis=1)[:, :-1]
    return 1 + (rng.random(len(weights))[:, None] > steps).sum(axis=1)


def _rounded(levels: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(levels), 1, 5).astype(int)
