"""Days and times, as real spreadsheets say them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.refused import Refused
from finder.domain.times import parse_days, parse_times
from finder.domain.vocabulary import Repeats, Weekday


@pytest.mark.parametrize(
    ("typed", "starts", "ends"),
    [
        ("9.30-11am", time(9, 30), time(11)),
        ("10:30-11:15", time(10, 30), time(11, 15)),
        ("1-2pm", time(13), time(14)),
        ("10am to 12 noon", time(10), time(12)),
    ],
)
def test_times_are_read_as_they_are_written(typed: str, starts: time, ends: time) -> None:
    assert parse_times(typed) == (starts, ends)


def test_times_that_may_be_morning_or_evening_are_refused() -> None:
    with pytest.raises(Refused, match="am or pm"):
        parse_times("2-3")


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("Tues & Thurs", ((Weekday.TUE, Repeats.WEEKLY), (Weekday.THU, Repeats.WEEKLY))),
        ("Mon-Fri", tuple((day, Repeats.WEEKLY) for day in list(Weekday)[:5])),
        ("1st Friday of month", ((Weekday.FRI, Repeats.FIRST),)),
        ("alternate Weds", ((Weekday.WED, Repeats.FORTNIGHTLY),)),
    ],
)
def test_days_are_read_as_they_are_written(
    typed: str, days: tuple[tuple[Weekday, Repeats], ...]
) -> None:
    assert parse_days(typed) == days


@given(st.text(max_size=60))
def test_any_text_is_days_and_times_or_is_refused(text: str) -> None:
    for parse in (parse_days, parse_times):
        try:
            assert parse(text)
        except Refused as refusal:
            assert refusal.message
