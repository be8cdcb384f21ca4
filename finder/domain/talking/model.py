"""The model of the talking rating: the chance of each level, from all that people said.

The formula, its reasons and its limits are in docs/talking.md. Pure: no clock, no disk.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil, exp, floor, sqrt

from finder.domain.talking.beliefs import (
    LEVELS,
    MIDDLE,
    STARTING_FORMATS,
    STARTING_TABLES,
    Probabilities,
    Tables,
)
from finder.domain.talking.evidence import Source
from finder.domain.talking.misreport import SHARES, claim_weights, report_weights
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind

Report = tuple[int, float]
"""A parent's level, 1 to 5, and the age of the report in days."""

YEAR_DAYS = 365.0
SHOWN_FROM, FAIRLY_SURE_FROM, AGREED_FROM = 0.5, 0.75, 0.8
FEWEST_TO_AGREE = 3
FEWEST_TO_OUTVOTE = 3
"""From so many parents on, an organiser's word counts half."""

FADED_OUT_DAYS = 3 * YEAR_DAYS
"""Older reports still count a little, but not as parents who agree."""

FRESH_DAYS = YEAR_DAYS
"""Reports up to this age bind the level shown to what parents said, if they weigh over half."""

EVEN: Probabilities = (0.2, 0.2, 0.2, 0.2, 0.2)
_A_BIT = 1e-6
_NAMED = tuple(TalkingLevel)


def prior_for(
    format: Format, venue_kind: VenueKind, tables: Tables = STARTING_TABLES
) -> Probabilities:
    """How much talking such a group usually asks for: five chances that sum to 1.

    format: the group's main format. A format or kind that the tables lack counts as other.
    """
    usual = tables.formats.get(format) or tables.formats.get(
        Format.OTHER, STARTING_FORMATS[Format.OTHER]
    )
    tilt = tables.tilts.get(venue_kind, 0.0)
    return _summing_to_one(
        [p * exp(tilt * (k - MIDDLE)) for k, p in zip(LEVELS, usual, strict=True)]
    )


def posterior(
    claim: int | None,
    reports: Sequence[Report],
    prior: Probabilities,
    tables: Tables = STARTING_TABLES,
) -> Probabilities:
    """Chance of each talking level today, given what people said: five floats that sum to 1.

    claim: the organiser's own level, 1 to 5, or None. reports: parents' levels with their
    age in days, in any order; those of the last 24 hours are of today. prior: from prior_for.
    ValueError for a level outside 1 to 5.
    """
    for level in (claim, *(level for level, _ in reports)):
        if level is not None and level not in LEVELS:
            raise ValueError(f"a talking level is 1 to 5, not {level}")
    heard = [(age if age >= 1 else 0.0, level) for level, age in reports]
    heard.sort(key=lambda report: (-report[0], report[1]))
    chances = _with_claim(claim, heard, prior, tables)
    return _near_to_parents(chances, heard, tables)


def weight_of(age_days: float, tables: Tables = STARTING_TABLES) -> float:
    """The chance that a group has not changed since a report of this age: what it still weighs."""
    return exp(-tables.change * max(age_days, 0.0) / YEAR_DAYS)


def shown_level(probabilities: Sequence[float]) -> TalkingLevel:
    """The lowest level that the group probably keeps to, so that a filter and a page agree."""
    return _lowest(probabilities, SHOWN_FROM)


def sure_level(probabilities: Sequence[float], parents: int) -> TalkingLevel | None:
    """The lowest level that the group keeps to, fairly surely.

    None without a parent's report: then no band is above "probably". Introductions are sure only
    where they themselves are likely enough, since every group keeps to "introductions or less".
    """
    level = _lowest(probabilities, FAIRLY_SURE_FROM) if parents else None
    if level is TalkingLevel.INTRODUCTIONS and probabilities[-1] < FAIRLY_SURE_FROM:
        return None
    return level


def agreed_level(
    claim: int | None,
    reports: Sequence[Report],
    prior: Probabilities,
    tables: Tables = STARTING_TABLES,
) -> TalkingLevel | None:
    """The lowest level that parents agree the group keeps to, or None where they don't agree.

    It takes three reports of the last three years, more than half of them (by weight) at that
    level or lower, and a chance of 0.8 both with and without the organiser's claim: neither a
    claim nor a format can agree on a parent's behalf.
    """
    fresh = sorted(report for report in reports if report[1] <= FADED_OUT_DAYS)
    if len(fresh) < FEWEST_TO_AGREE:
        return None
    weights = [0.0] * len(LEVELS)
    for level, age_days in fresh:
        weights[level - 1] += weight_of(age_days, tables)
    with_claim = posterior(claim, reports, prior, tables)
    without = posterior(None, reports, prior, tables)
    return max(
        _lowest(_summing_to_one(weights), SHOWN_FROM, is_reached_by_half=False),
        _lowest(with_claim, AGREED_FROM),
        _lowest(without, AGREED_FROM),
    )


def weighed_most(
    claim: int | None,
    reports: Sequence[Report],
    prior: Probabilities,
    tables: Tables = STARTING_TABLES,
) -> Source:
    """The source without which the chances would differ most: parents, organiser or format."""
    chances = posterior(claim, reports, prior, tables)
    without = {Source.FORMAT: posterior(claim, reports, EVEN, tables)}
    if claim is not None:
        without[Source.ORGANISER] = posterior(None, reports, prior, tables)
    if reports:
        without[Source.PARENTS] = posterior(claim, (), prior, tables)
    pairs = {source: zip(chances, other, strict=True) for source, other in without.items()}
    distances = {source: sum(abs(a - b) for a, b in both) for source, both in pairs.items()}
    return max(distances, key=lambda source: distances[source])


_NOTHING = (1.0, 1.0, 1.0, 1.0, 1.0)
_AT_MOST_UNSCALED = 16
"""After so many reports chances are scaled up again, before they could vanish."""

_Heard = list[tuple[float, int]]
"""Age in days and level of each report, the oldest first."""


def _with_claim(
    claim: int | None, heard: _Heard, prior: Probabilities, tables: Tables
) -> Probabilities:
    told = _by_parents(heard, prior, tables)
    if claim is None:
        return told
    weights = claim_weights(tables.organisers)[claim - 1]
    if len(heard) < FEWEST_TO_OUTVOTE:
        return _times(told, weights)
    half = _times(told, tuple(map(sqrt, weights)))
    return _not_turned_by_halving(half, weights, heard, prior, tables)


def _by_parents(heard: _Heard, prior: Probabilities, tables: Tables) -> Probabilities:
    """What parents alone make likely today: the forward filter of a hidden Markov chain.

    Its state is the level and what the group's parents get wrong together, one side of which
    never becomes another. Between two reports the level stays, or else is drawn anew from the
    prior.
    """
    if not heard:
        return prior
    weights = report_weights(tables.parents)
    sides = [tuple(share * p for p in prior) for share in SHARES]
    before = heard[0][0]
    for number, (age, level) in enumerate(heard, 1):
        stays = 1.0 if age == before else weight_of(before - age, tables)
        told, before = weights[level - 1], age
        sides = [_after(side, prior, said, stays) for side, said in zip(sides, told, strict=True)]
        if number % _AT_MOST_UNSCALED == 0:
            total = sum(map(sum, sides))
            sides = [tuple(p / total for p in side) for side in sides]
    if before:
        stays = weight_of(before, tables)
        sides = [_after(side, prior, _NOTHING, stays) for side in sides]
    return _summing_to_one([a + b + c for a, b, c in zip(*sides, strict=True)])


def _after(
    side: tuple[float, ...], prior: Probabilities, told: tuple[float, ...], stays: float
) -> tuple[float, ...]:
    """The state after some time and a report. Written out: a third of the time of loops."""
    a, b, c, d, e = side
    one, two, three, four, five = prior
    v, w, x, y, z = told
    anew = (1 - stays) * (a + b + c + d + e)
    return (
        (stays * a + anew * one) * v,
        (stays * b + anew * two) * w,
        (stays * c + anew * three) * x,
        (stays * d + anew * four) * y,
        (stays * e + anew * five) * z,
    )


def _not_turned_by_halving(
    half: Probabilities,
    weights: tuple[float, ...],
    heard: _Heard,
    prior: Probabilities,
    tables: Tables,
) -> Probabilities:
    """The same chances, unless a quiet report of today made a group louder, or the reverse.

    The third parent takes half of the claim away. Were the claim quieter than that parent's own
    quiet word is news, the group would turn louder by it: so it is held at what it was with two
    reports and the whole claim.
    """
    spare = len(heard) - FEWEST_TO_OUTVOTE + 1
    up_to = list(accumulate(half))
    for level, pick in ((LEVELS[0], max), (LEVELS[-1], min)):
        if heard.count((0.0, level)) >= spare:
            two = [report for report in heard if report != (0.0, level)]
            two += [(0.0, level)] * (2 - len(two))
            before = accumulate(_times(_by_parents(two, prior, tables), weights))
            up_to = [pick(a, b) for a, b in zip(up_to, before, strict=True)]
    return _from_sums(up_to)


def _near_to_parents(chances: Probabilities, heard: _Heard, tables: Tables) -> Probabilities:
    """The same chances, unless they would show a level that parents' own words rule out.

    Reports of the last year count that each still weigh over half. With three or more, the level
    shown is at most one away from their median; with two, at most one beyond either. (Were two
    left free, a third quiet one could make a group louder.)
    """
    fresh = sorted(
        level for age, level in heard if age <= FRESH_DAYS and weight_of(age, tables) > 0.5
    )
    if len(fresh) < 2:
        return chances
    low, high = float(fresh[0]), float(fresh[-1])
    if len(fresh) > 2:
        low = high = (fresh[(len(fresh) - 1) // 2] + fresh[len(fresh) // 2]) / 2
    lowest, highest = ceil(low) - 1, floor(high) + 1
    up_to = list(accumulate(chances))
    held = [
        min(chance, SHOWN_FROM - _A_BIT)
        if level < lowest
        else max(chance, SHOWN_FROM + _A_BIT)
        if level >= highest
        else chance
        for level, chance in zip(LEVELS, up_to, strict=True)
    ]
    return chances if held == up_to else _from_sums(held)


def _times(chances: Probabilities, weights: Sequence[float]) -> Probabilities:
    return _summing_to_one([p * w for p, w in zip(chances, weights, strict=True)])


def _from_sums(up_to: list[float]) -> Probabilities:
    bounds = [0.0, *up_to[:-1], 1.0]
    one, two, three, four, five = (max(b - a, 0.0) for a, b in pairwise(bounds))
    return one, two, three, four, five


def _summing_to_one(weights: list[float]) -> Probabilities:
    one, two, three, four, five = weights
    total = one + two + three + four + five
    return one / total, two / total, three / total, four / total, five / total


def _lowest(
    probabilities: Sequence[float], threshold: float, *, is_reached_by_half: bool = True
) -> TalkingLevel:
    for k, chance in zip(LEVELS[:-1], accumulate(probabilities), strict=False):
        if chance > threshold or (is_reached_by_half and chance == threshold):
            return _NAMED[k - 1]
    return TalkingLevel.INTRODUCTIONS
