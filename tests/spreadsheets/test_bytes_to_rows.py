"""Bytes to rows: whatever a spreadsheet saved, with lines that a text editor agrees with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.spreadsheets import grid
from finder.spreadsheets.columns import NEEDED
from finder.spreadsheets.grid import read_table
from finder.spreadsheets.rules import CellError

HEADER = ",".join(NEEDED)
ROW = "a,Café Tots,Trust,singing,Hall,church_hall,Leith,EH6 7BS,Tue 10-11am,0-2 yrs,£1,drop_in"
PLAIN = f"{HEADER}\n{ROW}\n"


def names(data):
    table = read_table(data)
    assert table.errors == ()
    return [row.cells["name"] for row in table.rows]


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("cp1252"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode("utf-16"),
        b"sep=;\r\n" + PLAIN.replace(",", ";").encode(),
        b"\n\n" + PLAIN.encode() + b",,,,\n\n",
        PLAIN.rstrip().encode(),
        HEADER.upper().replace("_", " ").encode() + b" ,,\n" + ROW.encode() + b",,\n",
    ],
    ids=range(12),
)
def test_a_file_is_read_however_a_spreadsheet_saved_it(data):
    assert names(data) == ["Café Tots"]


def test_lines_are_counted_as_an_editor_counts_them():
    quoted = ROW.replace("Café Tots", '"Café\r\nTots\n, daily"')
    table = read_table(f"{HEADER}\n{quoted}\n\n{ROW}\n".encode())

    assert [row.line for row in table.rows] == [2, 6]
    assert table.rows[0].cells["name"] == "Café\nTots\n, daily"


def errors(text):
    data = text if isinstance(text, bytes) else text.encode()
    return [(e.line, e.column, e.message) for e in read_table(data).errors]


@pytest.mark.parametrize(
    ("text", "line", "column", "why"),
    [
        ("", 1, "", "The file is empty"),
        (b"PK\x03\x04...", 1, "", "This is a workbook"),
        ("Dear all,\nplease find", 1, "", "must name the columns"),
        (PLAIN.replace("ages", "age_range", 1), 1, "age_range", "Did you mean ages?"),
        (PLAIN.replace("ages", "name", 1), 1, "name", "twice"),
        (PLAIN.replace(",booking", "", 1), 1, "booking", "needed"),
        (PLAIN + ROW + ",extra\n", 3, "", "more cells than columns"),
        (HEADER + ",\n" + ROW + ",stray\n", 2, "", "a column without a name"),
        (PLAIN + '"' + ROW + "\n" + ROW, 3, "", "never closes"),
        (PLAIN + '"a" b' + ROW + "\n", 3, "", "must be doubled"),
        (PLAIN + ROW.replace("Café", "Caf\ufffd"), 3, "", "A letter was lost"),
        (PLAIN + ROW.replace("Café", "CafÃ©"), 3, "", "garbled"),
        ((PLAIN + ROW).encode() + b"\x92", 2, "", "garbled"),
        (PLAIN + ROW.replace("Café", "Caf\x00"), 3, "", "hidden character"),
    ],
    ids=range(14),
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(text, line, column, why):
    where = [(at, name) for at, name, message in errors(text) if why in message]

    assert where[:1] == [(line, column)], errors(text)


def test_all_errors_of_a_file_are_found_at_once():
    text = PLAIN.replace("ages", "age_range", 1) + ROW + ",x\n" + '"a" b\n' + ROW + ",y\n"

    assert [line for line, _, _ in errors(text)] == [1, 1, 3, 4, 5]


def test_a_file_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(grid, "MOST_ROWS", 2)
    monkeypatch.setattr(grid, "MOST_BYTES", 10_000)

    assert errors(PLAIN + f"{ROW}\n" * 3) == [(4, "", "Use at most 2 rows in a file")]
    assert "larger than" in errors(PLAIN + f"{ROW}\n" * 200)[0][2]


def test_a_cell_without_end_is_refused():
    assert "far too long" in errors(PLAIN + ROW.replace("Trust", "x" * 140_000))[0][2]


def test_an_error_reads_as_one_sentence():
    error = CellError(217, "cost", "£2-£4\n" + "x" * 200, "Give one price")

    assert str(error).startswith("Line 217, cost: found “£2-£4 xxx")
    assert str(error).endswith("…”. Give one price")
    assert len(str(error)) < 150


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: (PLAIN + text).encode()))
def test_any_bytes_give_rows_or_errors(data):
    table = read_table(data)

    assert table.rows or table.errors or data.strip() == HEADER.encode()
