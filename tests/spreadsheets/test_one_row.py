"""One row: a draft, or everything that is wrong in it."""

import pytest

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation
from finder.spreadsheets.grid import TableRow
from finder.spreadsheets.rows import read_row
from tests.spreadsheets.few_postcodes import locate

CELLS = {
    "ref": "a",
    "name": "Tots",
    "organiser": "Trust",
    "format": "singing",
    "venue_name": "Hall",
    "venue_kind": "church_hall",
    "locality": "Leith",
    "postcode": "eh67bs",
    "sessions": "Tue 10-11am",
    "ages": "0-2 years",
    "cost": "£1",
    "booking": "drop_in",
}


def read(**changes):
    cells = {column: text for column, text in (CELLS | changes).items() if text}
    return read_row(TableRow(7, cells), locate)


def refused(**changes):
    result = read(**changes)
    assert result.draft is None
    return {error.column: error.message for error in result.errors}


def test_the_postcode_gives_the_point_the_nation_and_the_council():
    venue = read().draft.venue

    assert venue.postcode == "EH6 7BS"
    assert (venue.nation, venue.council_code) == (Nation.SCOTLAND, "S12000036")
    assert venue.place == Place(55.976, -3.1657)


def test_a_pin_of_its_own_moves_the_point_and_nothing_else():
    venue = read(latitude="55.98", longitude="-3.17").draft.venue

    assert venue.place == Place(55.98, -3.17)
    assert venue.nation is Nation.SCOTLAND


@pytest.mark.parametrize(
    ("latitude", "longitude", "column", "why"),
    [
        ("55.98", "", "longitude", "both"),
        ("", "-3.1", "latitude", "both"),
        ("-3.17", "55.98", "latitude", "km from the postcode"),
        ("55.98", "3.17", "latitude", "km from the postcode"),
        ("555", "-3.17", "latitude", "inside the United Kingdom"),
        ("north", "-3.17", "latitude", "decimal degrees"),
    ],
)
def test_a_pin_that_can_not_be_is_refused(latitude, longitude, column, why):
    assert why in refused(latitude=latitude, longitude=longitude)[column]


@pytest.mark.parametrize(("postcode", "why"), [("EH6", "whole"), ("EH6 7", "whole"),
                                               ("EH99 9ZZ", "can’t find EH99 9ZZ")])  # fmt: skip
def test_a_postcode_must_be_whole_and_known(postcode, why):
    assert why in refused(postcode=postcode)["postcode"]


def test_days_and_times_may_have_columns_of_their_own():
    draft = read(sessions="", days="Tues & Thurs", times="9.30-11am", term_time_only="yes").draft

    assert [session.weekday.value for session in draft.sessions] == ["tue", "thu"]
    assert all(session.is_term_time_only for session in draft.sessions)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"days": "Tue", "times": "1-2pm"}, "sessions"),
        ({"sessions": "", "days": "Tue"}, "times"),
        ({"sessions": "", "days": "Tue", "times": "2-3"}, "times"),
        ({"sessions": "", "days": "alternate Tue", "times": "2-3pm"}, "first_date"),
    ],
)
def test_days_and_times_that_do_not_fit_are_refused(changes, column):
    assert set(refused(**changes)) == {column}


def test_every_wrong_cell_of_a_row_is_named_at_once():
    assert set(
        refused(
            name="x" * 121,
            ages="0-2",
            cost="varies",
            format="knitting and swords",
            postcode="EH99 9ZZ",
            sing="maybe",
            website="ftp://example.org",
            booking_url="example",
            summary="x" * 2001,
            what_happens="songs",
            latitude="x",
            size="ten",
            sessions="Tue 2-3",
        )
    ) == {
        "name",
        "ages",
        "cost",
        "format",
        "postcode",
        "sing",
        "website",
        "booking_url",
        "summary",
        "what_happens",
        "latitude",
        "longitude",
        "size",
        "sessions",
    }


def test_an_empty_row_says_what_is_needed():
    result = read_row(TableRow(7, {"ref": "a"}), locate)

    assert {error.column for error in result.errors} == set(CELLS) - {"ref"}
    assert {error.line for error in result.errors} == {7}
