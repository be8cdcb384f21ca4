"""The columns of a listings CSV and the words in them: names, which are needed, other spellings."""

from finder.domain.facts import PARENTS_ONLY, VENUE_FACTS, Fact
from finder.domain.groups import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT
from finder.domain.vocabulary import Booking, Busy, Format, Labelled, Noise, Size, VenueKind

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
OTHER_HEADERS = {
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

SAME_MEANING: dict[type[Labelled], dict[str, Labelled]] = {
    Booking: {
        "dropin": Booking.DROP_IN,
        "no_booking": Booking.DROP_IN,
        "no_booking_needed": Booking.DROP_IN,
        "online": Booking.BOOK_AHEAD,
        "book_online": Booking.BOOK_AHEAD,
        "phone": Booking.PHONE_ONLY,
        "by_phone": Booking.PHONE_ONLY,
        "referral": Booking.REFERRAL_ONLY,
    },
    VenueKind: {
        "church": VenueKind.CHURCH_HALL,
        "children_s_centre": VenueKind.COUNCIL,
        "family_centre": VenueKind.COUNCIL,
        "family_hub": VenueKind.COUNCIL,
        "school": VenueKind.SCHOOL_OR_NURSERY,
        "nursery": VenueKind.SCHOOL_OR_NURSERY,
        "park": VenueKind.OUTDOORS,
        "studio": VenueKind.PRIVATE_STUDIO,
    },
    Format: {
        "rhyme_time": Format.SINGING,
        "rhymetime": Format.SINGING,
        "bookbug": Format.SINGING,
        "bounce_and_rhyme": Format.SINGING,
        "stay_play": Format.STAY_AND_PLAY,
        "storytime": Format.STORY_TIME,
        "baby_massage": Format.MASSAGE_OR_YOGA,
        "baby_yoga": Format.MASSAGE_OR_YOGA,
        "breastfeeding_support": Format.FEEDING_SUPPORT,
        "parent_and_toddler": Format.PLAYGROUP,
        "toddler_group": Format.PLAYGROUP,
        "messy": Format.MESSY_PLAY,
        "swim": Format.SWIMMING,
    },
    Noise: {"quiet": Noise.CALM, "noisy": Noise.LOUD},
    Busy: {"quiet": Busy.ROOM_TO_SPARE, "full": Busy.PACKED, "often_full": Busy.PACKED},
    Size: {},
}
"""Common names for a word, besides its own and its label, by their key."""
