"""Searches as anybody could ask them, for hypothesis."""

from datetime import date, time

from hypothesis import strategies as st

from finder.domain.facts import CAN_FACTS, NOT_FACTS
from finder.domain.vocabulary import (
    RADII_MILES,
    Booking,
    CostFilter,
    Format,
    Size,
    Sort,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.search.rules import SearchQuery, Soon

PLACES = ("EH6 7BS", "Hebden Bridge", "St Andrew’s & more", "a=b&c", "<b>", 'O\'Neil "x"', "5%+")

SEARCHES = st.builds(
    SearchQuery,
    near=st.sampled_from(PLACES),
    radius_miles=st.sampled_from(RADII_MILES),
    formats=st.frozensets(st.sampled_from(Format)),
    venue_kinds=st.frozensets(st.sampled_from(VenueKind)),
    costs=st.frozensets(st.sampled_from(CostFilter)),
    max_cost_pence=st.none() | st.integers(0, 999_999),
    days=st.frozensets(st.sampled_from(Weekday)),
    on=st.none() | st.sampled_from(list(Soon)) | st.dates(date(2026, 11, 1), date(2027, 1, 31)),
    starts_after=st.none() | st.sampled_from([time(8), time(10, 5)]),
    ends_before=st.none() | st.sampled_from([time(11), time(19, 45)]),
    age_months=st.none() | st.integers(0, 84),
    talking=st.sampled_from(TalkingLevel),
    is_sure=st.booleans(),
    can=st.frozensets(st.sampled_from(CAN_FACTS)),
    must_not=st.frozensets(st.sampled_from(NOT_FACTS)),
    include_unknown=st.booleans(),
    sizes=st.frozensets(st.sampled_from(Size)),
    booking=st.sampled_from([None, Booking.DROP_IN]),
    sort=st.sampled_from(Sort),
    page=st.integers(1, 10_000),
)
