"""Ways to rank groups, the quietest first; and how many promises the top of a ranking breaks."""

from itertools import accumulate

import numpy as np

from benchmarks.talking.worlds import FORMATS, KINDS, Lived
from finder.domain.talking.beliefs import STARTING_TABLES, Tables
from finder.domain.talking.learning import GroupEvidence
from finder.domain.talking.model import agreed_level, posterior, prior_for

QUIET = 2
IMDB_WEIGHT = 5
WILSON_Z = 1.96


def evidence_of(lived: Lived) -> list[GroupEvidence]:
    """The world's groups as the rating meets them."""
    ends = list(accumulate(np.bincount(lived.group, minlength=len(lived.true)), initial=0))
    reports = list(zip(lived.reported.tolist(), lived.age_days.tolist(), strict=True))
    return [
        GroupEvidence(FORMATS[f], KINDS[k], c or None, reports[ends[i] : ends[i + 1]])
        for i, (f, k, c) in enumerate(
            zip(lived.formats, lived.kinds, lived.claim.tolist(), strict=True)
        )
    ]


def chances(group: GroupEvidence, tables: Tables) -> tuple[float, ...]:
    """The chance of each level, by the very code that the site runs."""
    prior = prior_for(group.format, group.venue_kind, tables)
    return posterior(group.claim, group.reports, prior, tables)


def chance_of_quiet(groups: list[GroupEvidence], tables: Tables) -> np.ndarray:
    """P(level <= 2) of each group."""
    return np.array([sum(chances(group, tables)[:QUIET]) for group in groups])


def do_parents_agree(group: GroupEvidence) -> bool:
    """Whether parents agree, on the first day's tables, that a group asks for at most a hello."""
    prior = prior_for(group.format, group.venue_kind)
    level = agreed_level(group.claim, group.reports, prior, STARTING_TABLES)
    return level is not None and level <= QUIET


def rivals(lived: Lived) -> dict[str, np.ndarray]:
    """The four usual rankings, higher is quieter. Where nobody spoke, the world's mean."""
    groups = len(lived.true)
    count = np.bincount(lived.group, minlength=groups)
    total = np.bincount(lived.group, lived.reported, groups)
    quiet = np.bincount(lived.group, lived.reported <= QUIET, groups)
    mean, some = lived.reported.mean(), np.maximum(count, 1)
    share, z2 = quiet / some, WILSON_Z**2 / some
    spread = WILSON_Z * np.sqrt(share * (1 - share) / some + z2 / (4 * some))
    claims = lived.claim > 0
    return {
        "claim": -np.where(claims, lived.claim, lived.claim[claims].mean()),
        "average": -np.where(count > 0, total / some, mean),
        "IMDb": -(total + IMDB_WEIGHT * mean) / (count + IMDB_WEIGHT),
        "Wilson": np.where(count > 0, (share + z2 / 2 - spread) / (1 + z2), 0.0),
    }


def broken(score: np.ndarray, true: np.ndarray, found: float) -> float:
    """Share of the groups shown whose true level is above 2, where `found` of the quiet are.

    Ties are cut evenly.
    """
    is_quiet = true <= QUIET
    needed = found * is_quiet.sum()
    _, place = np.unique(-score, return_inverse=True)
    quiet, shown = np.bincount(place, is_quiet), np.bincount(place)
    last = int(np.searchsorted(quiet.cumsum(), needed - 1e-9))
    part = (needed - quiet[:last].sum()) / quiet[last]
    return float(1 - needed / (shown[:last].sum() + part * shown[last]))
