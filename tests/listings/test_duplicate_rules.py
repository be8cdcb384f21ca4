"""Two listings look like one group: a table of pairs, by which the thresholds were chosen.

ONE: pairs that are one group. TWO: pairs that are two groups. Each with the metres between them,
whether their hours overlap (Tuesday 10:00 to 11:00 is the first's), whether they have the same
format, and who is asked: "both" the organiser and a moderator, the "organiser" alone, "nobody".
"""

from dataclasses import replace
from datetime import time

import pytest

from finder.domain.groups import GroupDraft, Place
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import Format, Weekday
from finder.listings.duplicates.rules import NEAR_M, SAME_PLACE_M, why_ask, why_suspect
from tests.domain.test_groups import GROUP

HOURS = {
    "same": Session(Weekday.TUE, time(10), time(11)),
    "overlap": Session(Weekday.TUE, time(10, 45), time(12)),
    "after": Session(Weekday.TUE, time(11), time(12)),
    "other day": Session(Weekday.THU, time(10), time(11)),
}
ONE = [
    # Alike in all but the spelling.
    ("Harbour Songs", "Harbour Songs", 0, "same", True, "both"),
    ("Harbour Songs", "Harbor  songs", 20, "same", True, "both"),
    ("Harbour Songs", "Songs at the Harbour", 60, "same", True, "both"),
    ("Stay & Play", "Stay and Play", 0, "same", True, "both"),
    ("Café Cuddles", "Cafe Cuddles", 0, "same", True, "both"),
    ("Toddler Time", "Toddlers’ Time", 10, "same", True, "both"),
    ("St Mary's Toddlers", "St Marys Toddler Group", 40, "same", True, "both"),
    ("Breastfeeding support", "Breast feeding support group", 0, "same", True, "both"),
    ("Mother and baby yoga", "Mum & baby yoga", 0, "same", True, "both"),
    ("Buggy walk", "Buggy walks", 90, "same", True, "both"),
    # One name with more words than the other.
    ("Rhyme Time", "Leith Library Rhyme Time", 0, "same", True, "both"),
    ("Bookbug", "Bookbug Session", 0, "same", True, "both"),
    ("Little Fishes", "Little Fishes Toddler Group", 30, "same", True, "both"),
    ("Jo Jingles", "Jo Jingles music class", 0, "same", True, "both"),
    ("Caban Chwarae", "Caban chwarae (Ti a Fi)", 0, "same", True, "both"),
    ("NCT Bumps and Babies", "Bumps & Babies (NCT Leith)", 0, "same", True, "both"),
    # A pin against the middle of its postcode.
    ("Harbour Songs", "Harbour Songs", 149, "same", True, "both"),
    # One listing is out of date, or its format was chosen differently.
    ("Harbour Songs", "Harbour Songs", 0, "other day", True, "both"),
    ("Baby Sensory", "Baby Sensory Leith", 0, "after", True, "both"),
    ("Messy Play", "Messy play with Anna", 0, "overlap", False, "both"),
    ("Monkey Music", "Monkey Music Heigh Ho", 0, "same", False, "both"),
    # Only who runs it can say: the name is another, or time and format are.
    ("TinyTalk", "Tiny Talk", 0, "same", True, "organiser"),
    ("St Mary’s Playgroup", "Toddler Time", 0, "same", True, "organiser"),
    ("Mums’ coffee morning", "Parent and baby social", 50, "overlap", True, "organiser"),
    ("Baby Sensory", "Baby Sensory", 0, "other day", False, "organiser"),
]
TWO = [
    # Two rooms of one building, or one after the other.
    ("Harbour Songs", "Messy Monkeys", 0, "after", True, "nobody"),
    ("Baby Yoga", "Baby Massage", 0, "after", True, "nobody"),
    ("Stay and Play", "Stay and Sing", 0, "after", True, "nobody"),
    ("Rhyme Time", "Story Time", 0, "other day", True, "nobody"),
    ("Little Monkeys", "Little Movers", 0, "after", True, "nobody"),
    ("Rhyme time for babies", "Rhyme time for toddlers", 0, "after", True, "nobody"),
    ("Bookbug babies", "Bookbug toddlers", 0, "after", True, "nobody"),
    ("Twins club", "Twins and triplets", 0, "other day", True, "nobody"),
    ("Baby clinic", "Baby café", 0, "after", False, "nobody"),
    ("Soft play", "Messy play", 0, "other day", False, "nobody"),
    ("Little Fishes", "Little Stars", 0, "other day", True, "nobody"),
    # At the same time in one building: a moderator could not tell, whoever runs it can.
    ("Swim Babies", "Stay and Play", 0, "same", True, "organiser"),
    ("Weigh-in", "Rhyme Time", 30, "overlap", False, "organiser"),
    ("Music Bugs", "Bookbug", 99, "same", True, "organiser"),
    # At the same time in two buildings of one street.
    ("Baby Ballet", "Baby Cinema", 120, "same", True, "nobody"),
    ("Playgroup", "Play café", 149, "overlap", True, "nobody"),
    # A chain, in two places.
    ("Baby Sensory", "Baby Sensory", 160, "same", True, "nobody"),
    ("Monkey Music", "Monkey Music", 1_000, "same", True, "nobody"),
]
MISTAKEN = [
    # Two groups that a moderator is asked of all the same: one letter or one word tells them apart.
    ("Tuesday Toddlers", "Thursday Toddlers", 0, "other day", True),
    ("Parent and toddler group", "Parent and baby group", 0, "after", True),
    ("Baby Group", "Baby Group for under ones", 0, "after", True),
]


def listed(name: str, metres: float, hour: str, has_same_format: bool) -> GroupDraft:
    """A listing so far to the north of GROUP's venue."""
    place = GROUP.venue.place
    north = Place(place.latitude + metres / 111_340, place.longitude)
    kind = Format.SINGING if has_same_format else Format.CRAFT
    venue = replace(GROUP.venue, place=north)
    return replace(GROUP, name=name, venue=venue, sessions=(HOURS[hour],), format=kind)


def asked(one: GroupDraft, other: GroupDraft) -> str:
    says = {(True, True): "both", (True, False): "organiser", (False, False): "nobody"}
    return says[bool(why_ask(one, other)), bool(why_suspect(one, other))]


@pytest.mark.parametrize(("first", "second", "metres", "hour", "is_same", "who"), ONE + TWO)
def test_who_is_asked_whether_two_listings_are_one_group(
    first: str, second: str, metres: int, hour: str, is_same: bool, who: str
) -> None:
    one, other = listed(first, 0, "same", True), listed(second, metres, hour, is_same)

    assert asked(one, other) == asked(other, one) == who


def test_an_organiser_is_asked_of_every_pair_that_is_one_group() -> None:
    assert {pair[-1] for pair in ONE} == {"both", "organiser"}


def test_a_moderator_is_asked_of_no_pair_that_is_two_groups() -> None:
    assert {pair[-1] for pair in TWO} == {"organiser", "nobody"}


@pytest.mark.parametrize(("first", "second", "metres", "hour", "is_same"), MISTAKEN)
def test_names_that_differ_by_a_word_are_known_mistakes(
    first: str, second: str, metres: int, hour: str, is_same: bool
) -> None:
    assert asked(listed(first, 0, "same", True), listed(second, metres, hour, is_same)) == "both"


@pytest.mark.parametrize(
    ("name", "metres", "inside"),
    [("Harbour Songs", NEAR_M, "both"), ("Messy Monkeys", SAME_PLACE_M, "organiser")],
)
def test_the_distances_are_those_that_are_named(name: str, metres: int, inside: str) -> None:
    one = listed("Harbour Songs", 0, "same", True)

    assert asked(one, listed(name, metres - 2, "same", True)) == inside
    assert asked(one, listed(name, metres + 2, "same", True)) == "nobody"


def test_the_reasons_are_said_in_words() -> None:
    one, again = listed("Harbour Songs", 0, "same", True), listed("Songs", 0, "same", True)

    assert why_ask(one, again) == "It has nearly the same name."
    assert why_ask(one, replace(again, name="Yoga")) == "It is on there at the same time."
    assert why_suspect(one, again) == (
        "0 metres apart, names 100 per cent alike, the same format and on at the same time"
    )
