"""What a batch of groups most likely was, under given tables: the first half of learning.

The forward and backward passes of a hidden Markov model (Baum and others, 1970), for all groups
at once: step t handles the report number t, oldest first, of each group that has so many. Groups
are in order of how many reports they have, so that a step's groups are the first of the arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from finder.domain.talking.beliefs import STARTING_FORMATS, Tables
from finder.domain.talking.misreport import SHARES, claim_chances, report_chances
from finder.domain.talking.model import YEAR_DAYS, Report
from finder.domain.vocabulary import Format, VenueKind

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FORMATS, KINDS = tuple(Format), tuple(VenueKind)
STEPS = np.arange(-2.0, 3.0)
_SHARES = np.array(SHARES)


@dataclass(frozen=True)
class GroupEvidence:
    """One group, with its organiser's claim and its parents' reports: (level, age in days)."""

    format: Format
    venue_kind: VenueKind
    claim: int | None
    reports: Sequence[Report]


@dataclass(frozen=True)
class Batch:
    """Groups with reports, as arrays, the group with most reports first.

    claims: 0 where there is none. levels[t]: the reports number t, from 0 for level 1, of the
    first len(levels[t]) groups; gaps[t]: the years since the report before. untold: the years
    since each group's newest report.
    """

    formats: Ints
    kinds: Ints
    claims: Ints
    levels: list[Ints]
    gaps: list[Floats]
    untold: Floats


@dataclass(frozen=True)
class Counts:
    """What is expected of a batch.

    likelihood: the log of the chance of all reports and claims. draws[format, kind, level]: how
    often a level was drawn. reports[side, level, report], claims[level, claim]: how often it was
    told so. years, redrawn: each gap between reports, and the chance that the level was drawn
    anew in it.
    """

    likelihood: float
    draws: Floats
    reports: Floats
    claims: Floats
    years: Floats
    redrawn: Floats


def batch_of(groups: Sequence[GroupEvidence]) -> Batch:
    """The groups as arrays."""
    ordered = sorted(groups, key=lambda group: -len(group.reports))
    told = [sorted(group.reports, key=lambda r: (-max(r[1], 0.0), r[0])) for group in ordered]
    levels, gaps = [], []
    before = np.zeros(len(ordered))
    for t in range(len(told[0])):
        step = [reports[t] for reports in told if len(reports) > t]
        ages = np.array([max(age, 0.0) / YEAR_DAYS for _, age in step])
        levels.append(np.array([level - 1 for level, _ in step]))
        gaps.append(before[: len(step)] - ages)
        before[: len(step)] = ages
    return Batch(
        np.array([FORMATS.index(group.format) for group in ordered]),
        np.array([KINDS.index(group.venue_kind) for group in ordered]),
        np.array([group.claim or 0 for group in ordered]),
        levels,
        gaps,
        before,
    )


def usual(tables: Tables) -> tuple[Floats, Floats]:
    """The tables' formats and tilts as arrays."""
    other = tables.formats.get(Format.OTHER, STARTING_FORMATS[Format.OTHER])
    rows = [tables.formats.get(name, other) for name in FORMATS]
    return np.array(rows), np.array([tables.tilts.get(kind, 0.0) for kind in KINDS])


def priors_of(rows: Floats, tilts: Floats) -> Floats:
    """The chance of each level for each format and kind of venue."""
    weights = rows[:, None, :] * np.exp(tilts[None, :, None] * STEPS)
    return np.asarray(weights / weights.sum(axis=2, keepdims=True))


class _Pass:
    """One forward and one backward pass over a batch."""

    def __init__(self, batch: Batch, tables: Tables) -> None:
        self.batch, self.change = batch, tables.change
        self.priors = priors_of(*usual(tables))[batch.formats, batch.kinds]
        chances = np.array(report_chances(tables.parents)).reshape(5, 3, 5)
        self.of_report = chances.transpose(2, 1, 0)
        claims = np.array(claim_chances(tables.organisers))
        silent = np.ones((5, 1))
        self.of_claim = np.hstack([silent, claims]).T[batch.claims]
        self.likelihood = 0.0
        self.draws = np.zeros_like(self.priors)
        self.reports = np.zeros((3, 5, 5))
        self.redrawn: list[tuple[Floats, Floats]] = []

    def forward(self) -> list[Floats]:
        """The chance of each side and level after each step, given the reports until then."""
        states: list[Floats] = []
        for levels, gaps in zip(self.batch.levels, self.batch.gaps, strict=True):
            some = len(levels)
            prior = self.priors[:some, None, :]
            if states:
                before, stays = states[-1][:some], self._stays(gaps)
                at = stays * before + (1 - stays) * prior * before.sum(axis=2, keepdims=True)
            else:
                at = _SHARES[:, None] * prior
            at = at * self.of_report[levels]
            chance = at.sum(axis=(1, 2), keepdims=True)
            self.likelihood += float(np.log(chance).sum())
            states.append(at / chance)
        return states

    def today(self, states: list[Floats]) -> tuple[Floats, Floats]:
        """What each level is worth to the claims; and the chance of each level today."""
        last = np.concatenate(
            [state[_next_length(states, t) :] for t, state in enumerate(states)][::-1]
        )
        stays, prior = self._stays(self.batch.untold), self.priors[:, None, :]
        claim = self.of_claim[:, None, :]
        stayed = stays * last * claim
        drawn = (1 - stays) * prior * claim * last.sum(axis=2, keepdims=True)
        chance = (stayed + drawn).sum(axis=(1, 2), keepdims=True)
        self.likelihood += float(np.log(chance).sum())
        drawn = drawn / chance
        self._note(drawn, self.batch.untold)
        after = stays * claim + (1 - stays) * (prior * claim).sum(axis=2, keepdims=True)
        after = np.broadcast_to(after, last.shape).copy()
        return after, (stayed / chance + drawn).sum(axis=1)

    def backward(self, states: list[Floats], after: Floats) -> None:
        """Counts what was told and drawn; after: what each state is worth to what follows it."""
        for t in range(len(states) - 1, -1, -1):
            levels, at = self.batch.levels[t], states[t]
            some = len(levels)
            so = at * after[:some]
            so /= so.sum(axis=(1, 2), keepdims=True)
            for level in range(5):
                self.reports[:, :, level] += so[levels == level].sum(axis=0)
            if t == 0:
                self.draws[:some] += so.sum(axis=1)
                break
            worth, before = self.of_report[levels] * after[:some], states[t - 1][:some]
            stays = self._stays(self.batch.gaps[t])
            drawn = self.priors[:some, None, :] * worth
            earlier = stays * worth + (1 - stays) * drawn.sum(axis=2, keepdims=True)
            chance = (before * earlier).sum(axis=(1, 2), keepdims=True)
            drawn = (1 - stays) * before.sum(axis=2, keepdims=True) * drawn / chance
            self._note(drawn, self.batch.gaps[t])
            after[:some] = earlier / chance

    def _note(self, drawn: Floats, years: Floats) -> None:
        self.draws[: len(drawn)] += drawn.sum(axis=1)
        self.redrawn.append((years, drawn.sum(axis=(1, 2))))

    def _stays(self, years: Floats) -> Floats:
        return np.asarray(np.exp(-self.change * years)[:, None, None])


def expect(batch: Batch, tables: Tables) -> Counts:
    """What is to be expected of the groups, given all that was told of them."""
    walk = _Pass(batch, tables)
    states = walk.forward()
    after, levels = walk.today(states)
    walk.backward(states, after)
    draws = np.zeros((len(FORMATS), len(KINDS), 5))
    np.add.at(draws, (batch.formats, batch.kinds), walk.draws)
    claims = np.array([levels[batch.claims == claim].sum(axis=0) for claim in range(1, 6)]).T
    years, redrawn = (np.concatenate(parts) for parts in zip(*walk.redrawn, strict=True))
    return Counts(walk.likelihood, draws, walk.reports, claims, years, redrawn)


def _next_length(states: list[Floats], t: int) -> int:
    return len(states[t + 1]) if t + 1 < len(states) else 0
