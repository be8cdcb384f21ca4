"""Prints what every ranking breaks in every world, and whether the targets are met."""

import random
import time
import timeit
from itertools import pairwise

import numpy as np

from benchmarks.talking.outcomes import (
    DRAWS,
    FIRST_DAY,
    FOUND,
    LEARNED,
    ORACLE,
    Outcome,
    outcomes,
)
from benchmarks.talking.rankings import evidence_of
from benchmarks.talking.worlds import ALL, BEYOND, HARD, PLAIN, World, live
from finder.domain.talking.beliefs import STARTING_TABLES
from finder.domain.talking.learning import learn_tables
from finder.domain.talking.model import posterior, prior_for
from finder.domain.vocabulary import Format, VenueKind

GROUPS = 20_000
EDGES = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
MOST_MS, MOST_S = 0.1, 60
SHOWN = ("claim", "average", "IMDb", "Wilson", FIRST_DAY, LEARNED, ORACLE)
BESIDE = ((LEARNED, "average"), (FIRST_DAY, "average"), (LEARNED, ORACLE), (LEARNED, FIRST_DAY))


def main(size: int = GROUPS, names: tuple[str, ...] = ()) -> int:
    """Prints the tables. Gives 1 when a target of docs/talking.md is missed, else 0."""
    started = time.perf_counter()
    worlds = [world for world in ALL if not names or world.name in names]
    found = outcomes(size, worlds)
    print(f"Broken promises, % of the groups shown; each world {DRAWS} times {size:,} groups")
    for title, some in (("Plain", PLAIN), ("Hard", HARD), ("Beyond the model", BEYOND)):
        if rows := [outcome for outcome in found if outcome.world in some]:
            print(f"\n{title}\n")
            promises(rows)
    print("\nHow much is right of what is called P >= 0.8, and of what parents agree on\n")
    sureness(found)
    calibration(found)
    print()
    is_slow = speed()
    missed = [f"{outcome.world.name}, {what}" for outcome in found for what in outcome.missed()]
    print("\n".join(f"A target is missed: {what}" for what in missed) or "Every target is met")
    print(f"{time.perf_counter() - started:.0f} s")
    return int(bool(missed) or is_slow)


def table(heading: list[str], rows: list[list[str]]) -> None:
    """Prints a Markdown table."""
    for row in (heading, ["---"] * len(heading), *rows):
        print("| " + " | ".join(row) + " |")


def promises(rows: list[Outcome]) -> None:
    """The broken promises of every ranking, and some beside one another."""
    table(
        ["world", "found", *SHOWN, *(f"{one} / {other}" for one, other in BESIDE)],
        [
            [o.world.name, f"{found:.0%}"]
            + [f"{100 * o.broken[found][name]:.1f}" for name in SHOWN]
            + [f"{o.ratio(found, one, other):.2f}" for one, other in BESIDE]
            for o in rows
            for found in FOUND
        ],
    )


def sureness(rows: list[Outcome]) -> None:
    """How often a sure word is right."""
    table(
        ["world", LEARNED, FIRST_DAY, ORACLE, "groups where parents agree", "right"],
        [
            [
                o.world.name,
                *(f"{o.right(name):.1%}" for name in (LEARNED, FIRST_DAY, ORACLE)),
                f"{o.agreed:,}",
                f"{o.agreed_right / max(1, o.agreed):.1%}",
            ]
            for o in rows
        ],
    )


def calibration(rows: list[Outcome]) -> None:
    """Over all worlds: what we called a chance, and how often it was so."""
    print("\nCalibration over all worlds: P(level <= 2) as called, and how often it was so\n")
    is_quiet = np.concatenate([o.is_quiet for o in rows])
    called = [np.concatenate([o.called[name] for o in rows]) for name in (LEARNED, FIRST_DAY)]
    lines = []
    for low, high in pairwise(EDGES):
        line = [f"{low:.2f} to {high:.2f}"]
        for p in called:
            here = (p >= low) & ((p < high) | (high == 1.0))
            line += [f"{here.sum():,}", f"{p[here].mean():.2f}", f"{is_quiet[here].mean():.2f}"]
        lines.append(line)
    heads = [
        f"{name}{rest}" for name in (LEARNED, FIRST_DAY) for rest in (": groups", ", P", ", so")
    ]
    table(["called", *heads], lines)


def speed() -> bool:
    """Whether one posterior, or learning from 20,000 groups, takes longer than it may.

    In time of the processor, since the worlds are judged on all of them.
    """
    chance = random.Random(1)
    prior = prior_for(Format.SINGING, VenueKind.LIBRARY)
    reports = [(chance.randint(1, 5), float(chance.randint(0, 700))) for _ in range(8)]
    times = timeit.repeat(
        lambda: posterior(1, reports, prior), time.process_time, number=200, repeat=50
    )
    one_ms = min(times) * 5
    told = evidence_of(live(World("ordinary"), GROUPS, np.random.default_rng(1)))
    began = time.process_time()
    learn_tables(told, STARTING_TABLES)
    learned_s = time.process_time() - began
    print(f"One posterior of a claim and eight reports: {one_ms:.3f} ms (at most {MOST_MS})")
    print(f"Learning from {GROUPS:,} groups: {learned_s:.0f} s (at most {MOST_S})")
    return one_ms > MOST_MS or learned_s > MOST_S
