"""Draws worlds, ranks their groups in every way, and says what was kept and what was broken."""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product

import numpy as np

from benchmarks.talking.oracle import oracle
from benchmarks.talking.rankings import (
    QUIET,
    broken,
    chance_of_quiet,
    do_parents_agree,
    evidence_of,
    rivals,
)
from benchmarks.talking.worlds import ALL, BEYOND, PLAIN, World, live
from finder.domain.talking.beliefs import STARTING_TABLES
from finder.domain.talking.learning import learn_tables

DRAWS, SEED = 5, 2026
FOUND = (0.70, 0.85)
SURE = 0.8
LEARNED, FIRST_DAY, ORACLE, AVERAGE = "learned", "first day", "oracle", "average"

OF_AVERAGE = {0.70: 0.38, 0.85: 0.50}
OF_AVERAGE_BEYOND = {0.70: 0.50, 0.85: 0.60}
OF_ORACLE, OF_FIRST_DAY = 1.15, 1.05
"""The most promises that the learned tables may break, as a share of what another ranking does."""


@dataclass(frozen=True)
class Outcome:
    """One world: broken[found][ranking], and what was called and came true."""

    world: World
    broken: dict[float, dict[str, float]]
    called: dict[str, np.ndarray]
    is_quiet: np.ndarray
    agreed: int
    agreed_right: int

    def right(self, ranking: str) -> float:
        """How much of what is called P >= 0.8 is so."""
        return float(self.is_quiet[self.called[ranking] >= SURE].mean())

    def ratio(self, found: float, ranking: str, beside: str) -> float:
        """The promises that one ranking breaks, as a share of those of another."""
        return self.broken[found][ranking] / self.broken[found][beside]

    def missed(self) -> list[str]:
        """The targets of docs/talking.md that this world's outcome misses."""
        bounds = [(FIRST_DAY, dict.fromkeys(FOUND, OF_FIRST_DAY))]
        if self.world in BEYOND:
            bounds.append((AVERAGE, OF_AVERAGE_BEYOND))
        else:
            bounds.append((ORACLE, dict.fromkeys(FOUND, OF_ORACLE)))
        if self.world in PLAIN:
            bounds.append((AVERAGE, OF_AVERAGE))
        too_many = [
            f"{found:.0%} found: {ratio:.2f} of {beside}, above {most[found]:.2f}"
            for beside, most in bounds
            for found in FOUND
            if (ratio := self.ratio(found, LEARNED, beside)) > most[found]
        ]
        unsure = [
            f"P >= {SURE} is right {self.right(name):.0%} of the time, {name}"
            for name in (LEARNED, FIRST_DAY)
            if self.right(name) < SURE
        ]
        return too_many + unsure


def draw(world: World, number: int, size: int) -> Outcome:
    """Draws one world once and ranks it in every way; a world of small towns, many of them."""
    rng = np.random.default_rng([SEED, ALL.index(world), number])
    town = world.town or size
    towns = [_ranked(world, town, rng) for _ in range(max(1, size // town))]
    true = np.concatenate([levels for levels, _, _ in towns])
    scores = {
        name: np.concatenate([ranked[name] for _, ranked, _ in towns]) for name in towns[0][1]
    }
    agreed = np.concatenate([agreed for _, _, agreed in towns])
    return Outcome(
        world,
        {f: {name: broken(score, true, f) for name, score in scores.items()} for f in FOUND},
        {name: scores[name] for name in (LEARNED, FIRST_DAY, ORACLE)},
        true <= QUIET,
        int(agreed.sum()),
        int((true[agreed] <= QUIET).sum()),
    )


def _ranked(
    world: World, groups: int, rng: np.random.Generator
) -> tuple[np.ndarray, dict[str, np.ndarray], np.ndarray]:
    """The true levels of one town, its groups' scores by ranking, and where parents agree."""
    lived = live(world, groups, rng)
    told = evidence_of(lived)
    scores = {
        **rivals(lived),
        FIRST_DAY: chance_of_quiet(told, STARTING_TABLES),
        LEARNED: chance_of_quiet(told, learn_tables(told)),
        ORACLE: oracle(world, lived)[:, :QUIET].sum(axis=1),
    }
    return lived.true, scores, np.array([do_parents_agree(group) for group in told])


def together(world: World, draws: Sequence[Outcome]) -> Outcome:
    """The mean of a world's draws, so that one town's odd habits do not decide."""
    first = draws[0]
    return Outcome(
        world,
        {
            found: {
                name: float(np.mean([d.broken[found][name] for d in draws]))
                for name in first.broken[found]
            }
            for found in FOUND
        },
        {name: np.concatenate([d.called[name] for d in draws]) for name in first.called},
        np.concatenate([d.is_quiet for d in draws]),
        sum(d.agreed for d in draws),
        sum(d.agreed_right for d in draws),
    )


def outcomes(size: int, worlds: Sequence[World] = ALL) -> list[Outcome]:
    """Every world, drawn on all processors: the same numbers on any machine."""
    jobs = list(product(worlds, range(DRAWS)))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        drawn = list(pool.map(draw, *zip(*jobs, strict=True), [size] * len(jobs)))
    return [together(world, drawn[i * DRAWS : (i + 1) * DRAWS]) for i, world in enumerate(worlds)]
