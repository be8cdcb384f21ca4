"""Learns the model's tables from groups that parents have reported on.

Expectation and maximisation (Dempster, Laird and Rubin, 1977; for raters, Dawid and Skene,
1979), held to the starting tables so that few reports change little. Run by a command.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from finder.domain.talking.beliefs import (
    LEVELS,
    STARTING_TABLES,
    Probabilities,
    Reading,
    Tables,
    log_chances,
    prior_for,
    summing_to_one,
    tilted,
)
from finder.domain.talking.rating import Report, combined, faded
from finder.domain.vocabulary import Format, VenueKind

ROUNDS = 5
FORMAT_WEIGHT = 30.0
"""A format's starting row counts as this many groups with reports."""

TILT_WEIGHT = 50.0
SHARPNESSES = (0.5, 0.6, 0.7, 0.85, 1.0, 1.2, 1.45, 1.75, 2.1)
LEANS = (-0.9, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.9)
SHARPNESS_WEIGHT, LEAN_WEIGHT = 10.0, 10.0


@dataclass(frozen=True)
class GroupEvidence:
    """One group, with its organiser's claim and its parents' reports: (level, age in days)."""

    format: Format
    venue_kind: VenueKind
    claim: int | None
    reports: Sequence[Report]


@dataclass(frozen=True)
class _Counted:
    format: Format
    venue_kind: VenueKind
    claim: int | None
    weights: Probabilities


def learn_tables(groups: Iterable[GroupEvidence], start: Tables = STARTING_TABLES) -> Tables:
    """The tables that best explain the claims and reports, held to the starting ones.

    Only groups with reports teach anything: claims alone would teach the tables to believe
    claims. How parents misreport is not learned: it drifts when learned from the same reports
    that it weighs. Without groups, the starting tables come back. Takes about 0.1 ms for each
    group with reports.
    """
    counted = [
        _Counted(group.format, group.venue_kind, group.claim, faded(group.reports))
        for group in groups
        if group.reports
    ]
    tables = start
    for _ in range(ROUNDS if counted else 0):
        tables = _better(counted, tables, start)
    return tables


def _better(groups: list[_Counted], tables: Tables, start: Tables) -> Tables:
    beliefs = [
        combined(
            group.claim, group.weights, prior_for(group.format, group.venue_kind, tables), tables
        )
        for group in groups
    ]
    claims = [[0.0] * 5 for _ in LEVELS]
    for group, belief in zip(groups, beliefs, strict=True):
        if group.claim is not None:
            for k, chance in enumerate(belief):
                claims[k][group.claim - 1] += chance
    return Tables(
        formats=_formats(groups, beliefs, tables, start),
        tilts=_tilts(groups, beliefs, tables, start),
        organisers=_reading(claims, start.organisers),
        parents=start.parents,
    )


def _formats(
    groups: list[_Counted], beliefs: list[Probabilities], tables: Tables, start: Tables
) -> dict[Format, Probabilities]:
    totals = {name: [FORMAT_WEIGHT * p for p in row] for name, row in start.formats.items()}
    for group, belief in zip(groups, beliefs, strict=True):
        # What the format alone would have shown: the venue's lean taken out again.
        plain = tilted(belief, -tables.tilts.get(group.venue_kind, 0.0))
        row = totals.setdefault(group.format, [FORMAT_WEIGHT / 5] * 5)
        for k, chance in enumerate(plain):
            row[k] += chance
    return {name: summing_to_one(row) for name, row in totals.items()}


def _tilts(
    groups: list[_Counted], beliefs: list[Probabilities], tables: Tables, start: Tables
) -> dict[VenueKind, float]:
    """One Newton step for each kind of venue, towards the mean level that was found there.

    Kinds lean against "other", which stays where it is: were all free, formats and kinds
    could explain the same reports twice.
    """
    slopes = dict.fromkeys(start.tilts, 0.0)
    curves = dict.fromkeys(start.tilts, TILT_WEIGHT)
    for group, belief in zip(groups, beliefs, strict=True):
        usual = prior_for(group.format, group.venue_kind, tables)
        expected, found = _mean(usual), _mean(belief)
        kind = group.venue_kind
        slopes[kind] = slopes.get(kind, 0.0) + found - expected
        spread = sum(p * (k - expected) ** 2 for k, p in zip(LEVELS, usual, strict=True))
        curves[kind] = curves.get(kind, TILT_WEIGHT) + spread
    learned: dict[VenueKind, float] = {}
    for kind, slope in slopes.items():
        if kind is VenueKind.OTHER:
            learned[kind] = start.tilts.get(kind, 0.0)
            continue
        now, began = tables.tilts.get(kind, 0.0), start.tilts.get(kind, 0.0)
        learned[kind] = now + (slope - TILT_WEIGHT * (now - began)) / curves[kind]
    return learned


def _mean(chances: Probabilities) -> float:
    return sum(k * p for k, p in zip(LEVELS, chances, strict=True))


def _reading(counts: list[list[float]], start: Reading) -> Reading:
    """The sharpness and lean that explain the counts best; the tables stay ordered."""

    def fits(reading: Reading) -> float:
        rows = zip(counts, log_chances(reading), strict=True)
        explained = sum(c * p for row, logs in rows for c, p in zip(row, logs, strict=True))
        change = log(reading.sharpness / start.sharpness)
        penalty = SHARPNESS_WEIGHT * change**2 + LEAN_WEIGHT * (reading.lean - start.lean) ** 2
        return explained - penalty

    choices = (
        replace(start, sharpness=start.sharpness * sharp, lean=start.lean + lean)
        for sharp in SHARPNESSES
        for lean in LEANS
    )
    return max(choices, key=fits)
