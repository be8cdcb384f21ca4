"""Words as bits: each its own, and back."""

from itertools import chain

from finder.domain.facts import Fact
from finder.domain.vocabulary import Booking, CostFilter, CostKind, Format, Size, VenueKind, Weekday
from finder.listings.rules import (
    TRAITS,
    facts_in,
    facts_mask,
    formats_in,
    traits_mask,
    traits_of,
)

KINDS = (Format, VenueKind, CostFilter, Size, Booking, Weekday)


def test_every_word_that_a_search_may_ask_has_a_bit_of_its_own() -> None:
    words = list(chain.from_iterable(KINDS))

    assert len({traits_mask([word]) for word in words}) == len(words)
    assert set(TRAITS) == {(type(word), word) for word in words}


def test_a_mask_fits_into_a_databases_whole_number() -> None:
    assert traits_mask(chain.from_iterable(KINDS)) < 1 << 63
    assert facts_mask(Fact) < 1 << 63


def test_formats_and_facts_come_back_from_their_bits() -> None:
    formats, facts = frozenset({Format.OTHER, Format.SOFT_PLAY}), frozenset({Fact.SING, Fact.DADS})

    assert formats_in(traits_mask([*formats, VenueKind.OTHER])) == formats
    assert facts_in(facts_mask(facts)) == facts


def test_a_block_and_a_price_each_time_are_both_paid() -> None:
    for kind in (CostKind.BLOCK, CostKind.EACH_TIME):
        mask = traits_of([Format.CRAFT], VenueKind.CAFE, kind, Booking.DROP_IN, None, [Weekday.SUN])

        assert mask == traits_mask(
            [Format.CRAFT, VenueKind.CAFE, CostFilter.PAID, Booking.DROP_IN, Weekday.SUN]
        )
