"""A group's page as schema.org events for search engines: an EventSeries and its next dates.

Each date has what Google's event documentation requires (name, startDate, location with an
address), and what it recommends as far as we know it.
"""

import json

from finder.domain.cost import Cost
from finder.domain.groups import GroupDraft, VenueDraft
from finder.domain.schedule.sessions import Occurrence, Session, ends_at, starts_at
from finder.domain.vocabulary import CostKind, Repeats
from finder.group_page.rules import ListingPage

SCHEMA = "https://schema.org"
NTH = {
    Repeats.FIRST: "1",
    Repeats.SECOND: "2",
    Repeats.THIRD: "3",
    Repeats.FOURTH: "4",
    Repeats.LAST: "-1",
}

Thing = dict[str, object]


def event_series(page: ListingPage, address: str, picture: str) -> str:
    """The text of a `<script type="application/ld+json">`, already safe for HTML.

    Empty where no date is known, since an event needs a date. address, picture: whole URLs.
    """
    coming = [one for one in page.next_occurrences if not one.is_cancelled]
    if not coming:
        return ""
    event = _event(page.draft, address, picture)
    part_of = {"superEvent": {"@id": f"{address}#series"}}
    series = {
        "@context": SCHEMA,
        "@type": "EventSeries",
        "@id": f"{address}#series",
        **event,
        **_dates(coming[0]),
        "eventSchedule": [_schedule(session) for session in page.draft.sessions],
        "subEvent": [
            {"@type": "Event", **event, **_dates(one), **part_of} for one in page.next_occurrences
        ],
    }
    text = json.dumps(series, ensure_ascii=False, separators=(",", ":"))
    # Text that somebody typed must not end the script or begin a comment in it.
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _event(draft: GroupDraft, address: str, picture: str) -> Thing:
    """The members that all dates of a group share."""
    website = {"url": draft.website} if draft.website else {}
    return {
        "name": draft.name,
        "description": draft.summary or f"{draft.format.label} for babies and toddlers.",
        "url": address,
        "image": [picture],
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "location": _place(draft.venue),
        "organizer": {"@type": "Organization", "name": draft.organiser, **website},
        "typicalAgeRange": f"{draft.age_from_months // 12}-{-(-draft.age_to_months // 12)}",
        "audience": _audience(draft),
        **_cost(draft.cost, draft.booking_url or address),
    }


def _dates(one: Occurrence) -> Thing:
    status = "EventCancelled" if one.is_cancelled else "EventScheduled"
    return {
        "startDate": starts_at(one).isoformat(),
        "endDate": ends_at(one).isoformat(),
        "eventStatus": f"{SCHEMA}/{status}",
    }


def _place(venue: VenueDraft) -> Thing:
    return {
        "@type": "Place",
        "name": venue.name,
        "address": {
            "@type": "PostalAddress",
            **({"streetAddress": venue.street} if venue.street else {}),
            "addressLocality": venue.locality,
            "postalCode": venue.postcode,
            "addressCountry": "GB",
        },
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": round(venue.place.latitude, 5),
            "longitude": round(venue.place.longitude, 5),
        },
    }


def _audience(draft: GroupDraft) -> Thing:
    """Parents, and the age of their child in months (UN/CEFACT's code MON)."""
    ages = {"minValue": draft.age_from_months, "maxValue": draft.age_to_months, "unitCode": "MON"}
    return {
        "@type": "ParentAudience",
        "childMinAge": round(draft.age_from_months / 12, 2),
        "childMaxAge": round(draft.age_to_months / 12, 2),
        "suggestedAge": {"@type": "QuantitativeValue", **ages},
    }


def _cost(cost: Cost, address: str) -> Thing:
    """The offer. A donation is not free and has no fixed price, so words describe it."""
    offer = {"@type": "Offer", "description": cost.label(), "priceCurrency": "GBP", "url": address}
    if cost.kind is CostKind.DONATION:
        price = {} if cost.pence is None else {"price": f"{cost.pence / 100:.2f}"}
        return {"offers": {**offer, **price}}
    is_free = cost.kind is CostKind.FREE
    return {
        "isAccessibleForFree": is_free,
        "offers": {**offer, "price": f"{(cost.pence or 0) / 100:.2f}"},
    }


def _schedule(session: Session) -> Thing:
    nth = NTH.get(session.repeats)
    days = {"startDate": session.first_on, "endDate": session.last_on}
    day = f"{nth}{session.weekday.value[:2].upper()}"
    every = {Repeats.WEEKLY: "P1W", Repeats.FORTNIGHTLY: "P2W"}.get(session.repeats, "P1M")
    return {
        "@type": "Schedule",
        "repeatFrequency": every,
        "byDay": day if nth else f"{SCHEMA}/{session.weekday.label}",
        "startTime": session.starts.isoformat(),
        "endTime": session.ends.isoformat(),
        "scheduleTimezone": "Europe/London",
        **{name: day.isoformat() for name, day in days.items() if day},
    }
