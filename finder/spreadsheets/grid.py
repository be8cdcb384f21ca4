"""From the bytes of a spreadsheet to rows of cells by column, each with its line.

Takes what Excel, LibreOffice and Google Sheets save: UTF-8 with or without a byte order mark,
UTF-16, Windows-1252; commas, semicolons or tabs; any line ends; line breaks inside quotes.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import process

from finder.domain.facts import PARENTS_ONLY
from finder.domain.readable import clean
from finder.spreadsheets.cells import CLOSE_ENOUGH, key_of
from finder.spreadsheets.columns import COLUMNS, NEEDED, OTHER_HEADERS
from finder.spreadsheets.rules import CellError, shortened

MOST_BYTES = 20_000_000
MOST_ROWS = 20_000
DELIMITERS = (",", ";", "\t")

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# UTF-8 read as Windows-1252 ("cafÃ©", "donâ€™t"): a file that was glued together from both.
_TWO_ENCODINGS = re.compile("Ã[\x80-\xbf\u0152-\u02dc\u2013-\u2122]|â€")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)


@dataclass(frozen=True)
class TableRow:
    """One row: the line where it begins, and its cells by column, trimmed, none empty."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """The rows of a file that could be read, and what is wrong with the others."""

    rows: tuple[TableRow, ...] = ()
    errors: tuple[CellError, ...] = ()


@dataclass(frozen=True)
class _Raw:
    line: int
    cells: list[str]
    error: str = ""


def column_of(header: str) -> str | None:
    """The column that a header names, whatever its case and spaces; None if there is none."""
    key = key_of(header)
    return key if key in COLUMNS else None


def what_to_do_about(header: str) -> str:
    """A sentence about a header that names no column, with the one that was perhaps meant."""
    key = key_of(header)
    if key in {fact.value for fact in PARENTS_ONLY}:
        return "Only parents are asked this. Take the column out"
    if meant := OTHER_HEADERS.get(key):
        return f"We don’t know this column. Did you mean {meant}?"
    close = process.extractOne(key, COLUMNS, score_cutoff=CLOSE_ENOUGH)
    return "We don’t know this column. " + (
        f"Did you mean {close[0]}?" if close else "Take it out, or see the list of columns"
    )


def read_table(data: bytes) -> Table:
    """The rows of a CSV file by column, and every error of its shape. Never raises."""
    problem = ""
    if len(data) > MOST_BYTES:
        problem = f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it"
    elif data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        problem = "This is a workbook. In Excel choose Save as, then CSV UTF-8"
    if problem:
        return Table(errors=(CellError(1, "", "", problem),))
    text = _decoded(data)
    if errors := _unreadable_characters(text):
        return Table(errors=tuple(errors))
    lines_before = 0
    if separator := _SEPARATOR_LINE.match(text):
        text, lines_before = text[separator.end() :], 1
    raw_rows = _raw_rows(text, _delimiter(text), lines_before)
    header = next((raw for raw in raw_rows if any(raw.cells) or raw.error), None)
    if header is None:
        return Table(errors=(CellError(1, "", "", "The file is empty"),))
    return _table(header, raw_rows)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _unreadable_characters(text: str) -> list[CellError]:
    """Errors of letters that some program has lost: guessing them could change a name."""
    errors = []
    for number, line in enumerate(re.split("\r\n|\r|\n", text), start=1):
        if "\ufffd" in line:
            why = "A letter was lost here. Type it again, and save as CSV UTF-8"
        elif _CONTROL.search(line):
            why = "There is a hidden character here. Take it out"
        elif _TWO_ENCODINGS.search(line):
            why = "Letters are garbled here. Type them again, and save as CSV UTF-8"
        else:
            continue
        at = re.search(f"\ufffd|{_CONTROL.pattern}|{_TWO_ENCODINGS.pattern}", line)
        begin = max(0, at.start() - 10) if at else 0
        errors.append(CellError(number, "", _CONTROL.sub("?", line[begin : begin + 25]), why))
    return errors


def _delimiter(text: str) -> str:
    """The delimiter by which the first line names the most columns."""
    first = re.split("[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    best, most = DELIMITERS[0], 0
    for delimiter in DELIMITERS:
        try:
            cells = next(csv.reader([first], delimiter=delimiter), [])
        except csv.Error:
            continue
        named = sum(column_of(cell) is not None for cell in cells)
        if named > most:
            best, most = delimiter, named
    return best


def _raw_rows(text: str, delimiter: str, lines_before: int) -> Iterator[_Raw]:
    """Every row with the line where it begins. One that breaks the rules of CSV is an error."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = lines_before + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Raw(line, [], _why(str(error)))
        else:
            lines = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
            cells = [clean(cell).strip() for cell in lines]
            yield _Raw(line, cells)


def _why(error: str) -> str:
    if "unexpected end" in error:
        return "A quotation mark that opens on this line never closes"
    if "expected after" in error:
        return 'A quotation mark inside a cell must be doubled: ""'
    if "field larger" in error:
        return "A cell here is far too long. Is a quotation mark missing?"
    return "This line is not CSV"


def _table(header: _Raw, raw_rows: Iterator[_Raw]) -> Table:
    columns = [column_of(cell) for cell in header.cells]
    if header.error or not any(columns):
        why = header.error or "The first line must name the columns, as in the template"
        return Table(errors=(CellError(header.line, "", ",".join(header.cells), why),))
    errors = list(_header_errors(header, columns))
    rows: list[TableRow] = []
    for raw in raw_rows:
        if raw.error:
            errors.append(CellError(raw.line, "", "", raw.error))
        elif len(rows) >= MOST_ROWS:
            errors.append(CellError(raw.line, "", "", f"Use at most {MOST_ROWS:,} rows in a file"))
            break
        elif any(raw.cells):
            errors.extend(_row_errors(raw, header))
            named = zip(columns, raw.cells, strict=False)
            rows.append(TableRow(raw.line, {name: cell for name, cell in named if name and cell}))
    return Table(tuple(rows), tuple(errors))


def _header_errors(header: _Raw, columns: list[str | None]) -> Iterator[CellError]:
    for cell, column in zip(header.cells, columns, strict=True):
        if cell and column is None:
            yield CellError(header.line, shortened(cell), "", what_to_do_about(cell))
    for column in COLUMNS:
        if columns.count(column) > 1:
            yield CellError(header.line, column, "", "The column is there twice")
    for column in NEEDED:
        if column not in columns and not (column == "sessions" and {"days", "times"} <= {*columns}):
            yield CellError(header.line, column, "", "The column is missing, and it is needed")


def _row_errors(raw: _Raw, header: _Raw) -> Iterator[CellError]:
    extra = raw.cells[len(header.cells) :]
    unnamed = [c for c, name in zip(raw.cells, header.cells, strict=False) if c and not name]
    if any(extra):
        why = "There are more cells than columns. Put text that holds a comma in quotation marks"
        yield CellError(raw.line, "", next(filter(None, extra)), why)
    if unnamed:
        yield CellError(raw.line, "", unnamed[0], "This cell stands in a column without a name")
