"""How likely each report of a parent and each claim of an organiser is, at each true level."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import erf, exp, log, sqrt

from finder.domain.talking.beliefs import LEVELS, Organisers, Parents, Probabilities

SHARES = (0.25, 0.5, 0.25)
"""How many groups' parents err together to the quiet side, not at all, and to the loud side."""

ANYTHING: Probabilities = (0.35, 0.1, 0.1, 0.1, 0.35)
"""What a careless report says, whatever is so: mostly 1 or 5, or anything."""

EDGES = (1.5, 2.5, 3.5, 4.5)
"""What is felt between two of these is reported as the level between them."""

_SMALLEST = 1e-9

Table = tuple[tuple[float, ...], ...]


def rounded_normal(mean: float, spread: float) -> Probabilities:
    """Chance of each level, where a normal number of this mean and spread is rounded and cut."""
    shares = [0.5 + 0.5 * erf((edge - mean) / (spread * sqrt(2))) for edge in EDGES]
    bounds = [0.0, *shares, 1.0]
    one, two, three, four, five = (max(b - a, _SMALLEST) for a, b in pairwise(bounds))
    return one, two, three, four, five


def report_chances(parents: Parents) -> list[Probabilities]:
    """The chance of each report: 15 rows, for each true level those of what parents share.

    The rows' means go up: level 1 with parents who err to the quiet side comes first.
    """
    means = (level + side * parents.shared for level in LEVELS for side in (-1, 0, 1))
    return [_mixed(rounded_normal(m, parents.spread), ANYTHING, parents.careless) for m in means]


def claim_chances(organisers: Organisers) -> list[Probabilities]:
    """The chance of each claim (column) at each true level (row)."""
    usual = (rounded_normal(level - organisers.lean, organisers.spread) for level in LEVELS)
    minded = (_mixed(row, (0.2, 0.2, 0.2, 0.2, 0.2), organisers.careless) for row in usual)
    return [_mixed(row, (1.0, 0.0, 0.0, 0.0, 0.0), organisers.blunt) for row in minded]


@lru_cache(maxsize=64)
def report_weights(parents: Parents) -> tuple[Table, ...]:
    """What a report of each level says for each side that parents err to and each true level.

    Five tables, by report; in each three rows, by side, of five weights; the largest is 1.
    """
    rows = ordered(report_chances(parents))
    found = []
    for report in range(5):
        column = _to_one([row[report] for row in rows])
        found.append(tuple(column[side::3] for side in range(3)))
    return tuple(found)


@lru_cache(maxsize=64)
def claim_weights(organisers: Organisers) -> Table:
    """What a claim of each level says for each true level: five rows, by claim."""
    rows = ordered(claim_chances(organisers))
    return tuple(_to_one([row[claim] for row in rows]) for claim in range(5))


def ordered(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """The rows' logs, but for a term of each column, changed so that they have ordered ratios.

    rows: chances of each report (column), the quietest group first. Afterwards a lower report
    is never worse news for a quieter row than a higher report is (Karlin and Rubin, 1956).
    Careless reports break that: a 5 is then often an answer that means nothing, where a 4
    never is. Columns out of order are read as one: as "4 or 5", not as 4 or as 5.
    """
    found = [[0.0] * len(rows[0])]
    for quieter, louder in pairwise(rows):
        ratios = _falling_ratios(quieter, louder)
        found.append([above - ratio for above, ratio in zip(found[-1], ratios, strict=True)])
    return found


def _falling_ratios(quieter: Sequence[float], louder: Sequence[float]) -> list[float]:
    """The log of each ratio of two rows, with neighbours put together until they fall."""
    pools: list[tuple[float, float, int]] = []
    for one, other in zip(quieter, louder, strict=True):
        above, below, width = one, other, 1
        while pools and pools[-1][0] * below < above * pools[-1][1]:
            last = pools.pop()
            above, below, width = above + last[0], below + last[1], width + last[2]
        pools.append((above, below, width))
    return [log(above / below) for above, below, width in pools for _ in range(width)]


def _mixed(row: Probabilities, other: Probabilities, share: float) -> Probabilities:
    one, two, three, four, five = (
        (1 - share) * a + share * b for a, b in zip(row, other, strict=True)
    )
    return one, two, three, four, five


def _to_one(logs: list[float]) -> tuple[float, ...]:
    highest = max(logs)
    return tuple(exp(value - highest) for value in logs)
