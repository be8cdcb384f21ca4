"""Rows as people's spreadsheets hold them: good ones, and ones that make no sense."""

import csv
import io
from collections.abc import Mapping

from finder.domain.cost import Cost
from finder.domain.vocabulary import Booking, CostKind, Format, VenueKind
from finder.spreadsheets import service as spreadsheets_service
from tests.spreadsheets.few_postcodes import locate

GOOD = {
    "ref": "a",
    "name": "Tots",
    "organiser": "Trust",
    "format": "singing",
    "venue_name": "Hall",
    "venue_kind": "church_hall",
    "street": "1 Example Street",
    "locality": "Leith",
    "postcode": "EH6 7BS",
    "sessions": "Tue 10-11am",
    "ages": "0-2 years",
    "cost": "£1",
    "booking": "drop_in",
}


def file_of(*rows: Mapping[str, str], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(out, names, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(*rows, **options):
    return spreadsheets_service.read(file_of(*rows, **options).encode(), locate)


def ages(draft):
    return draft.age_from_months, draft.age_to_months


def days(draft):
    return " ".join(session.weekday.value for session in draft.sessions)


# What such spreadsheets hold, and what it means.
GOOD_MESS = [
    ({"cost": "£1.50"}, lambda d: d.cost == Cost(CostKind.EACH_TIME, 150)),
    ({"cost": "1.50"}, lambda d: d.cost.pence == 150),
    ({"cost": " FREE "}, lambda d: d.cost.kind is CostKind.FREE),
    ({"cost": "FOC"}, lambda d: d.cost.kind is CostKind.FREE),
    ({"cost": "Donation"}, lambda d: d.cost == Cost(CostKind.DONATION)),
    ({"cost": "£2.50 (siblings £1)"}, lambda d: d.cost.sibling_pence == 100),
    ({"cost": "£36 for 6 weeks"}, lambda d: d.cost.each_pence == 600),
    ({"ages": "0-18m"}, lambda d: ages(d) == (0, 18)),
    ({"ages": "Under 5's"}, lambda d: ages(d) == (0, 60)),
    ({"ages": "Birth – 3yrs"}, lambda d: ages(d) == (0, 36)),
    ({"ages": "walking to 4"}, lambda d: ages(d) == (12, 48)),
    ({"sessions": "Tues & Thurs 9.30-11am"}, lambda d: days(d) == "tue thu"),
    ({"sessions": "Mon-Fri, 1-2pm (term time only)"}, lambda d: len(d.sessions) == 5),
    ({"sessions": "1st Friday of month 10am to 12 noon"}, lambda d: days(d) == "fri"),
    ({"sessions": "Mon 10-11am\nWed 10-11am"}, lambda d: days(d) == "mon wed"),
    ({"postcode": "eh67bs"}, lambda d: d.venue.postcode == "EH6 7BS"),
    ({"postcode": " EH6  7BS."}, lambda d: d.venue.postcode == "EH6 7BS"),
    ({"venue_kind": "Church Hall"}, lambda d: d.venue.kind is VenueKind.CHURCH_HALL),
    ({"format": "Rhyme Time"}, lambda d: d.format is Format.SINGING),
    ({"booking": "Drop-in"}, lambda d: d.booking is Booking.DROP_IN),
    ({"website": "www.example.org"}, lambda d: d.website == "https://www.example.org"),
    ({"sing": "Y", "rota": "NO", "dads": ""}, lambda d: len(d.facts) == 2),
    ({"name": "Olave\u2019s \u201cTots\u201d, \u00a0Leith"}, lambda d: "\u201cTots" in d.name),
    ({"summary": "Songs,\r\nthen tea; all \"welcome\""}, lambda d: "Songs,\nthen tea" in d.summary),
    ({"booking_phone": "'+44 1632 960000"}, lambda d: d.booking_phone[0] == "+"),
]  # fmt: skip


BAD_MESS = [
    ({"cost": "£2-£4"}, "cost", "we found two"),
    ({"cost": "varies"}, "cost", "varies"),
    ({"cost": "see website"}, "cost", "Say the price here"),
    ({"cost": "£36 per term"}, "cost", "how many sessions"),
    ({"cost": ""}, "cost", "needed"),
    ({"ages": "0-2"}, "ages", "in months or in years"),
    ({"ages": "12-Jun"}, "ages", "made a date of this"),
    ({"sessions": "Tue 2-3"}, "sessions", "am or pm"),
    ({"sessions": "Tuesday mornings"}, "sessions", "when it starts and ends"),
    ({"sessions": "monthly Tue 10-11am"}, "sessions", "which one of the month"),
    ({"sessions": "alternate Weds 10-11am"}, "sessions", "Give one Wednesday"),
    ({"sessions": "Tue 11am-10am"}, "sessions", "end after it starts"),
    ({"postcode": "EH6"}, "postcode", "whole postcode"),
    ({"postcode": "EH99 9ZZ"}, "postcode", "can’t find EH99 9ZZ"),
    ({"format": "sining"}, "format", "Did you mean singing?"),
    ({"booking": "phone_only"}, "booking_phone", "number to phone"),
    ({"booking_phone": "1632960000"}, "booking_phone", "first 0 is missing"),
    ({"booking_phone": "4.41633E+11"}, "booking_phone", "changed this number"),
    ({"talking": "low"}, "talking", "1 (no talking needed)"),
    ({"sing": "sometimes"}, "sing", "yes or no"),
    ({"what_happens": "10.15 songs"}, "what_happens", "minutes from the start"),
    ({"name": "x" * 121}, "name", "at most 120"),
]
