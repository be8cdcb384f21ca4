"""The talking rating: how much a group asks of you, from what people said of it.

Formulas, sources and limits are in docs/talking.md. Pure: no clock, no disk.
"""

from collections.abc import Sequence

from finder.domain.groups import Talking
from finder.domain.talking.beliefs import STARTING_TABLES, Probabilities, Tables
from finder.domain.talking.evidence import Source, counts_of, sentence
from finder.domain.talking.model import (
    FAIRLY_SURE_FROM,
    Report,
    posterior,
    prior_for,
    shown_level,
    sure_level,
)
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind

EVEN: Probabilities = (0.2, 0.2, 0.2, 0.2, 0.2)
_NAMED = tuple(TalkingLevel)


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
    level = sure_level(probabilities, len(reports))
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
