"""The columns of a listings CSV: their names, which are needed, and how long each may be."""

import re

from rapidfuzz import process

from finder.domain.facts import PARENTS_ONLY, VENUE_FACTS, Fact
from finder.domain.groups import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT

FACT_OF = {fact.value: fact for fact in Fact}
VENUE_FACT_COLUMNS = tuple(fact.value for fact in VENUE_FACTS)
GROUP_FACT_COLUMNS = tuple(
    fact.value for fact in Fact if fact not in VENUE_FACTS and fact not in PARENTS_ONLY
)
GETTING_IN_COLUMNS = ("door", "pram", "bring", "say_at_door", "if_asleep_or_crying", "how_to_pay")

# Other ways to say when: read, but never written, since `sessions` can say all of it.
ALSO_READ = ("days", "times", "first_date", "last_date", "term_time_only", "bank_holidays")

COLUMNS = (
    *("ref", "name", "organiser", "format", "other_formats", "summary"),
    *("venue_name", "venue_kind", "street", "locality", "postcode", "latitude", "longitude"),
    *VENUE_FACT_COLUMNS,
    *("sessions", *ALSO_READ),
    *("ages", "size", "cost", "booking", "booking_url", "booking_phone", "website"),
    *("talking", "noise", "busy"),
    *GROUP_FACT_COLUMNS,
    "what_happens",
    *GETTING_IN_COLUMNS,
    "example",
)
"""Every column that is read, in the order in which a file is written."""

WRITTEN = tuple(column for column in COLUMNS if column not in ALSO_READ)

NEEDED = (
    *("ref", "name", "organiser", "format", "venue_name", "venue_kind", "locality", "postcode"),
    *("sessions", "ages", "cost", "booking"),
)
"""Columns without which a row is no group. `days` and `times` together stand for `sessions`."""

LONGEST = {
    "ref": LONGEST_NAME,
    "name": LONGEST_NAME,
    "organiser": LONGEST_NAME,
    "summary": LONGEST_TEXT,
    "venue_name": LONGEST_NAME,
    "street": LONGEST_LINE,
    "locality": LONGEST_NAME,
    "booking_url": 500,
    "booking_phone": 40,
    "website": 500,
    **dict.fromkeys(GETTING_IN_COLUMNS, LONGEST_LINE),
}
"""Most characters of the columns that hold people's own words, as the database keeps them."""

LONGEST_OTHER = 4_000

# Headers as other spreadsheets have them. Only ever suggested: their cells may mean other things.
_OTHER_WORDS = {
    "id": "ref",
    "reference": "ref",
    "title": "name",
    "group": "name",
    "session_name": "name",
    "description": "summary",
    "provider": "organiser",
    "organisation": "organiser",
    "activity": "format",
    "venue": "venue_name",
    "location": "venue_name",
    "address": "street",
    "town": "locality",
    "area": "locality",
    "post_code": "postcode",
    "lat": "latitude",
    "lng": "longitude",
    "lon": "longitude",
    "day": "days",
    "time": "times",
    "start_date": "first_date",
    "end_date": "last_date",
    "term_time": "term_time_only",
    "age": "ages",
    "age_range": "ages",
    "price": "cost",
    "fee": "cost",
    "phone": "booking_phone",
    "telephone": "booking_phone",
    "url": "website",
    "web": "website",
    "talking_level": "talking",
    "schedule": "what_happens",
    "is_example": "example",
}
_CLOSE_ENOUGH = 70


def key_of(words: str) -> str:
    """Words as a file's key: "Venue Name " and "venue-name" are both venue_name."""
    return re.sub(r"[\W_]+", "_", words.casefold()).strip("_")


def column_of(header: str) -> str | None:
    """The column that a header names, whatever its case and spaces; None if there is none."""
    key = key_of(header)
    return key if key in COLUMNS else None


def what_to_do_about(header: str) -> str:
    """A sentence about a header that names no column, with the one that was perhaps meant."""
    key = key_of(header)
    if key in {fact.value for fact in PARENTS_ONLY}:
        return "Only parents are asked this. Take the column out"
    if meant := _OTHER_WORDS.get(key):
        return f"We don’t know this column. Did you mean {meant}?"
    close = process.extractOne(key, COLUMNS, score_cutoff=_CLOSE_ENOUGH)
    return "We don’t know this column. " + (
        f"Did you mean {close[0]}?" if close else "Take it out, or see the list of columns"
    )
