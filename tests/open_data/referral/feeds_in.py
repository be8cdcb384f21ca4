"""Services of other people's feeds, 3.0 and 1.0, for tests."""

from datetime import date
from typing import Any

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.open_data.feed_import.feed_listing import Offer
from finder.open_data.referral.read import offers_of
from finder.places.rules import Covers, Found

TODAY = date(2026, 11, 24)
LEITH = Place(55.976, -3.1657)
KNOWN = {"EH6 7BS": Found("EH6 7BS", LEITH, Covers.POSTCODE, Nation.SCOTLAND, "S12000036")}


def service(id_: str = "s1", **changes: Any) -> dict[str, Any]:
    """A plain toddler group as a feed of 3.0 has it, with something changed."""
    plain = {
        "id": id_,
        "name": "Toddler Time",
        "description": "<p>Songs &amp; toys.</p><p>Tea for grown-ups.</p>",
        "status": "active",
        "url": "https://example.org/toddlers",
        "minimum_age": 0.5,
        "maximum_age": 4,
        "organization": {"id": "o1", "name": "Harbour Council", "description": "A council"},
        "schedules": [{"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "11:30"}],
        "cost_options": [{"id": "c1", "option": "Each", "amount": 1.5}],
        "service_at_locations": [{"id": "sal1", "location": location()}],
        "attributes": [],
    }
    return {**plain, **changes}


def location(id_: str = "l1", postcode: str = "EH6 7BS", name: str = "Harbour Library") -> Any:
    """A place as a feed of 3.0 has it."""
    address = {"address_1": "1 Example Street", "city": "Leith", "postal_code": postcode}
    return {"id": id_, "location_type": "physical", "name": name, "addresses": [address]}


def old_service(**changes: Any) -> dict[str, Any]:
    """A service as a feed of 1.0 has it."""
    plain = {
        "id": "s1",
        "name": "Harbour Songs",
        "description": "Come and sing",
        "status": "active",
        "url": "https://example.org/songs",
        "fees": None,
        "eligibilitys": [{"id": "e1", "minimum_age": 0, "maximum_age": 2}],
        "organization": {"id": "o1", "name": "Harbour Council"},
        "service_taxonomys": [
            {"id": "t1", "taxonomy": {"id": "x", "name": "Baby groups", "vocabulary": "v"}}
        ],
        "regular_schedules": [
            {"id": "r", "byday": "MO", "freq": "WEEKLY", "opens_at": "09:30", "closes_at": "10:30"}
        ],
        "cost_options": [{"id": "c", "amount": 0, "option": "Free"}],
        "service_at_locations": [
            {
                "id": "sal1",
                "location": {
                    "id": "l1",
                    "name": "St Olave’s Church Hall",
                    "physical_addresses": [
                        {"address_1": "2 Example Street", "city": "Leith", "postal_code": "EH6 7BS"}
                    ],
                },
            }
        ],
    }
    return {**plain, **changes}


def offers(thing: Any) -> list[Offer]:
    """What a service offers, where only EH6 7BS is known."""
    return offers_of(thing, KNOWN.get, TODAY)
