"""Whole files: 40 messy rows from life, venues that contradict, and nothing lost on the way."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finder.domain.cost import Cost
from finder.domain.facts import PARENTS_ONLY, VENUE_FACTS, Fact
from finder.domain.groups import GettingIn, GroupDraft, Place, Step, VenueDraft
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import (
    Booking,
    Busy,
    CostKind,
    Expected,
    Format,
    Noise,
    Size,
    TalkingLevel,
    VenueKind,
    Weekday,
)
from finder.spreadsheets import listings_csv
from finder.spreadsheets import service as spreadsheets_service
from tests.domain.test_cost import costs
from tests.spreadsheets.few_postcodes import KNOWN, locate
from tests.spreadsheets.test_cells import STEPS
from tests.spreadsheets.test_sessions import sessions

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


@pytest.mark.parametrize(("cells", "means"), GOOD_MESS, ids=lambda c: "" if callable(c) else str(c))
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_messy_row_imports_right(cells, means, encoding):
    text = file_of(GOOD | cells, delimiter=";" if encoding == "cp1252" else ",")
    result = spreadsheets_service.read(text.encode(encoding), locate)

    assert result.errors == ()
    assert means(result.drafts[0])


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


@pytest.mark.parametrize(("cells", "column", "why"), BAD_MESS, ids=lambda c: str(c)[:40])
def test_a_messy_row_is_refused_with_its_line_column_and_reason(cells, column, why):
    result = read(GOOD | {"summary": "Two\nlines"}, GOOD | {"ref": "b"} | cells)

    [error] = result.errors
    assert (error.line, error.column) == (4, column)
    assert why in error.message
    assert error.found == cells.get(column, "")
    assert len(result.drafts) == 1


def test_all_errors_of_a_file_come_in_one_pass_in_the_order_of_its_lines():
    rows = [GOOD | {"ref": str(n)} | cells for n, (cells, *_) in enumerate(BAD_MESS)]
    result = read(*rows)

    assert [error.line for error in result.errors] == list(range(2, len(BAD_MESS) + 2))
    assert [error.column for error in result.errors] == [column for _, column, _ in BAD_MESS]


def test_the_same_ref_twice_is_an_error_that_names_both_lines_unless_organisers_differ():
    [error] = read(GOOD, GOOD | {"name": "Other"}).errors

    assert (error.line, error.column, error.found) == (3, "ref", "a")
    assert "Line 2" in error.message
    assert read(GOOD, GOOD | {"organiser": "Other"}).errors == ()


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [
        ("street", "1 Example Street", "3 Example Street"),
        ("venue_kind", "church_hall", "cafe"),
        ("locality", "Leith", "Newhaven"),
        ("venue_name", "Hall", "HALL"),
        ("step_free", "yes", "no"),
        ("latitude", "55.976", "55.977"),
    ],
)
def test_a_venue_that_contradicts_itself_is_an_error_that_names_both_lines(column, one, other):
    pin = {"latitude": "55.976", "longitude": "-3.1657"}
    [error] = read(GOOD | pin | {column: one}, GOOD | pin | {"ref": "b", column: other}).errors

    assert (error.line, error.column, error.found) == (3, column, other)
    assert f"Line 2 says “{one}”" in error.message


def test_a_venue_may_be_described_in_one_row_for_all():
    short = {name: text for name, text in GOOD.items() if name != "street"}
    full = GOOD | {"step_free": "yes", "latitude": "55.98", "longitude": "-3.17"}
    first, second = read(short | {"ref": "b"}, full).drafts

    assert first.venue == second.venue
    assert first.venue.street == "1 Example Street"
    assert first.venue.facts == {Fact.STEP_FREE: True}
    assert first.venue.place == Place(55.98, -3.17)


def test_a_file_of_a_heading_alone_says_that_it_has_no_rows():
    assert "no rows" in read(GOOD | dict.fromkeys(GOOD, "")).errors[0].message


def test_each_draft_knows_its_line():
    assert read(GOOD, GOOD | {"ref": "b"}).lines == (2, 3)


def words(longest: int, shortest: int = 0) -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("=+-@',;\"\n")
    text = st.text(letters, min_size=shortest, max_size=longest).map(str.strip)
    # These marks are what lost or garbled letters look like, and are refused on purpose.
    return text.filter(lambda t: len(t) >= shortest and not set(t) & set("Ãâ\ufffd"))


def answers(facts: tuple[Fact, ...]) -> st.SearchStrategy[dict[Fact, bool]]:
    return st.dictionaries(st.sampled_from(facts), st.booleans(), max_size=5)


VENUES = st.builds(
    lambda known, near, **more: VenueDraft(
        postcode=known[0],
        place=near or known[1].place,
        nation=known[1].nation,
        council_code=known[1].council_code,
        **more,
    ),
    st.sampled_from(sorted(KNOWN.items(), key=lambda item: item[0])),
    st.none(),
    name=words(20, 1),
    kind=st.sampled_from(VenueKind),
    street=words(20),
    locality=words(20, 1),
    facts=answers(VENUE_FACTS),
)
GROUP_FACTS = tuple(f for f in Fact if f not in VENUE_FACTS and f not in PARENTS_ONLY)
BOOKINGS = st.sampled_from(Booking)
ADDRESSES = st.just("") | words(20).map(lambda text: f"https://example.org/{text}".strip())


@st.composite
def groups(draw):
    main = draw(st.sampled_from(Format))
    youngest, oldest = sorted([draw(st.integers(0, 84)), draw(st.integers(0, 84))])
    moved = draw(st.floats(-0.05, 0.05)), draw(st.floats(-0.05, 0.05))
    venue = draw(VENUES)
    if draw(st.booleans()):
        at = venue.place
        venue = replace(venue, place=Place(at.latitude + moved[0], at.longitude + moved[1]))
    return GroupDraft(
        ref=draw(words(12, 1)),
        name=draw(words(30, 1)),
        organiser=draw(words(30, 1)),
        venue=venue,
        format=main,
        sessions=draw(st.lists(sessions(), min_size=1, max_size=3, unique=True).map(tuple)),
        cost=draw(costs()),
        booking=draw(BOOKINGS),
        age_from_months=youngest,
        age_to_months=oldest,
        other_formats=draw(st.frozensets(st.sampled_from(Format), max_size=3)) - {main},
        summary=draw(words(60)),
        size=draw(st.none() | st.sampled_from(Size)),
        claimed_level=draw(st.none() | st.sampled_from(TalkingLevel)),
        facts=draw(answers(GROUP_FACTS)),
        noise=draw(st.none() | st.sampled_from(Noise)),
        busy=draw(st.none() | st.sampled_from(Busy)),
        steps=draw(
            st.lists(STEPS.filter(lambda s: not set(s.what) & set("Ãâ\ufffd")), max_size=3).map(
                tuple
            )
        ),
        getting_in=draw(st.builds(GettingIn, *[words(20)] * 6)),
        booking_url=draw(ADDRESSES),
        booking_phone=draw(st.sampled_from(["01632 960 000", "+44 20 7946 0001"])),
        website=draw(ADDRESSES),
        is_example=draw(st.booleans()),
    )


def distinct(drafts: list[GroupDraft]) -> list[GroupDraft]:
    """Drafts as a file can hold them: one row for a ref, one description of a venue."""
    refs = {(d.organiser, d.ref): d for d in drafts}
    venues = {
        (" ".join(d.venue.name.casefold().split()), d.venue.postcode): d for d in refs.values()
    }
    return list(venues.values())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(groups(), min_size=1, max_size=3).map(distinct), st.booleans())
def test_what_is_written_is_read_back_without_loss(drafts, knows_postcodes):
    text = listings_csv.write(drafts, locate if knows_postcodes else None)
    result = spreadsheets_service.read(text.encode("utf-8-sig"), locate)

    assert result.errors == ()
    assert list(result.drafts) == drafts


def test_the_pin_is_left_out_where_it_is_the_postcodes_own():
    draft = read(GOOD).drafts[0]

    assert "55.976" in listings_csv.write([draft])
    assert "55.976" not in listings_csv.write([draft], locate)


def test_no_cell_of_a_written_file_can_act_as_a_formula():
    evil = '=HYPERLINK("https://example.org")'
    draft = replace(read(GOOD).drafts[0], name=evil, summary="@SUM(A1)", organiser="+1+1")
    text = listings_csv.write([draft])

    [row] = csv.DictReader(io.StringIO(text))
    assert (row["name"], row["summary"], row["organiser"]) == ("'" + evil, "'@SUM(A1)", "'+1+1")
    assert spreadsheets_service.read(text.encode(), locate).drafts == (draft,)


def test_five_thousand_rows_are_read_whole():
    rows = [GOOD | {"ref": str(n), "sing": "yes"} for n in range(5_000)]
    result = read(*rows)

    assert result.errors == ()
    assert len(result.drafts) == 5_000
    assert result.drafts[-1].sessions == (Session(Weekday.TUE, time(10), time(11)),)


def test_a_draft_may_use_everything_that_a_group_can_say():
    draft = replace(
        read(GOOD).drafts[0],
        steps=(Step(0, "tea; cake (sing)", Expected.NEITHER), Step(5, "min: songs", Expected.SING)),
        sessions=(Session(Weekday.WED, time(6, 30), time(7), last_on=date(2027, 1, 6)),),
    )

    assert spreadsheets_service.read(listings_csv.write([draft]).encode(), locate).drafts == (
        draft,
    )
