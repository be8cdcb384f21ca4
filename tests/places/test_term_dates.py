from datetime import date, time
from pathlib import Path

import pytest

from finder.domain.refused import Refused
from finder.domain.schedule.sessions import Session, occurrences_between
from finder.domain.vocabulary import Nation, Weekday
from finder.places.term_dates import read_calendars
from tests.support.paths import DATA

SHIPPED = DATA / "term_dates.csv"


def written(folder: Path, text: str) -> Path:
    path = folder / "term_dates.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_file_gives_wales_its_half_terms():
    wales = read_calendars(SHIPPED).of(Nation.WALES, "W06000015")
    session = Session(Weekday.TUE, time(10), time(11), is_term_time_only=True)

    found = occurrences_between(session, date(2027, 2, 1), date(2027, 4, 12), wales, {})

    assert [(o.on.month, o.on.day) for o in found] == [
        (2, 2), (2, 16), (2, 23), (3, 2), (3, 9), (3, 16), (4, 6),
    ]  # fmt: skip


def test_the_shipped_file_claims_nothing_of_powys_or_of_the_other_nations():
    calendars = read_calendars(SHIPPED)

    assert not calendars.of(Nation.WALES, "W06000023").terms
    assert [nation for nation in Nation if calendars.of(nation).terms] == [Nation.WALES]


def test_a_councils_rows_are_read_as_its_own(tmp_path):
    path = written(
        tmp_path,
        "area,name,first_day,last_day,source\n"
        "E08000035,Spring,2027-01-04,2027-02-12,a page\n"
        "E08000035,Autumn,2026-09-01,2026-12-18,a page\n",
    )

    leeds = read_calendars(path).of(Nation.ENGLAND, "E08000035")

    assert [term.first_day for term in leeds.terms] == [date(2026, 9, 1), date(2027, 1, 4)]
    assert not read_calendars(path).of(Nation.ENGLAND, "E08000012").terms


def test_a_file_saved_by_a_spreadsheet_with_a_byte_order_mark_is_read(tmp_path):
    path = written(tmp_path, "\ufeffarea,first_day,last_day\nwales,2026-09-01,2026-12-18\n")

    assert read_calendars(path).of(Nation.WALES).terms


@pytest.mark.parametrize(
    ("rows", "field", "says"),
    [
        ("wales,1 Sept,2026-12-18\n", "first_day", "line 2, first_day: “1 Sept” is not a date"),
        ("wales,2026-09-01\n", "last_day", "line 2, last_day: “” is not a date"),
        ("wales,2026-09-01,2026-08-01\n", "last_day", "line 2, last_day: The last day"),
        ("cymru,2026-09-01,2026-12-18\n", "area", "“cymru” is neither a nation"),
        (
            "wales,2026-09-01,2026-12-18\nwales,2026-12-18,2027-02-01\n",
            "first_day",
            "Two terms overlap on 2026-12-18",
        ),
    ],
)
def test_a_broken_row_is_refused_by_its_line_and_column(tmp_path, rows, field, says):
    path = written(tmp_path, "area,first_day,last_day\n" + rows)

    with pytest.raises(Refused) as refused:
        read_calendars(path)

    assert refused.value.field == field
    assert says in refused.value.message


def test_a_file_without_a_column_is_refused(tmp_path):
    with pytest.raises(Refused, match="no column “last_day”"):
        read_calendars(written(tmp_path, "area,first_day\nwales,2026-09-01\n"))
