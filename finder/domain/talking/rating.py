"""The talking rating: how much a group asks of you, from what people said of it.

Formulas, sources and limits are in docs/talking.md. Pure: no clock, no disk.
"""

from collections.abc import Sequence

from finder.domain.groups import Talking
from finder.domain.talking.beliefs import STARTING_TABLES, Tables
from finder.domain.talking.evidence import counts_of, sentence
from finder.domain.talking.model import (
    Report,
    posterior,
    prior_for,
    shown_level,
    sure_level,
    weighed_most,
)
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind

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
    sure = sure_level(chances, len(reports))
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
