"""What somebody would believe who knows a made-up world's own figures: nobody can do better.

The exact chance of each level, given all reports and claims, by the very rules that drew them;
only what a group's parents share is summed over nine points, and claims' chances are counted.
"""

import numpy as np

from benchmarks.talking.worlds import LEVELS, Lived, World, claims_of
from finder.domain.talking.misreport import EDGES, rounded_normal

POINTS, COUNTED = 9, 200_000
YEAR_DAYS = 365


def oracle(world: World, lived: Lived) -> np.ndarray:
    """The chance of each level of each group."""
    where, weights = np.polynomial.hermite_e.hermegauss(POINTS)
    claims = _claims(world)
    claim = np.where(lived.claim[:, None] > 0, claims.T[np.maximum(lived.claim, 1) - 1], 1.0)
    is_late = lived.age_days < YEAR_DAYS * world.years / 2
    late, early = [], []
    for u in where * world.group_spread:
        logs = np.log(_reports(world, u))
        late.append(_reported(lived, logs, is_late))
        early.append(_reported(lived, logs, ~is_late))
    scale = (np.array(late) + np.array(early)).max(axis=(0, 2))[:, None]
    total = np.zeros_like(lived.usual)
    for weight, now, before in zip(weights, late, early, strict=True):
        same = np.exp(now + before - scale) * claim
        most = before.max(axis=1, keepdims=True)
        old = np.exp(before - most) * lived.usual
        # A claim is of the time before the new leader, or of the time after, evenly.
        seen = claim * old.sum(axis=1, keepdims=True) + (old * claim).sum(axis=1, keepdims=True)
        anew = np.exp(now + most - scale) * seen / 2
        total += weight * ((1 - world.new_leader) * same + world.new_leader * anew)
    total *= lived.usual
    return np.asarray(total / total.sum(axis=1, keepdims=True))


def _reported(lived: Lived, logs: np.ndarray, is_in: np.ndarray) -> np.ndarray:
    found = np.zeros_like(lived.usual)
    np.add.at(found, lived.group[is_in], logs.T[lived.reported[is_in] - 1])
    return found


def _reports(world: World, shared: float) -> np.ndarray:
    """Chances of each report (column) at each true level."""
    means = [level + world.shy + shared for level in LEVELS]
    if world.is_heavy:
        ends = [[_student((edge - mean) / world.careless) for edge in EDGES] for mean in means]
        rows = np.diff(np.array([[0.0, *row, 1.0] for row in ends]), axis=1)
    else:
        rows = np.array([rounded_normal(mean, world.careless) for mean in means])
    rows *= 1 - world.trolls
    rows[:, [0, -1]] += world.trolls / 2
    return np.asarray(np.maximum(rows, 1e-9))


def _student(t: float) -> float:
    """The distribution function of Student's t with three degrees of freedom."""
    x = t / 3**0.5
    return float(0.5 + (x / (1 + x * x) + np.arctan(x)) / np.pi)


def _claims(world: World) -> np.ndarray:
    """Chances of each claim (column) at each true level, of organisers who say something."""
    rng = np.random.default_rng(1)
    rows = [claims_of(world, np.full(COUNTED, level), rng) for level in LEVELS]
    counts = np.array([np.bincount(row, minlength=6)[1:] for row in rows]) + 0.1
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))
