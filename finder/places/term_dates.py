"""Reads the file of school term dates, data/term_dates.csv, into calendars.

One row for each stretch of days on which schools are open, half a term usually. Columns:
area (a nation's word such as `wales`, or a council's GSS code), first_day and last_day
(2026-09-01, both included), and name and source for the people who keep the file. A row with
both dates empty says that the area differs from its nation and that we don't know how.
"""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

from finder.domain.refused import Refused
from finder.domain.schedule.calendars import Calendars, Term

_NEEDED = ("area", "first_day", "last_day")


def read_calendars(path: Path) -> Calendars:
    """The calendars of all areas. Refuses a broken file, naming its line and column."""
    by_area: dict[str, list[Term]] = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        for column in _NEEDED:
            if column not in (rows.fieldnames or ()):
                raise Refused(column, f"{path.name}: there is no column “{column}”")
        for row in rows:
            try:
                by_area[_cell(row, "area")].extend(_terms(row))
            except Refused as refused:
                raise _at_line(path, rows.line_num, refused) from refused
    try:
        return Calendars({area: tuple(terms) for area, terms in by_area.items()})
    except Refused as refused:
        raise Refused(refused.field, f"{path.name}: {refused.message}") from refused


def _terms(row: dict[str, str]) -> list[Term]:
    if not _cell(row, "first_day") and not _cell(row, "last_day"):
        return []
    return [Term(_day(row, "first_day"), _day(row, "last_day"))]


def _day(row: dict[str, str], column: str) -> date:
    typed = _cell(row, column)
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refused(column, f"“{typed}” is not a date like 2026-09-01") from None


def _cell(row: dict[str, str], column: str) -> str:
    # DictReader leaves None where a row is shorter than the header.
    return (row[column] or "").strip()


def _at_line(path: Path, line: int, refused: Refused) -> Refused:
    return Refused(refused.field, f"{path.name}, line {line}, {refused.field}: {refused.message}")
