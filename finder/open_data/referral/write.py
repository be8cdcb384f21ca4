"""Listings as Open Referral UK 3.0 (HSDS-UK): a group is a service, its venue a location.

What the standard has no field for stands in attributes (attributes.py), in the words of terms.py;
read_own.py reads it all back. Of reviews there are only counts and levels here.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import quote, urlsplit
from uuid import UUID, uuid5

from finder.domain.cost import Cost
from finder.domain.groups import VenueDraft
from finder.domain.vocabulary import CostKind, ListingState
from finder.open_data.listed import Listed
from finder.open_data.referral.attributes import attributes_of, building_of
from finder.open_data.referral.shapes import (
    AddressShape,
    CostShape,
    LocationShape,
    OrganizationShape,
    PlaceOfServiceShape,
    ServiceShape,
)
from finder.open_data.referral.times import schedules_of
from finder.open_data.rules import OpenOrganiser, OpenPage

VERSION = "HSDS-UK-3.0"
PROFILE = "https://docs.openreferraluk.org/en/latest/"
STATUS = {
    ListingState.PUBLISHED: "active",
    ListingState.PAUSED: "temporarily closed",
    ListingState.ENDED: "defunct",
}
EXAMPLE = "This is a made-up example, not a real group."
Item = TypeVar("Item")
_NO_ADDRESS = re.compile(r"[^A-Za-z0-9.-]|^$")


def about_api(openapi_address: str) -> dict[str, str]:
    """What stands at the root of the API."""
    return {"version": VERSION, "profile": PROFILE, "openapi_url": openapi_address}


def page_shape(page: OpenPage[Item], contents: Sequence[object]) -> dict[str, object]:
    """The envelope of a list."""
    return {
        "total_items": page.total,
        "total_pages": page.pages,
        "page_number": page.page,
        "size": len(contents),
        "first_page": page.page == 1,
        "last_page": page.page >= page.pages,
        "empty": not contents,
        "contents": contents,
    }


def service(one: Listed, address: str) -> ServiceShape:
    """A group with all that we know about it. address: the whole address of its page."""
    link = whole_uri(one.draft.booking_url)
    return {
        **service_in_list(one, address),
        "schedules": schedules_of(one, link),
        "service_at_locations": [
            {
                "id": str(one.public_id),
                "service_id": str(one.public_id),
                "location_id": str(one.venue_id),
                "location": location(one),
            }
        ],
        "cost_options": _costs(one.public_id, one.draft.cost),
        "attributes": attributes_of(one),
    }


def service_in_list(one: Listed, address: str) -> ServiceShape:
    """A group without its arrays, as a list has it."""
    draft = one.draft
    shape: ServiceShape = {
        "id": str(one.public_id),
        "organization_id": str(one.organiser_id),
        "name": draft.name,
        "url": whole_uri(draft.website) or address,
        "status": STATUS.get(one.state, "inactive"),
        "fees": draft.cost.label(),
        "minimum_age": round(draft.age_from_months / 12, 4),
        "maximum_age": round(draft.age_to_months / 12, 4),
        "last_modified": instant(one.updated_at),
        "organization": organization(one.organiser_id, draft.organiser),
    }
    if draft.summary:
        shape["description"] = draft.summary
    if one.checked_on:
        shape["assured_date"] = one.checked_on.isoformat()
    if draft.is_example:
        shape["alert"] = EXAMPLE
    return shape


def service_at_location(one: Listed, address: str) -> PlaceOfServiceShape:
    """A group at its venue, with all that we know about both."""
    whole = service(one, address)
    whole.pop("service_at_locations")
    return {
        "id": str(one.public_id),
        "service_id": str(one.public_id),
        "location_id": str(one.venue_id),
        "location": location(one),
        "service": whole,
    }


def service_at_location_in_list(one: Listed, address: str) -> PlaceOfServiceShape:
    """A group at its venue without arrays, as a list has it."""
    return {
        "id": str(one.public_id),
        "service_id": str(one.public_id),
        "location_id": str(one.venue_id),
        "location": _location_in_list(one),
        "service": service_in_list(one, address),
    }


def organization(public_id: UUID, name: str) -> OrganizationShape:
    """Who runs groups. The standard requires a description; we ask organisers for none."""
    return {"id": str(public_id), "name": name, "description": f"{name} runs groups for families."}


def organization_in_list(one: OpenOrganiser) -> OrganizationShape:
    """An organiser without its groups."""
    return organization(one.public_id, one.name)


def location(one: Listed) -> LocationShape:
    """A venue with its address and its facts."""
    venue_id, venue = one.venue_id, one.draft.venue
    return {
        **_location_in_list(one),
        "addresses": [_address(venue_id, venue)],
        "accessibility": [
            {
                "id": str(uuid5(venue_id, f"accessibility {fact.value}")),
                "location_id": str(venue_id),
                "accessibility": fact.yes if is_yes else fact.no,
            }
            for fact, is_yes in venue.facts.items()
        ],
        "attributes": building_of(one),
    }


def _location_in_list(one: Listed) -> LocationShape:
    venue = one.draft.venue
    return {
        "id": str(one.venue_id),
        "location_type": "physical",
        "name": venue.name,
        "latitude": venue.place.latitude,
        "longitude": venue.place.longitude,
    }


def _address(venue_id: UUID, venue: VenueDraft) -> AddressShape:
    return {
        "id": str(uuid5(venue_id, "address")),
        "location_id": str(venue_id),
        "address_1": venue.street or venue.name,
        "city": venue.locality,
        "state_province": venue.nation.label,
        "postal_code": venue.postcode,
        "country": "GB",
        "address_type": "physical",
    }


def _costs(group_id: UUID, cost: Cost) -> list[CostShape]:
    """Pounds. A donation without a suggested sum has no amount: it is neither free nor priced."""
    words = {
        CostKind.FREE: ("Free", ""),
        CostKind.DONATION: ("Donation", "suggested"),
        CostKind.EACH_TIME: ("Each visit", "each visit"),
        CostKind.BLOCK: ("Block", f"for {cost.block_sessions} sessions"),
    }
    option, says = words[cost.kind]
    pence = 0 if cost.kind is CostKind.FREE else cost.pence
    found = [_cost(group_id, option, pence, says)]
    if cost.sibling_pence is not None:
        found.append(_cost(group_id, "Sibling", cost.sibling_pence, "each sibling"))
    if cost.is_first_free:
        found.append(_cost(group_id, "First visit", 0, "the first visit"))
    return found


def _cost(group_id: UUID, option: str, pence: int | None, says: str) -> CostShape:
    shape: CostShape = {
        "id": str(uuid5(group_id, f"cost {option}")),
        "service_id": str(group_id),
        "option": option,
    }
    if pence is not None:
        shape["amount"] = pence / 100
    if says:
        shape["amount_description"] = says
    return shape


def instant(moment: datetime) -> str:
    """An instant as the standard has it: UTC, with a Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def whole_uri(typed: str) -> str:
    """A web address as a valid URI, or nothing where it can't be one."""
    try:
        host = urlsplit(typed).hostname or ""
        is_whole = bool(urlsplit(typed).port or True)
    except ValueError:
        return ""
    if not is_whole or _NO_ADDRESS.search(host):
        return ""
    return quote(typed, safe="%/:?#@!$&'()*+,;=~-._") if "%" not in typed else ""
