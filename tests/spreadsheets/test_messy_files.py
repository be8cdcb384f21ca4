"""Whole files: 40 messy rows from life, and venues that contradict."""

from datetime import time

import pytest

from finder.domain.facts import Fact
from finder.domain.groups import Place
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import Weekday
from finder.spreadsheets import service as spreadsheets_service
from tests.spreadsheets.few_postcodes import locate
from tests.spreadsheets.messy_rows import BAD_MESS, GOOD, GOOD_MESS, file_of, read


@pytest.mark.parametrize(("cells", "means"), GOOD_MESS, ids=lambda c: "" if callable(c) else str(c))
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_messy_row_imports_right(cells, means, encoding):
    text = file_of(GOOD | cells, delimiter=";" if encoding == "cp1252" else ",")
    result = spreadsheets_service.read(text.encode(encoding), locate)

    assert result.errors == ()
    assert means(result.drafts[0])


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


def test_five_thousand_rows_are_read_whole():
    rows = [GOOD | {"ref": str(n), "sing": "yes"} for n in range(5_000)]
    result = read(*rows)

    assert result.errors == ()
    assert len(result.drafts) == 5_000
    assert result.drafts[-1].sessions == (Session(Weekday.TUE, time(10), time(11)),)
