"""JSON-LD: what search engines read of a group, as another program reads it."""

import json
from dataclasses import replace
from datetime import datetime, time
from random import Random
from typing import Any
from uuid import UUID

import pytest
from pyld import jsonld

from finder.domain.cost import Cost
from finder.domain.schedule.sessions import Session, upcoming
from finder.domain.vocabulary import CostKind, Repeats, Weekday
from finder.group_page.json_ld import event_series
from finder.group_page.rules import ListingPage
from tests.support.examples import NO_TERMS, TUESDAY_NOON, any_group, as_listed, group

ADDRESS, PICTURE = "https://example.org/groups/1", "https://example.org/share.png"
SCHEMA = "https://schema.org/"


def page_of(draft: Any, **changes: Any) -> ListingPage:
    venue = draft.venue
    calendar = NO_TERMS.of(venue.nation, venue.council_code)
    off = changes.pop("cancelled", {})
    return ListingPage(
        public_id=UUID(int=1),
        draft=draft,
        talking=as_listed(draft).talking,
        facts=(),
        next_occurrences=tuple(upcoming(draft.sessions, TUESDAY_NOON, calendar, off)),
        checked_on=None,
        updated_at=TUESDAY_NOON,
        **changes,
    )


def read(draft: Any, **changes: Any) -> Any:
    return json.loads(event_series(page_of(draft, **changes), ADDRESS, PICTURE))


def expanded(text: str) -> Any:
    """As pyld reads it; schema.org's context is not fetched, every word is its vocabulary's."""

    def context(_url: str, _options: object) -> dict[str, Any]:
        words = {"@context": {"@vocab": SCHEMA, "id": "@id", "type": "@type"}}
        return {"contextUrl": None, "documentUrl": SCHEMA, "document": words}

    (found,) = jsonld.expand(json.loads(text), {"documentLoader": context})
    return found


def test_every_date_holds_what_google_requires_and_recommends() -> None:
    random = Random(5)
    for number in range(100):
        page = page_of(any_group(f"g{number}", random))
        text = event_series(page, ADDRESS, PICTURE)
        if not text:
            assert not [one for one in page.next_occurrences if not one.is_cancelled]
            continue

        series = expanded(text)
        dates = series[SCHEMA + "subEvent"]

        assert series["@type"] == [SCHEMA + "EventSeries"]
        assert len(dates) == len(page.next_occurrences)
        for event in (series, *dates):
            assert event[SCHEMA + "name"][0]["@value"] == f"Group g{number}"
            begin = datetime.fromisoformat(event[SCHEMA + "startDate"][0]["@value"])
            assert begin.tzinfo
            assert begin < datetime.fromisoformat(event[SCHEMA + "endDate"][0]["@value"])
            (place,) = event[SCHEMA + "location"]
            (address,) = place[SCHEMA + "address"]
            assert address[SCHEMA + "postalCode"] == [{"@value": "EH6 7BS"}]
            for name in ("eventStatus", "eventAttendanceMode", "offers", "organizer", "image",
                         "description"):  # fmt: skip
                assert event[SCHEMA + name], name


def test_a_summer_date_has_the_offset_of_summer() -> None:
    session = Session(Weekday.SUN, time(10), time(11), first_on=datetime(2027, 3, 28).date())  # noqa: DTZ001

    assert read(group("g", sessions=(session,)))["startDate"] == "2027-03-28T10:00:00+01:00"


def test_a_date_cancelled_is_said_to_be_so_and_never_leads() -> None:
    session = Session(Weekday.TUE, time(10), time(11))
    first = upcoming([session], TUESDAY_NOON, NO_TERMS.of(group("g").venue.nation), {})[0]

    series = read(group("g", sessions=(session,)), cancelled={session: {first.on: "Snow"}})

    assert series["subEvent"][0]["eventStatus"].endswith("EventCancelled")
    assert series["eventStatus"].endswith("EventScheduled")
    assert series["startDate"] == series["subEvent"][1]["startDate"]


def test_nothing_that_somebody_typed_ends_the_script() -> None:
    nasty = group("g", summary="</script><script>alert(1)</script><!-- \u2028 &amp;")
    text = event_series(page_of(nasty), ADDRESS, PICTURE)

    assert "<" not in text
    assert json.loads(text)["description"] == nasty.summary


@pytest.mark.parametrize(
    ("cost", "is_free", "price"),
    [
        (Cost(CostKind.FREE), True, "0.00"),
        (Cost(CostKind.DONATION), None, None),
        (Cost(CostKind.DONATION, 150), None, "1.50"),
        (Cost(CostKind.EACH_TIME, 450), False, "4.50"),
        (Cost(CostKind.BLOCK, 3600, block_sessions=6), False, "36.00"),
    ],
)
def test_the_cost_is_promised_as_it_is(cost: Cost, is_free: bool | None, price: str | None) -> None:
    series = read(replace(group("g"), cost=cost))

    assert series.get("isAccessibleForFree") == is_free
    assert series["offers"].get("price") == price
    assert series["offers"]["description"] == cost.label()


@pytest.mark.parametrize(
    ("repeats", "every", "day"),
    [
        (Repeats.WEEKLY, "P1W", "https://schema.org/Tuesday"),
        (Repeats.FORTNIGHTLY, "P2W", "https://schema.org/Tuesday"),
        (Repeats.SECOND, "P1M", "2TU"),
        (Repeats.LAST, "P1M", "-1TU"),
    ],
)
def test_how_often_is_said_as_a_schedule(repeats: Repeats, every: str, day: str) -> None:
    first = datetime(2026, 12, 1).date()  # noqa: DTZ001
    session = Session(Weekday.TUE, time(10), time(11), repeats, first_on=first)

    (schedule,) = read(group("g", sessions=(session,)))["eventSchedule"]

    assert schedule["repeatFrequency"] == every
    assert schedule["byDay"] == day
    assert schedule["scheduleTimezone"] == "Europe/London"
    assert schedule["startDate"] == "2026-12-01"


def test_a_group_without_a_date_is_no_event() -> None:
    over = Session(Weekday.TUE, time(10), time(11), last_on=datetime(2026, 1, 6).date())  # noqa: DTZ001

    assert event_series(page_of(group("g", sessions=(over,))), ADDRESS, PICTURE) == ""


def test_ages_are_said_in_years_and_in_months() -> None:
    series = read(group("g", age_from_months=6, age_to_months=30))

    assert series["typicalAgeRange"] == "0-3"
    assert series["audience"]["suggestedAge"]["minValue"] == 6
    assert series["audience"]["childMaxAge"] == 2.5
