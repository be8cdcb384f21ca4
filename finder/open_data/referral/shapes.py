"""HSDS-UK 3.0 as types: what we send out, held by mypy, and described by pydantic's JSON Schema."""

from collections.abc import Mapping
from typing import Required

from typing_extensions import TypedDict

from finder.open_data.referral.terms import TermShape

JsonObject = Mapping[str, object]
"""An object of somebody else's JSON. Nothing in it is sure to be of the type that it should be."""


class AttributeShape(TypedDict, total=False):
    """One statement about a service or location, in a word of a taxonomy."""

    id: Required[str]
    link_id: str
    taxonomy_term_id: str
    link_type: Required[str]
    value: str
    taxonomy_term: Required[TermShape]


class ScheduleShape(TypedDict, total=False):
    """One recurring slot, in Europe/London wall time."""

    id: Required[str]
    service_id: str
    freq: Required[str]
    interval: int
    byday: Required[str]
    dtstart: str
    valid_from: str
    valid_to: str
    opens_at: Required[str]
    closes_at: Required[str]
    description: str
    schedule_link: str
    attending_type: str
    notes: str


class CostShape(TypedDict, total=False):
    """One price. amount: pounds."""

    id: Required[str]
    service_id: str
    option: Required[str]
    amount: float
    amount_description: str


class AddressShape(TypedDict):
    """Where a location is."""

    id: str
    location_id: str
    address_1: str
    city: str
    state_province: str
    postal_code: str
    country: str
    address_type: str


class AccessibilityShape(TypedDict):
    """One thing about getting into a building."""

    id: str
    location_id: str
    accessibility: str


class LocationShape(TypedDict, total=False):
    """A venue. In a list it has no arrays."""

    id: Required[str]
    location_type: Required[str]
    name: Required[str]
    latitude: Required[float]
    longitude: Required[float]
    addresses: list[AddressShape]
    accessibility: list[AccessibilityShape]
    attributes: list[AttributeShape]


class OrganizationShape(TypedDict, total=False):
    """Who runs groups. On its own it has its services, as in a list."""

    id: Required[str]
    name: Required[str]
    description: Required[str]
    services: list["ServiceShape"]


class PlaceOfServiceShape(TypedDict, total=False):
    """A group at its venue: it has the group's own id, since a group meets at one venue."""

    id: Required[str]
    service_id: str
    location_id: str
    location: Required[LocationShape]
    service: "ServiceShape"


class ServiceShape(TypedDict, total=False):
    """A group. In a list it has no arrays. Ages are years."""

    id: Required[str]
    organization_id: str
    name: Required[str]
    description: str
    url: Required[str]
    status: Required[str]
    fees: str
    minimum_age: float
    maximum_age: float
    assured_date: str
    alert: str
    last_modified: Required[str]
    organization: Required[OrganizationShape]
    schedules: list[ScheduleShape]
    service_at_locations: list[PlaceOfServiceShape]
    cost_options: list[CostShape]
    attributes: list[AttributeShape]
