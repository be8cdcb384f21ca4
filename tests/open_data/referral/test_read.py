"""Listings out of other people's feeds, of 3.0 and 1.0, whatever stands in them."""

from datetime import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.domain.cost import Cost
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import Booking, CostKind, Format, VenueKind, Weekday
from finder.open_data.feed_import.feed_listing import Offer, Skipped
from finder.open_data.referral.read import NO_PRICE_NOTE, is_service, may_be_for_them
from finder.open_data.referral.write import service as written
from tests.open_data.referral import uk_profile
from tests.open_data.referral.feeds_in import location, offers, old_service, service
from tests.support.examples import SONGS, as_listed


def test_a_service_of_3_0_is_a_listing() -> None:
    [offered] = offers(service())

    draft = offered.draft
    assert draft is not None
    assert (offered.source_id, offered.location_id, draft.ref) == ("s1", "l1", "s1")
    assert (draft.name, draft.organiser) == ("Toddler Time", "Harbour Council")
    assert draft.summary == "Songs & toys.\nTea for grown-ups."
    assert draft.sessions == (Session(Weekday.TUE, time(10), time(11, 30)),)
    assert draft.cost == Cost(CostKind.EACH_TIME, 150)
    assert (draft.age_from_months, draft.age_to_months) == (6, 48)
    assert (draft.venue.name, draft.venue.kind) == ("Harbour Library", VenueKind.LIBRARY)
    assert (draft.venue.postcode, draft.venue.council_code) == ("EH6 7BS", "S12000036")
    assert draft.website == "https://example.org/toddlers"
    assert (draft.claimed_level, dict(draft.facts), draft.booking) == (None, {}, Booking.DROP_IN)


def test_a_service_of_1_0_is_a_listing() -> None:
    [offered] = offers(old_service())

    draft = offered.draft
    assert draft is not None
    assert (draft.name, draft.format) == ("Harbour Songs", Format.SINGING)
    assert draft.sessions == (Session(Weekday.MON, time(9, 30), time(10, 30)),)
    assert draft.cost == Cost(CostKind.FREE)
    assert (draft.age_from_months, draft.age_to_months) == (0, 24)
    assert (draft.venue.kind, draft.venue.street) == (VenueKind.CHURCH_HALL, "2 Example Street")


def why(thing: Any) -> Skipped | None:
    [offered] = offers(thing)
    return offered.why


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"minimum_age": 12, "maximum_age": 100}, Skipped.NOT_FOR_THEM),
        ({"status": "defunct"}, Skipped.NOT_RUNNING),
        ({"status": "temporarily closed"}, Skipped.NOT_RUNNING),
        ({"service_at_locations": []}, Skipped.NO_POSTCODE),
        ({"service_at_locations": None}, Skipped.NO_POSTCODE),
        ({"service_at_locations": [{"location": location(postcode="EH99 9ZZ")}]},
         Skipped.NO_POSTCODE),
        ({"service_at_locations": [{"location": location(postcode="")}]}, Skipped.NO_POSTCODE),
        ({"schedules": []}, Skipped.NO_SCHEDULE),
        ({"schedules": [{"byday": "MO"}]}, Skipped.NO_SCHEDULE),
        ({"cost_options": [], "fees": "It varies"}, Skipped.NO_PRICE),
        ({"id": ""}, Skipped.BROKEN),
        ({"id": "x" * 200}, Skipped.BROKEN),
        ({"name": "", "maximum_age": 3}, Skipped.BROKEN),
    ],
)  # fmt: skip
def test_what_is_not_taken_says_why(changes: dict[str, Any], reason: Skipped) -> None:
    assert why(service(**changes)) is reason


@pytest.mark.parametrize(
    ("changes", "cost"),
    [
        ({"cost_options": [{"amount": 0}]}, Cost(CostKind.FREE)),
        ({"cost_options": [{"amount": "2.50"}, {"amount": 0}]}, Cost(CostKind.EACH_TIME, 250)),
        ({"cost_options": [], "fees": "Donation £1"}, Cost(CostKind.DONATION, 100)),
        ({"cost_options": [{"option": "Free"}]}, Cost(CostKind.FREE)),
        ({"cost_options": []}, Cost(CostKind.FREE)),
    ],
)
def test_the_price_is_what_the_feed_says(changes: dict[str, Any], cost: Cost) -> None:
    [offered] = offers(service(**changes))

    assert offered.draft is not None
    assert offered.draft.cost == cost
    is_silent = changes == {"cost_options": []}
    assert (offered.draft.getting_in.how_to_pay == NO_PRICE_NOTE) == is_silent


def test_a_service_at_two_places_is_two_listings_with_ids_that_stay() -> None:
    there = [{"id": "a", "location": location("l1")}, {"id": "b", "location": location("l2")}]
    there.append({"id": "c", "location": location("l2")})

    ids = [one.source_id for one in offers(service(service_at_locations=there))]

    assert ids == ["s1/l1", "s1/l2"]


def test_times_of_a_place_are_taken_before_those_of_the_service() -> None:
    own = [{"byday": "FR", "opens_at": "14:00", "closes_at": "15:00"}]
    there = [{"id": "a", "schedules": own, "location": location()}]
    [offered] = offers(service(service_at_locations=there, schedules=[]))

    assert offered.draft is not None
    assert offered.draft.sessions == (Session(Weekday.FRI, time(14), time(15)),)


def test_what_we_wrote_ourselves_comes_back_whole() -> None:
    one = as_listed(SONGS)
    [offered] = offers(written(one, "https://example.org/"))

    assert offered == Offer(str(one.public_id), SONGS.name, SONGS, location_id=str(one.venue_id))


def test_markup_and_controls_are_left_behind() -> None:
    mess = service(
        name="Toddler\0 \x1b[31mTime ",
        description="<script>x</script><![odd[ <p>Songs\0</p>",
        url="javascript:alert(1)",
    )
    [offered] = offers(mess)

    assert offered.draft is not None
    assert offered.draft.name == "Toddler [31mTime"
    assert "<" not in offered.draft.summary
    assert offered.draft.website == ""


def test_a_service_is_told_from_the_other_things_of_a_feed() -> None:
    examples = {
        name: uk_profile.read(f"examples/{name}.json")
        for name in ("api_details", "taxonomy", "taxonomy_term", "service_full")
    }

    assert [name for name, one in examples.items() if is_service(one)] == ["service_full"]
    assert not may_be_for_them(examples["service_full"])


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.integers(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([service(), old_service(), written(as_listed(SONGS), "https://x.org/")]),
       st.data())  # fmt: skip
def test_nothing_that_a_feed_holds_stops_the_reading(plain: Any, data: st.DataObject) -> None:
    for name in data.draw(st.lists(st.sampled_from(sorted(plain)), min_size=1, max_size=3)):
        plain = {**plain, name: data.draw(JUNK)}

    for offered in offers(plain):
        assert (offered.draft is None) == (offered.why is not None)
