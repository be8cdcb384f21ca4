"""Which services are for babies and toddlers, and what they are."""

import pytest

from finder.domain.vocabulary import Booking, Format, VenueKind
from finder.open_data.referral.choosing import (
    Words,
    booking_of,
    format_of,
    is_for_them,
    venue_kind_of,
)


@pytest.mark.parametrize(
    "words",
    [
        Words("Tuesday Toddlers"),
        Words("Bumps and Babies"),
        Words("Under 5s Drop-in"),
        Words("Under-fives’ morning"),
        Words("Bookbug"),
        Words("Stay & Play"),
        Words("Little Swans", minimum_age=0, maximum_age=4),
        Words("Little Swans", terms=["Parent and toddler groups"]),
        Words("Little Swans", "For babies and toddlers with their grown-ups"),
        Words("Nursery Rhymes for Tots"),
        Words("Dads and Babies", minimum_age=0, maximum_age=99),
        Words("Family hub: 0-5 years"),
        Words("Nursery stay and play", maximum_age=5),
    ],
    ids=str,
)
def test_it_is_for_them(words: Words) -> None:
    assert is_for_them(words)


@pytest.mark.parametrize(
    "words",
    [
        Words("Community Counselling", minimum_age=12, maximum_age=100),
        Words("Youth Club", minimum_age=5, maximum_age=5),
        Words("Baby Ballet School", minimum_age=7),
        Words("Sunny Day Nursery", "Babies and toddlers welcome", maximum_age=4),
        Words("Jo, childminder", "I look after babies and toddlers", maximum_age=5),
        Words("Lunch Club", "One toddler once came"),
        Words("Totnes Walkers"),
        Words("Debt advice"),
        Words("Library", maximum_age=0),
    ],
    ids=str,
)
def test_it_is_not_for_them(words: Words) -> None:
    assert not is_for_them(words)


@pytest.mark.parametrize(
    ("words", "format_"),
    [
        (Words("Baby Rhyme Time"), Format.SINGING),
        (Words("Harbour Group", terms=["Baby massage"]), Format.MASSAGE_OR_YOGA),
        (Words("Messy Play Stay and Play"), Format.MESSY_PLAY),
        (Words("Stay and Play", "With songs and stories"), Format.STAY_AND_PLAY),
        (Words("Water Babies"), Format.SWIMMING),
        (Words("Tiny Tots"), Format.PLAYGROUP),
        (Words("Little Swans", "We tell stories"), Format.STORY_TIME),
        (Words("Little Swans"), Format.OTHER),
    ],
    ids=str,
)
def test_the_name_says_what_it_is_before_all_else(words: Words, format_: Format) -> None:
    assert format_of(words) is format_


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Leith Library", VenueKind.LIBRARY),
        ("Harbour Children's Centre", VenueKind.COUNCIL),
        ("St Mary's Hall", VenueKind.CHURCH_HALL),
        ("Village Hall", VenueKind.COMMUNITY_CENTRE),
        ("Café Blue", VenueKind.CAFE),
        ("Victoria Park", VenueKind.OUTDOORS),
        ("Unit 7", VenueKind.OTHER),
    ],
)
def test_a_venue_is_what_its_name_says(name: str, kind: VenueKind) -> None:
    assert venue_kind_of(name) is kind


@pytest.mark.parametrize(
    ("description", "link", "booking"),
    [
        ("Just come", "https://example.org", Booking.DROP_IN),
        ("Booking is essential", "https://example.org", Booking.BOOK_AHEAD),
        ("Please book", "", Booking.DROP_IN),
        ("By referral from your health visitor", "", Booking.REFERRAL_ONLY),
    ],
)
def test_how_to_get_a_place(description: str, link: str, booking: Booking) -> None:
    assert booking_of(Words("Tots", description), link) is booking
