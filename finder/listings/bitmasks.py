"""Sets of words as whole numbers, so that a search compares bits instead of joining tables."""

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache
from itertools import chain

from finder.domain.facts import Fact
from finder.domain.vocabulary import Booking, CostFilter, CostKind, Format, Size, VenueKind, Weekday

TRAITS: Mapping[tuple[type[Enum], Enum], int] = {
    (words, trait): 1 << place
    for places, words in (
        (range(0, 24), Format),
        (range(24, 40), VenueKind),
        (range(40, 44), CostFilter),
        (range(44, 48), Size),
        (range(48, 56), Booking),
        (range(56, 63), Weekday),
    )
    for place, trait in zip(places, words, strict=False)
}
"""One bit for each word that a search may ask for. New words of a kind go to its end, and there
is room for them: stored masks keep their meaning. The kind is part of the key, since a word such
as `other` is of several kinds, and equal in all."""

COST_FILTER_OF = {
    CostKind.FREE: CostFilter.FREE,
    CostKind.DONATION: CostFilter.DONATION,
    CostKind.EACH_TIME: CostFilter.PAID,
    CostKind.BLOCK: CostFilter.PAID,
}


def traits_mask(traits: Iterable[Enum]) -> int:
    """The bits of these words."""
    return sum({TRAITS[type(trait), trait] for trait in traits})


def facts_mask(facts: Iterable[Fact]) -> int:
    """The bits of these facts."""
    return sum({fact.bit for fact in facts})


_FACT_BITS = tuple((fact.bit, fact) for fact in Fact)


@lru_cache(maxsize=4096)
def facts_in(mask: int) -> frozenset[Fact]:
    """The facts whose bits are set."""
    return frozenset([fact for bit, fact in _FACT_BITS if bit & mask])


def formats_in(mask: int) -> frozenset[Format]:
    """The formats whose bits are set."""
    return frozenset(format_ for format_ in Format if TRAITS[Format, format_] & mask)


def traits_of(
    formats: Iterable[Format],
    venue_kind: VenueKind,
    cost: CostKind,
    booking: Booking,
    size: Size | None,
    days: Iterable[Weekday],
) -> int:
    """The bits of one group. A size that nobody has told us has none."""
    sizes = (size,) if size else ()
    return traits_mask(chain(formats, (venue_kind, COST_FILTER_OF[cost], booking), sizes, days))
