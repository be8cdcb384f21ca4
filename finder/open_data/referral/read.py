"""Reads services of any Open Referral UK feed, 3.0 or the older 1.0, as listings to take.

Feeds are other people's: nothing in one is trusted to be of the type that it should be.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from html import unescape
from html.parser import HTMLParser
from math import ceil, floor
from typing import TypeGuard

from finder.domain.ages import OLDEST_MONTHS, OPEN_END_MONTHS
from finder.domain.cost import Cost, parse_cost
from finder.domain.groups import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    GettingIn,
    GroupDraft,
    VenueDraft,
)
from finder.domain.readable import clean
from finder.domain.refused import Refused
from finder.domain.vocabulary import Booking, CostKind
from finder.open_data.feed_import.feed_listing import LONGEST_SOURCE_ID, Offer, Skipped
from finder.open_data.referral.choosing import (
    Words,
    booking_of,
    format_of,
    is_for_them,
    is_surely_not,
    venue_kind_of,
)
from finder.open_data.referral.read_own import CONTROLS, is_own, own_draft, own_location_id
from finder.open_data.referral.shapes import JsonObject
from finder.open_data.referral.times import sessions_of
from finder.places.rules import Found

Locate = Callable[[str], Found | None]

LONGEST_LINK = 500
LONGEST_REF = 120
NO_PRICE_NOTE = "Its source names no price. Ask before you go."
WHOLE = (
    "service_at_locations",
    "schedules",
    "attributes",
    "regular_schedules",
    "service_taxonomys",
    "eligibilitys",
)
"""A service that has any of these is whole; one without is a line of a list."""


def is_service(thing: object) -> TypeGuard[JsonObject]:
    """Whether this is a service, rather than a taxonomy, an organisation or a description."""
    return isinstance(thing, Mapping) and "id" in thing and ("status" in thing or is_whole(thing))


def is_whole(service: JsonObject) -> bool:
    """Whether it has more than a line of a list."""
    return any(name in service for name in WHOLE)


def may_be_for_them(service: JsonObject) -> bool:
    """Whether a line of a list is worth asking for the whole of it, which alone has the terms."""
    return not is_surely_not(_words(service)) and _is_running(service)


def offers_of(service: JsonObject, locate: Locate, today: date) -> list[Offer]:
    """What a service offers: one listing for each place where it is, or why there is none."""
    id_, name = _text(service.get("id")), _text(service.get("name"))
    if not id_ or len(id_) > LONGEST_SOURCE_ID // 2:
        return [Offer(id_[:LONGEST_SOURCE_ID], name, why=Skipped.BROKEN)]
    if not _is_running(service):
        return [Offer(id_, name, why=Skipped.NOT_RUNNING)]
    try:
        if is_own(service):
            return [_own(service, id_, name)]
        words = _words(service)
        if not is_for_them(words):
            return [Offer(id_, name, why=Skipped.NOT_FOR_THEM)]
        places = list(_places(service))
        if not places:
            return [Offer(id_, name, why=Skipped.NO_POSTCODE)]
        one = _Source(service, words, id_, len(places) == 1, locate, today)
        return [_offer(one, place) for place in places]
    except (Refused, AttributeError, KeyError, TypeError, ValueError, IndexError, OverflowError):
        return [Offer(id_, name, why=Skipped.BROKEN)]


@dataclass(frozen=True)
class _Place:
    """Where a service is, of either version, with its times there."""

    id: str
    name: str
    street: str
    city: str
    postcode: str
    schedules: tuple[JsonObject, ...]


@dataclass(frozen=True)
class _Source:
    service: JsonObject
    words: Words
    id: str
    is_at_one_place: bool
    locate: Locate
    today: date


def _own(service: JsonObject, id_: str, name: str) -> Offer:
    location_id = _text(own_location_id(service))[:LONGEST_REF]
    return Offer(id_, name, own_draft(service), location_id=location_id)


def _offer(one: _Source, place: _Place) -> Offer:
    id_ = one.id if one.is_at_one_place else f"{one.id}/{place.id}"[:LONGEST_SOURCE_ID]
    name = one.words.name
    found = one.locate(place.postcode) if place.postcode else None
    if found is None:
        return Offer(id_, name, why=Skipped.NO_POSTCODE)
    sessions = sessions_of([*place.schedules, *_things(one.service, "schedules")], one.today)
    sessions = sessions or sessions_of(_things(one.service, "regular_schedules"), one.today)
    if not sessions:
        return Offer(id_, name, why=Skipped.NO_SCHEDULE)
    try:
        cost, how_to_pay = _cost(one.service)
    except Refused:
        return Offer(id_, name, why=Skipped.NO_PRICE)
    link = _link(one.service.get("url"))
    booking = booking_of(one.words, link)
    youngest, oldest = _ages(one.words)
    draft = GroupDraft(
        ref=id_[:LONGEST_REF],
        name=name[:LONGEST_NAME],
        organiser=_organiser(one.service) or name[:LONGEST_NAME],
        venue=_venue(place, found),
        format=format_of(one.words),
        sessions=sessions,
        cost=cost,
        booking=booking,
        age_from_months=youngest,
        age_to_months=oldest,
        summary=one.words.description[:LONGEST_TEXT],
        getting_in=GettingIn(how_to_pay=how_to_pay),
        booking_url=link if booking is Booking.BOOK_AHEAD else "",
        website=link,
    )
    return Offer(id_, name, draft, location_id=place.id)


def _venue(place: _Place, found: Found) -> VenueDraft:
    return VenueDraft(
        name=(place.name or place.street or place.postcode)[:LONGEST_NAME],
        kind=venue_kind_of(place.name),
        street=place.street[:LONGEST_LINE],
        locality=(place.city or place.postcode.split(" ", 1)[0])[:LONGEST_NAME],
        postcode=found.label,
        place=found.place,
        nation=found.nation,
        council_code=found.council_code,
    )


def _places(service: JsonObject) -> Iterator[_Place]:
    """Each place once, of a service of either version."""
    seen: set[str] = set()
    for there in _things(service, "service_at_locations"):
        location = there.get("location")
        if not isinstance(location, Mapping):
            continue
        addresses = _things(location, "addresses") or _things(location, "physical_addresses")
        address: JsonObject = addresses[0] if addresses else {}
        id_ = (_text(location.get("id")) or _text(there.get("id")))[:LONGEST_REF]
        if id_ in seen:
            continue
        seen.add(id_)
        yield _Place(
            id_,
            _text(location.get("name")),
            _text(address.get("address_1")),
            _text(address.get("city")) or _text(address.get("region")),
            _text(address.get("postal_code")),
            (*_things(there, "schedules"), *_things(there, "regular_schedules"),
             *_things(location, "schedules"), *_things(location, "regular_schedules")),
        )  # fmt: skip


def _words(service: JsonObject) -> Words:
    terms = [
        _text(term.get("name"))
        for owner, name in (("attributes", "taxonomy_term"), ("service_taxonomys", "taxonomy"))
        for one in _things(service, owner)
        if isinstance(term := one.get(name), Mapping)
    ]
    eligible: JsonObject = next(iter(_things(service, "eligibilitys")), {})
    ages = [
        _number(service.get(name)) if service.get(name) is not None else _number(eligible.get(name))
        for name in ("minimum_age", "maximum_age")
    ]
    return Words(
        _text(service.get("name")), _prose(service.get("description")), terms, ages[0], ages[1]
    )


def _is_running(service: JsonObject) -> bool:
    return _text(service.get("status")).casefold() in {"active", ""}


def _ages(words: Words) -> tuple[int, int]:
    """Months, rounded outwards."""
    youngest = floor((words.minimum_age or 0) * 12)
    oldest = ceil((words.maximum_age or OPEN_END_MONTHS / 12) * 12)
    youngest = min(max(youngest, 0), OLDEST_MONTHS)
    return youngest, max(youngest, min(oldest, OLDEST_MONTHS))


def _cost(service: JsonObject) -> tuple[Cost, str]:
    """The cost, and a line for how to pay. Refused where there is a price that we can't read."""
    fees = _text(service.get("fees"))
    sums = [_number(one.get("amount")) for one in _things(service, "cost_options")]
    amounts = sorted({round(amount * 100) for amount in sums if amount is not None})
    if amounts and amounts[-1] == 0:
        return Cost(CostKind.FREE), ""
    if amounts:
        return Cost(CostKind.EACH_TIME, amounts[0] or amounts[1]), fees[:LONGEST_LINE]
    words = fees or _text(next(iter(_things(service, "cost_options")), {}).get("option"))
    return (parse_cost(words), "") if words else (Cost(CostKind.FREE), NO_PRICE_NOTE)


def _organiser(service: JsonObject) -> str:
    its = service.get("organization")
    return _text(its.get("name"))[:LONGEST_NAME] if isinstance(its, Mapping) else ""


def _link(given: object) -> str:
    link = _text(given)
    is_whole_link = link.startswith(("https://", "http://")) and " " not in link
    return link if is_whole_link and len(link) <= LONGEST_LINK else ""


def _things(owner: JsonObject, name: str) -> list[JsonObject]:
    """The objects of a list; nothing where it is none."""
    found = owner.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _number(given: object) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    try:
        number = float(given)
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number <= 1_000 else None


def _text(given: object) -> str:
    """One line, without what no database can hold."""
    if not isinstance(given, str):
        return str(given) if isinstance(given, int) and not isinstance(given, bool) else ""
    return " ".join(clean(given.translate(CONTROLS)).split())


class _Prose(HTMLParser):
    """The words of a text with markup in it, its paragraphs as lines."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in {"p", "br", "li", "div", "h1", "h2", "h3", "tr"}:
            self.parts.append("\n")


def _prose(given: object) -> str:
    if not isinstance(given, str):
        return ""
    reader = _Prose()
    with suppress(AssertionError):  # raised for a broken "<![": keep what was read
        reader.feed(given.translate(CONTROLS)[: LONGEST_TEXT * 5])
        reader.close()
    lines = (" ".join(line.split()) for line in clean(unescape("".join(reader.parts))).splitlines())
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT].strip()
