"""The talking rating: how much a group asks of you, from what people said of it.

Formulas, sources and limits are in docs/talking.md. Pure: no clock, no disk.
"""

from collections.abc import Sequence
from itertools import accumulate
from math import exp, fsum, log

from finder.domain.groups import Talking
from finder.domain.talking.beliefs import (
    LEVELS,
    STARTING_TABLES,
    Probabilities,
    Tables,
    log_chances,
    prior_for,
    summing_to_one,
)
from finder.domain.talking.evidence import Source, counts_of, sentence
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind

Report = tuple[int, float]
"""A parent's level, 1 to 5, and the age of the report in days."""

HALF_LIFE_DAYS = 365.0
"""Groups change leader, room or term within about a year."""

ALIKE = 0.15
"""How alike the mistakes of one group's parents are (the design effect of Kish, 1965)."""

SHOWN_FROM, FAIRLY_SURE_FROM, AGREED_FROM = 0.5, 0.75, 0.8
FEWEST_TO_AGREE = 3
EVEN: Probabilities = (0.2, 0.2, 0.2, 0.2, 0.2)
_NAMED = tuple(TalkingLevel)

FADED_OUT_DAYS = 3 * HALF_LIFE_DAYS
"""Older reports still count a little, but not as parents who agree."""


def posterior(
    claim: int | None,
    reports: Sequence[Report],
    prior: Probabilities,
    tables: Tables = STARTING_TABLES,
) -> Probabilities:
    """Chance of each talking level, given what people said: five floats that sum to 1.

    claim: the organiser's own level, 1 to 5, or None. reports: parents' levels with their
    age in days, in any order. prior: from prior_for. ValueError for a level outside 1 to 5.
    """
    return combined(claim, faded(reports), prior, tables)


def faded(reports: Sequence[Report]) -> Probabilities:
    """The weight of the reports at each level: 1 for a report of today, half for one a year old.

    The sum does not depend on their order, so a rebuild gives exactly the same numbers.
    """
    parts: tuple[list[float], ...] = ([], [], [], [], [])
    for level, age_days in reports:
        _check(level)
        parts[level - 1].append(0.5 ** (max(age_days, 0.0) / HALF_LIFE_DAYS))
    one, two, three, four, five = map(fsum, parts)
    return one, two, three, four, five


def combined(
    claim: int | None, weights: Probabilities, prior: Probabilities, tables: Tables
) -> Probabilities:
    """The posterior from reports that are already faded and counted by level."""
    scores = [log(p) if p > 0 else -1e9 for p in prior]
    total = fsum(weights)
    if total > 0:
        each = 1 / (1 + ALIKE * max(0.0, total - 1))
        one, two, three, four, five = (each * w for w in weights)
        for k, row in enumerate(log_chances(tables.parents)):
            scores[k] += (
                one * row[0] + two * row[1] + three * row[2] + four * row[3] + five * row[4]
            )
    if claim is not None:
        _check(claim)
        for k, row in enumerate(log_chances(tables.organisers)):
            scores[k] += row[claim - 1]
    highest = max(scores)
    return summing_to_one([exp(score - highest) for score in scores])


def shown_level(probabilities: Sequence[float]) -> TalkingLevel:
    """The lowest level that the group probably keeps to, so that a filter and a page agree."""
    return _lowest(probabilities, SHOWN_FROM)


def sure_level(probabilities: Sequence[float]) -> TalkingLevel:
    """The lowest level that the group keeps to, fairly surely."""
    return _lowest(probabilities, FAIRLY_SURE_FROM)


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
    fresh = [report for report in reports if report[1] <= FADED_OUT_DAYS]
    if len(fresh) < FEWEST_TO_AGREE:
        return None
    reported = summing_to_one(list(faded(fresh)))
    with_claim = posterior(claim, reports, prior, tables)
    without = posterior(None, reports, prior, tables)
    return max(
        _lowest(reported, SHOWN_FROM, is_reached_by_half=False),
        _lowest(with_claim, AGREED_FROM),
        _lowest(without, AGREED_FROM),
    )


def rate(
    claim: int | None,
    reports: Sequence[Report],
    format: Format,
    venue_kind: VenueKind,
    tables: Tables = STARTING_TABLES,
) -> Talking:
    """All that a page shows of one group's talking, from what people said about it."""
    prior = prior_for(format, venue_kind, tables)
    chances = posterior(claim, reports, prior, tables)
    level, counts = shown_level(chances), counts_of(said for said, _ in reports)
    sure = sure_by_parents(chances, reports)
    return Talking(
        level=level,
        probabilities=chances,
        sentence=sentence(level, counts, claim),
        is_known=claim is not None or bool(reports),
        counts=counts,
        claimed_level=None if claim is None else _NAMED[claim - 1],
        is_sure=sure is not None and sure <= level,
        usual_level=shown_level(prior),
        weighed_most=weighed_most(claim, reports, prior, tables),
    )


def sure_by_parents(
    probabilities: Sequence[float], reports: Sequence[Report]
) -> TalkingLevel | None:
    """The sure level, or None without a parent's report: then no band is above "probably".

    Introductions are sure only where they themselves are likely enough, since every group keeps
    to "introductions or less".
    """
    if not reports:
        return None
    level = sure_level(probabilities)
    if level is TalkingLevel.INTRODUCTIONS and probabilities[-1] < FAIRLY_SURE_FROM:
        return None
    return level


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


def _lowest(
    probabilities: Sequence[float], threshold: float, *, is_reached_by_half: bool = True
) -> TalkingLevel:
    for k, chance in zip(LEVELS[:-1], accumulate(probabilities), strict=False):
        if chance > threshold or (is_reached_by_half and chance == threshold):
            return _NAMED[k - 1]
    return TalkingLevel.INTRODUCTIONS


def _check(level: int) -> None:
    if level not in LEVELS:
        raise ValueError(f"a talking level is 1 to 5, not {level}")
