"""A draft refuses what a parent could not act on, and says what to do."""

from dataclasses import replace
from datetime import time

import pytest

from finder.domain.cost import Cost
from finder.domain.facts import Fact
from finder.domain.groups import GroupDraft, Place, Step, VenueDraft
from finder.domain.refused import Refused
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import Booking, CostKind, Expected, Format, Nation, VenueKind, Weekday

HALL = VenueDraft(
    "Harbour Hall",
    VenueKind.CHURCH_HALL,
    "1 Example Street",
    "Leith",
    "EH6 7BS",
    Place(55.976, -3.1657),
    Nation.SCOTLAND,
)
GROUP = GroupDraft(
    ref="songs",
    name="Harbour Songs",
    organiser="Harbour Trust",
    venue=HALL,
    format=Format.SINGING,
    sessions=(Session(Weekday.TUE, time(10), time(11)),),
    cost=Cost(CostKind.FREE),
    booking=Booking.DROP_IN,
    age_from_months=0,
    age_to_months=24,
)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"organiser": ""}, "organiser"),
        ({"age_from_months": 25}, "ages"),
        ({"age_to_months": 85}, "ages"),
        ({"sessions": ()}, "sessions"),
        ({"sessions": GROUP.sessions * 2}, "sessions"),
        ({"other_formats": frozenset({Format.SINGING})}, "other_formats"),
        ({"facts": {Fact.STEP_FREE: True}}, "facts"),
        ({"facts": {Fact.INCLUDED: True}}, "facts"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"booking": Booking.PHONE_ONLY}, "booking_phone"),
        ({"summary": "x" * 2001}, "summary"),
        ({"steps": (Step(0, "Arrive", Expected.NEITHER),) * 13}, "what_happens"),
    ],
    ids=str,
)
def test_a_group_that_makes_no_sense_is_refused_with_its_field(
    changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        replace(GROUP, **changes)

    assert refusal.value.field == field
    assert refusal.value.message


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "venue_name"),
        ({"locality": " "}, "locality"),
        ({"place": Place(48.85, 2.35)}, "postcode"),
        ({"facts": {Fact.SING: True}}, "facts"),
    ],
    ids=str,
)
def test_a_venue_that_nobody_could_find_is_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        replace(HALL, **changes)

    assert refusal.value.field == field


@pytest.mark.parametrize(("minutes", "what"), [(-1, "Arrive"), (601, "Arrive"), (5, " ")])
def test_a_step_needs_a_time_and_words(minutes: int, what: str) -> None:
    with pytest.raises(Refused):
        Step(minutes, what, Expected.NEITHER)


def test_the_main_format_is_one_of_the_formats() -> None:
    group = replace(GROUP, other_formats=frozenset({Format.CRAFT}))

    assert group.formats == {Format.SINGING, Format.CRAFT}
