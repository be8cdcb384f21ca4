"""What people type in a listing is understood, or they read beside it why it is not."""

from typing import Any

import pytest

from tests.organise.wizard.listing_site import EVIL, anna, app, db
from tests.support.listing_parts import NEW, STEPS, Organiser, Values

__all__ = ["anna", "app", "db"]

pytestmark = pytest.mark.usefixtures("first_listings_are_trusted")


NO_POSTCODES = (
    ("", "Type the venue’s postcode"),
    ("EH6", "Type the whole postcode, like EH6 7BS"),
    ("Leith", "Type the whole postcode, like EH6 7BS"),
    ("EH99 9ZZ", "We can't find EH99 9ZZ"),
    ("55.976,-3.16", "Type the whole postcode, like EH6 7BS"),
    (EVIL, ""),
)


def test_a_listing_begins_with_a_whole_postcode(anna: Organiser) -> None:
    said = [(words, anna.trouble(NEW, {"postcode": typed})) for typed, words in NO_POSTCODES]

    assert {len(all_) for _, all_ in said} == {1}
    assert [(words, one) for words, [one] in said if not one.startswith(words)] == []


WRONG: list[tuple[str, Values, str]] = [
    ("where", {"venue_name": ""}, "Type the name of the place"),
    ("where", {"locality": ""}, "Type the area or town"),
    ("where", {"venue_kind": ""}, "Choose one from the list"),
    ("where", {"venue_kind": "castle"}, "Choose one from the list"),
    ("where", {"latitude": "55.9"}, "Give both numbers, like 55.97601 and -3.16572"),
    ("where", {"latitude": "nan", "longitude": "nan"}, "The pin is far from EH6 7BS."),
    ("where", {"latitude": "51.5", "longitude": "-0.1"}, "The pin is far from EH6 7BS."),
    ("where", {"step_free": "perhaps"}, "Choose one of these"),
    ("where", {"venue_name": "x" * 121}, "Use at most 120 characters"),
    ("what", {"name": "  "}, "Type the name of the group"),
    ("what", {"format": ""}, "Choose one from the list"),
    ("what", {"other_formats": ["dancing"]}, "Tick only what is on the list"),
    ("what", {"ages": "0-2"}, "Is 0-2 in months or in years?"),
    ("what", {"website": "javascript:alert(1)"}, "A web address begins with https://"),
    ("what", {"website": "https://example.org/" + "x" * 500}, "Use at most 500 characters"),
    ("what", {"organiser": ""}, "Say who runs it"),
    ("what", {"summary": "x" * 2001}, "Use at most 2,000 characters"),
    ("when", {"sessions-0-weekday": ""}, "Choose one from the list"),
    ("when", {"sessions-0-starts": ""}, "Say when it starts, like 10:30"),
    ("when", {"sessions-0-ends": "10:00"}, "It must end after it starts"),
    ("when", {"sessions-0-starts": "2", "sessions-0-ends": "3"}, "Say am or pm"),
    ("when", {"sessions-0-repeats": "fortnightly"}, "Give one Thursday when it is on"),
    ("when", {"sessions-0-first_on": "2026-02-31"}, "There is no such day"),
    (
        "when",
        {"sessions-0-first_on": "2027-02-02", "sessions-0-last_on": "2027-01-02"},
        "The last date can’t be before the first date",
    ),
    (
        "when",
        {
            f"sessions-1-{n}": v
            for n, v in (
                ("weekday", "thu"),
                ("starts", "10:30"),
                ("ends", "11:15"),
                ("repeats", "weekly"),
            )
        },
        "Two sessions are the same",
    ),
    ("cost", {"cost": ""}, "Choose one of these"),
    ("cost", {"pence": ""}, "Give the price"),
    ("cost", {"pence": "150"}, "Is 150 pounds or pence?"),
    ("cost", {"pence": "£2 or £3"}, "Give one price"),
    ("cost", {"sibling_pence": "£9"}, "A sibling can’t cost more than the first child"),
    ("cost", {"cost": "block"}, "Say how many sessions the price buys"),
    ("cost", {"booking": "phone_only"}, "Give the number to phone"),
    ("cost", {"booking_url": "www.example.org"}, "A web address begins with https://"),
    ("talking", {"level": ""}, "Choose one of these"),
    ("talking", {"level": "6"}, "Choose one of these"),
    ("talking", {"sing": "maybe"}, "Choose one of these"),
    ("good-to-know", {"noise": "deafening"}, "Choose one of these"),
    ("what-happens", {"steps-0-minutes": "soon"}, "Type a number of minutes, like 5"),
    ("what-happens", {"steps-0-minutes": "601"}, "Minutes from the start must be between"),
    ("what-happens", {"steps-0-what": ""}, "Say what happens then, or empty both boxes"),
    ("getting-in", {"door": "x" * 201}, "Use at most 200 characters"),
]


def test_what_makes_no_sense_is_said_beside_its_field_and_above_the_form(anna: Organiser) -> None:
    made = anna.begin()

    said = [
        (words, anna.trouble(f"{NEW}/{made}/{slug}", {**STEPS[slug], **changes}))
        for slug, changes, words in WRONG
    ]

    assert [
        (words, all_) for words, all_ in said if not any(a.startswith(words) for a in all_)
    ] == []


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({"cost": {"cost": "free"}}, "Free"),
        (
            {"cost": {"cost": "donation", "pence": "1", "sibling_pence": ""}},
            "Donation, £1 suggested",
        ),
        (
            {
                "cost": {
                    "cost": "block",
                    "pence": "£36",
                    "block_sessions": "6",
                    "sibling_pence": "",
                    "is_first_free": "y",
                }
            },
            "£36 for 6 sessions, first visit free",
        ),
        ({"when": {"sessions-0-starts": "9.30am", "sessions-0-ends": "11am"}}, "9:30 to 11:00"),
        ({"when": {"sessions-0-starts": "06:30", "sessions-0-ends": "07:15"}}, "6:30 to 7:15"),
        ({"when": {"sessions-0-is_term_time_only": "y"}}, "term time only"),
        ({"talking": {"level": "unknown"}}, "Not known"),
        ({"what": {"ages": "under 5s"}}, "Birth to 5 years"),
        ({"what": {"other_formats": ["singing", "craft"]}}, "Also Craft"),
    ],
)
def test_what_people_type_is_understood(
    anna: Organiser, changes: dict[str, Any], seen: str
) -> None:
    made = anna.write(**changes)

    assert seen in anna.see(f"{NEW}/{made}/preview").words
