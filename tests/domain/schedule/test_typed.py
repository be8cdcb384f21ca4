"""What people type about days and times becomes a timetable, or is refused with a reason."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.refused import Refused
from finder.domain.schedule.typed import parse_date, parse_days, parse_times, typed_times
from finder.domain.vocabulary import Repeats, Weekday

MON, TUE, WED, THU, FRI, SAT, SUN = Weekday


@pytest.mark.parametrize(
    ("typed", "starts", "ends"),
    [
        ("9.30-11am", time(9, 30), time(11)),
        ("10:30-11:15", time(10, 30), time(11, 15)),
        ("10.00 – 11.30", time(10), time(11, 30)),
        ("0930-1100", time(9, 30), time(11)),
        ("10:00:00-11:00:00", time(10), time(11)),
        ("13:30-14:30", time(13, 30), time(14, 30)),
        ("1-2pm", time(13), time(14)),
        ("10am to 12 noon", time(10), time(12)),
        ("10-12 noon", time(10), time(12)),
        ("11-1pm", time(11), time(13)),
        ("11.30am-1", time(11, 30), time(13)),
        ("9am-12", time(9), time(12)),
        ("12-1pm", time(12), time(13)),
        ("noon - 1pm", time(12), time(13)),
        ("from 9.30 a.m. until 11 a.m.", time(9, 30), time(11)),
        ("12:30am-1am", time(0, 30), time(1)),
        ("10am-13:00", time(10), time(13)),
    ],
)
def test_times_are_read_as_people_type_them(typed, starts, ends):
    assert parse_times(typed) == (starts, ends)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2-3", "am or pm"),
        ("9-11", "am or pm"),
        ("1:30-2:30", "am or pm"),
        ("7:15-8:00", "am or pm"),
        ("11:00-1:30", "am or pm"),
        ("10-14:00", "am or pm"),
        ("10am", "one start and one end"),
        ("10-11am and 1-2pm", "one start and one end"),
        ("mornings", "one start and one end"),
        ("3pm-2pm", "end after it starts"),
        ("25:00-26:00", "no such time"),
        ("10:75-11:00", "no such time"),
        ("", "one start and one end"),
        ("1" * 120, "at most 100"),
    ],
)
def test_times_that_may_be_two_things_are_refused_with_the_reason(typed, why):
    with pytest.raises(Refused, match=why) as refusal:
        parse_times(typed)

    assert refusal.value.field == "times"


CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(st.lists(CLOCKS, min_size=2, max_size=2, unique=True).map(sorted))
def test_times_as_a_file_writes_them_can_be_read_back(pair):
    assert list(parse_times(typed_times(*pair))) == pair


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("Tues & Thurs", [TUE, THU]),
        ("Mon-Fri", [MON, TUE, WED, THU, FRI]),
        ("Monday to Thursday", [MON, TUE, WED, THU]),
        ("Mon, Wed and Fri", [MON, WED, FRI]),
        ("Weds/Fri", [WED, FRI]),
        ("Mon Tue", [MON, TUE]),
        ("Tuesdays", [TUE]),
        ("every Tuesday", [TUE]),
        ("weekdays", [MON, TUE, WED, THU, FRI]),
        ("Weekends", [SAT, SUN]),
    ],
)
def test_days_of_every_week_are_read_as_people_type_them(typed, days):
    assert parse_days(typed) == tuple((day, Repeats.WEEKLY) for day in days)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("1st Friday of month", [(FRI, Repeats.FIRST)]),
        ("First Friday of the month", [(FRI, Repeats.FIRST)]),
        ("2nd Mon of each month", [(MON, Repeats.SECOND)]),
        ("last Weds", [(WED, Repeats.LAST)]),
        ("1st & 3rd Tues", [(TUE, Repeats.FIRST), (TUE, Repeats.THIRD)]),
        ("second and fourth Thursday", [(THU, Repeats.SECOND), (THU, Repeats.FOURTH)]),
        ("alternate Weds", [(WED, Repeats.FORTNIGHTLY)]),
        ("every other Sat", [(SAT, Repeats.FORTNIGHTLY)]),
        ("Thursdays (fortnightly)", [(THU, Repeats.FORTNIGHTLY)]),
        ("every 2 weeks on Fri", [(FRI, Repeats.FORTNIGHTLY)]),
    ],
)
def test_days_that_come_round_less_often_are_read_too(typed, days):
    assert list(parse_days(typed)) == days


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("every second Wed", "every other Wed"),
        ("monthly Tue", "which one of the month"),
        ("5th Tue", "which one of the month"),
        ("Tue of the month", "which one of the month"),
        ("1st Tue & 3rd Thu", "on its own"),
        ("1st alternate Tue", "either every other week"),
        ("Sat-Tue", "Name each day"),
        ("Mon & Mon", "twice"),
        ("M/W/F", "Name days"),
        ("Tuesday mornings", "Name days"),
        ("", "Name days"),
    ],
)
def test_days_that_may_be_two_things_are_refused_with_the_reason(typed, why):
    with pytest.raises(Refused, match=why) as refusal:
        parse_days(typed)

    assert refusal.value.field == "days"


@pytest.mark.parametrize(
    "typed",
    [
        "2 Sep 2026",
        "02/09/2026",
        "2.9.2026",
        "2026-09-02",
        "2026-09-02 00:00:00",
        "Wednesday 2nd September 2026",
        "02-Sep-2026",
    ],
)
def test_dates_are_read_with_the_day_first(typed):
    assert parse_date(typed) == date(2026, 9, 2)


@pytest.mark.parametrize(
    "typed", ["2/9/26", "31/02/2026", "9/13/2026", "Sept 2026", "1 Smarch 2026", "soon", ""]
)
def test_a_date_that_is_no_day_is_refused(typed):
    with pytest.raises(Refused) as refusal:
        parse_date(typed)

    assert refusal.value.field == "date"


WORDS = st.sampled_from(
    [
        "9",
        "10",
        "11:30",
        "9.30",
        "1pm",
        "am",
        "noon",
        "-",
        "to",
        "2-3",
        "mon",
        "tues",
        "&",
        "thurs",
        "1st",
        "last",
        "other",
        "every",
        "of",
        "month",
        "and",
        "alternate",
        "2026",
        "sep",
        "02/09/2026",
        "/",
        ",",
        "weekdays",
        "25:00",
    ]
)


@given(
    st.sampled_from([parse_times, parse_days, parse_date]),
    st.text(max_size=120) | st.lists(WORDS, max_size=7).map(" ".join),
)
def test_any_text_is_read_or_refused(parse, typed):
    try:
        read = parse(typed)
    except Refused:
        return

    assert read
