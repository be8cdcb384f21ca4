"""Learns the model's tables from groups that parents have reported on.

Penalised maximum likelihood by expectation and maximisation (Dempster, Laird and Rubin, 1977; for
raters, Dawid and Skene, 1979), held to the starting tables so that few reports change little. Run
by a command.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from finder.domain.talking.beliefs import (
    STARTING_TABLES,
    Organisers,
    Parents,
    Probabilities,
    Tables,
)
from finder.domain.talking.expectation import (
    FORMATS,
    KINDS,
    STEPS,
    Counts,
    Floats,
    GroupEvidence,
    batch_of,
    expect,
    priors_of,
    usual,
)
from finder.domain.talking.misreport import claim_chances, report_chances
from finder.domain.vocabulary import VenueKind

__all__ = ["GroupEvidence", "learn_tables"]

MOST_ROUNDS = 40
ENOUGH = 1e-5
"""Learning ends when a round explains the reports better by less than this share of a report."""

FORMAT_WEIGHT = 30.0
"""A format's starting row counts as this many groups with reports."""

TILT_WEIGHT = 50.0

SPREAD_STRAYS, LEAN_STRAYS, SHARED_STRAYS = 0.3, 0.5, 0.3
"""How far a number may lie from its start before that alone halves its worth, about: the standard
deviation of a normal penalty."""

PARENTS_WITHIN = ((0.3, 2.0), (0.001, 0.4), (0.0, 0.5))
"""Bounds of spread, careless and shared. Were shared above a half, parents of a quieter group
could seem louder than those of the next level, and one more quiet report make a group louder."""

ORGANISERS_WITHIN = ((-2.0, 3.0), (0.3, 2.0), (0.001, 0.5), (0.005, 0.5))
CHANGE_WITHIN = ((0.002, 3.0),)

Fit = Callable[[Sequence[float]], float]
Within = tuple[tuple[float, float], ...]


def learn_tables(groups: Iterable[GroupEvidence], start: Tables = STARTING_TABLES) -> Tables:
    """The tables that best explain the claims and reports, held to the starting ones.

    Only groups with reports teach anything: claims alone would teach the tables to believe
    claims. Without such groups, the starting tables come back.
    """
    told = [group for group in groups if group.reports]
    if not told:
        return start
    batch, tables, before = batch_of(told), start, -np.inf
    reports = sum(map(len, batch.levels))
    for _ in range(MOST_ROUNDS):
        counts = expect(batch, tables)
        if counts.likelihood - before < ENOUGH * reports:
            break
        before = counts.likelihood
        tables = _better(counts, tables, start)
    return tables


def _better(counts: Counts, tables: Tables, start: Tables) -> Tables:
    rows, tilts = _rows_and_tilts(counts.draws, tables, start)
    return replace(
        start,
        formats={name: _chances(row) for name, row in zip(FORMATS, rows, strict=True)},
        tilts=dict(zip(KINDS, map(float, tilts), strict=True)),
        parents=_parents(counts.reports, tables.parents, start.parents),
        organisers=_organisers(counts.claims, tables.organisers, start.organisers),
        change=_change(counts.years, counts.redrawn, tables.change, start.change),
    )


def _parents(counts: Floats, now: Parents, start: Parents) -> Parents:
    def fits(at: Sequence[float]) -> float:
        chances = np.array(report_chances(Parents(*at))).reshape(5, 3, 5).transpose(1, 0, 2)
        explained = float((counts * np.log(chances)).sum())
        penalty = ((at[0] - start.spread) / SPREAD_STRAYS) ** 2 / 2
        penalty += ((at[2] - start.shared) / SHARED_STRAYS) ** 2 / 2
        return explained - penalty - _strayed(at[1], start.careless)

    return Parents(*_climb(fits, (now.spread, now.careless, now.shared), PARENTS_WITHIN))


def _organisers(counts: Floats, now: Organisers, start: Organisers) -> Organisers:
    def fits(at: Sequence[float]) -> float:
        explained = float((counts * np.log(np.array(claim_chances(Organisers(*at))))).sum())
        penalty = ((at[0] - start.lean) / LEAN_STRAYS) ** 2 / 2
        penalty += ((at[1] - start.spread) / SPREAD_STRAYS) ** 2 / 2
        penalty += _strayed(at[2], start.blunt) + _strayed(at[3], start.careless)
        return explained - penalty

    at = (now.lean, now.spread, now.blunt, now.careless)
    return Organisers(*_climb(fits, at, ORGANISERS_WITHIN))


def _change(years: Floats, redrawn: Floats, now: float, start: float) -> float:
    gaps = np.maximum(years, 1e-9)

    def fits(at: Sequence[float]) -> float:
        changed = float((redrawn * np.log(-np.expm1(-at[0] * gaps))).sum())
        return changed - float(((1 - redrawn) * gaps).sum()) * at[0] - _strayed(at[0], start)

    (found,) = _climb(fits, (now,), CHANGE_WITHIN)
    return found


def _strayed(share: float, start: float) -> float:
    """The penalty of a share or rate, least at its start: that of a gamma distribution."""
    return share / start - float(np.log(share / start))


def _climb(fits: Fit, start: Sequence[float], within: Within) -> list[float]:
    """The place that fits best, found by steps along one number after another.

    A step that helps grows, and one that does not shrinks (Hooke and Jeeves, 1961).
    """
    at, best, steps = list(start), fits(start), [max(0.02, 0.1 * abs(x)) for x in start]
    while max(steps) > 1e-4:
        for i, (low, high) in enumerate(within):
            for direction in (1, -1):
                tried = [*at[:i], min(max(at[i] + direction * steps[i], low), high), *at[i + 1 :]]
                if (worth := fits(tried)) > best + 1e-9:
                    at, best = tried, worth
                    steps[i] *= 1.5
                    break
            else:
                steps[i] *= 0.4
    return at


def _rows_and_tilts(draws: Floats, tables: Tables, start: Tables) -> tuple[Floats, Floats]:
    """Formats' rows by iterative scaling, and a Newton step for each kind of venue's tilt.

    Kinds lean against "other", which stays where it is: were all free, formats and kinds
    could explain the same reports twice.
    """
    (rows, tilts), (first_rows, first_tilts) = usual(tables), usual(start)
    groups, is_other = draws.sum(axis=2), np.array([kind is VenueKind.OTHER for kind in KINDS])
    for _ in range(5):
        expected = (groups[:, :, None] * priors_of(rows, tilts)).sum(axis=1)
        found = draws.sum(axis=1)
        rows = rows * (found + FORMAT_WEIGHT * first_rows) / (expected + FORMAT_WEIGHT * rows)
        rows = rows / rows.sum(axis=1, keepdims=True)
        priors = priors_of(rows, tilts)
        means = (priors * STEPS).sum(axis=2)
        spreads = (priors * STEPS**2).sum(axis=2) - means**2
        slopes = ((draws * STEPS).sum(axis=2) - groups * means).sum(axis=0)
        slopes -= TILT_WEIGHT * (tilts - first_tilts)
        curves = (groups * spreads).sum(axis=0) + TILT_WEIGHT
        tilts = tilts + np.where(is_other, 0.0, slopes / curves)
    return rows, tilts


def _chances(row: Floats) -> Probabilities:
    one, two, three, four, five = map(float, row)
    return one, two, three, four, five
