"""How often does a group that we show as quiet turn out not to be?

`python -m benchmarks.talking [GROUPS]` draws 20,000 groups in each world of
talking_worlds.py and ranks them, quietest first, in five ways and in ours with learned
tables. For the cut that finds 70 % or 85 % of the truly quiet groups (level 1 or 2), it
prints how many of the groups shown break their promise. Ties are cut evenly.
"""

import sys
import time
from itertools import pairwise

import numpy as np

from benchmarks.talking_worlds import FORMATS, KINDS, WORLDS, Lived, World, live
from finder.domain.talking import at_most, parents_agree, posterior
from finder.domain.talking_learning import Told, learn_tables
from finder.domain.talking_tables import STARTING_TABLES, Tables, prior_for

GROUPS, SEED = 20_000, 2026
QUIET = 2
FOUND = (0.70, 0.85)
MOST_BROKEN = {0.70: 0.40, 0.85: 0.55}
IMDB_WEIGHT = 5
WILSON_Z = 1.96
EDGES = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


def told(lived: Lived) -> list[Told]:
    """The world's groups as the rating meets them."""
    ends = np.searchsorted(lived.group, np.arange(len(lived.true) + 1))
    reports = list(zip(lived.said.tolist(), lived.age_days.tolist(), strict=True))
    return [
        Told(FORMATS[f], KINDS[k], c or None, reports[ends[i] : ends[i + 1]])
        for i, (f, k, c) in enumerate(
            zip(lived.formats, lived.kinds, lived.claim.tolist(), strict=True)
        )
    ]


def ours(groups: list[Told], tables: Tables) -> np.ndarray:
    """P(level <= 2), by the very code that the site runs."""
    return np.array([at_most(chances(group, tables), QUIET) for group in groups])


def chances(group: Told, tables: Tables) -> tuple[float, ...]:
    prior = prior_for(group.format, group.venue_kind, tables)
    return posterior(group.claim, group.reports, prior, tables)


def rivals(lived: Lived) -> dict[str, np.ndarray]:
    """The four usual rankings, higher is quieter. Where nobody spoke, the world's mean."""
    groups = len(lived.true)
    count = np.bincount(lived.group, minlength=groups)
    total = np.bincount(lived.group, lived.said, groups)
    quiet = np.bincount(lived.group, lived.said <= QUIET, groups)
    mean, some = lived.said.mean(), np.maximum(count, 1)
    share, z2 = quiet / some, WILSON_Z**2 / some
    spread = WILSON_Z * np.sqrt(share * (1 - share) / some + z2 / (4 * some))
    said = lived.claim > 0
    return {
        "claim": -np.where(said, lived.claim, lived.claim[said].mean()),
        "average": -np.where(count > 0, total / some, mean),
        "IMDb": -(total + IMDB_WEIGHT * mean) / (count + IMDB_WEIGHT),
        "Wilson": np.where(count > 0, (share + z2 / 2 - spread) / (1 + z2), 0.0),
    }


def broken(score: np.ndarray, true: np.ndarray, found: float) -> float:
    """Share of the groups shown whose true level is above 2, where `found` of the quiet are."""
    is_quiet = true <= QUIET
    needed = found * is_quiet.sum()
    _, place = np.unique(-score, return_inverse=True)
    quiet, shown = np.bincount(place, is_quiet), np.bincount(place)
    last = int(np.searchsorted(quiet.cumsum(), needed - 1e-9))
    part = (needed - quiet[:last].sum()) / quiet[last]
    return float(1 - needed / (shown[:last].sum() + part * shown[last]))


def agreed_right(groups: list[Told], true: np.ndarray, tables: Tables) -> tuple[int, int]:
    """How many groups "parents agree" are at most a hello, and how many of them are."""
    agreed = [
        parents_agree(g.claim, g.reports, prior_for(g.format, g.venue_kind, tables), QUIET, tables)
        for g in groups
    ]
    return sum(agreed), int((true[agreed] <= QUIET).sum())


def run(world: World, size: int) -> tuple[list[str], np.ndarray, np.ndarray, bool]:
    """One world: its table's lines, our chances and the truth, and whether it held."""
    lived = live(world, size, np.random.default_rng([SEED, WORLDS.index(world)]))
    groups = told(lived)
    learned = learn_tables(groups)
    scores = {
        **rivals(lived),
        "ours": ours(groups, STARTING_TABLES),
        "learned": ours(groups, learned),
    }
    lines, held = [], True
    for found in FOUND:
        rate = {name: broken(score, lived.true, found) for name, score in scores.items()}
        ratio = {name: rate[name] / rate["average"] for name in ("ours", "learned")}
        held &= max(ratio.values()) <= MOST_BROKEN[found]
        cells = "".join(f" {100 * rate[name]:.1f} |" for name in scores)
        lines.append(
            f"| {world.name} | {found:.0%} |{cells} {ratio['ours']:.2f} | {ratio['learned']:.2f} |"
        )
    is_right = lived.true <= QUIET
    for name in ("ours", "learned"):
        sure = scores[name] >= 0.8
        held &= bool(is_right[sure].mean() >= 0.8)
    right = [is_right[scores[name] >= 0.8].mean() for name in ("ours", "learned")]
    shown, kept = agreed_right(groups, lived.true, STARTING_TABLES)
    lines.append(f"{world.name}|{right[0]:.1%}|{right[1]:.1%}|{shown}|{kept / max(1, shown):.1%}")
    return lines, np.stack([scores["ours"], scores["learned"]]), is_right, held


def main() -> int:
    """Prints the tables. Gives 1 when a promise of docs/talking.md is not held."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else GROUPS
    started = time.perf_counter()
    results = [run(world, size) for world in WORLDS]
    print(f"Broken promises, % of the groups shown; {size:,} groups in each world")
    print()
    print("| world | found | claim | average | IMDb | Wilson | ours | learned | ours / average")
    print("|".join(["", *[" --- "] * 10, ""]))
    for lines, _, _, _ in results:
        print("\n".join(lines[:-1]))
    print("\nWhat is called P >= 0.8, and what parents agree on: how much is right\n")
    print("| world | P >= 0.8, ours | P >= 0.8, learned | parents agree, groups | right |")
    print("|".join(["", *[" --- "] * 5, ""]))
    for lines, _, _, _ in results:
        print("| " + " | ".join(lines[-1].split("|")) + " |")
    calibration(results)
    missed = [
        world.name for world, (_, _, _, held) in zip(WORLDS, results, strict=True) if not held
    ]
    print(f"\nNot held in: {', '.join(missed) or 'none'}. {time.perf_counter() - started:.0f} s.")
    return 1 if missed else 0


def calibration(results: list[tuple[list[str], np.ndarray, np.ndarray, bool]]) -> None:
    """Over all worlds: what we called a chance, and how often it was so."""
    called = np.concatenate([c for _, c, _, _ in results], axis=1)
    right = np.concatenate([r for _, _, r, _ in results])
    print("\nCalibration, all worlds\n")
    print("| P(level <= 2) | ours: groups | mean P | right | learned: groups | mean P | right |")
    print("|".join(["", *[" --- "] * 7, ""]))
    for low, high in pairwise(EDGES):
        cells = ""
        for p in called:
            here = (p >= low) & ((p < high) | (high == 1.0))
            cells += f" {here.sum():,} | {p[here].mean():.2f} | {right[here].mean():.2f} |"
        print(f"| {low:.2f} to {high:.2f} |{cells}")


if __name__ == "__main__":
    sys.exit(main())
