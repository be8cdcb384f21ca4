"""The cell that says when."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.refused import Refused
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import Repeats, Weekday
from finder.spreadsheets.cells import Usual, read_sessions, write_sessions

TUE_10 = Session(Weekday.TUE, time(10), time(11))


def read(text, **usual):
    return read_sessions(text, Usual(**usual))


@pytest.mark.parametrize(
    "typed",
    ["Tue 10:00-11:00", "Tuesdays, 10-11am", "every Tuesday from 10am to 11am", "TUES: 10 – 11 am"],
)
def test_one_session_in_many_spellings(typed):
    assert read(typed) == (TUE_10,)


def test_two_days_at_one_time_are_two_sessions():
    thursday = Session(Weekday.THU, time(10), time(11))

    assert read("Tues & Thurs 10-11am") == (TUE_10, thursday)
    assert read("Tue 10-11am; Thu 10-11am") == (TUE_10, thursday)
    assert read("Tue 10-11am\nThu 10-11am") == (TUE_10, thursday)


def test_a_session_says_its_own_terms_bank_holidays_and_dates():
    [session] = read(
        "1st Fri 9.30-11am term-time only, bank holidays too, from 4 Sep 2026 until 18/12/2026"
    )

    assert session == Session(
        Weekday.FRI,
        time(9, 30),
        time(11),
        Repeats.FIRST,
        date(2026, 9, 4),
        date(2026, 12, 18),
        is_term_time_only=True,
        runs_on_bank_holidays=True,
    )


def test_the_rows_own_columns_hold_where_a_session_says_nothing():
    usual = {"first_on": date(2026, 9, 1), "is_term_time_only": True, "runs_on_bank_holidays": True}
    plain, other = read("Tue 10-11am; Wed 1-2pm all year, not bank holidays", **usual)

    assert (plain.first_on, plain.is_term_time_only, plain.runs_on_bank_holidays) == (
        date(2026, 9, 1),
        True,
        True,
    )
    assert (other.is_term_time_only, other.runs_on_bank_holidays) == (False, False)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Tuesday", "when it starts and ends"),
        ("10-11am", "the day before the time"),
        ("Tue 2-3", "am or pm"),
        ("Tue 10-11am; Thu 2-3", "“Thu 2-3”: Say am or pm"),
        ("every other Wed 10-11am", "Give one Wednesday when it is on"),
        ("every other Wed 10-11am from 1 Sep 2026", "must be a Wednesday"),
        ("Tue 10-11am until 1/9/26", "whole year"),
        ("Tue 10-11am except half term", "one start and one end"),
    ],
)
def test_a_session_that_can_not_be_told_is_refused_with_the_reason(typed, why):
    with pytest.raises(Refused, match=why) as refusal:
        read(typed)

    assert refusal.value.field == "sessions"


@st.composite
def sessions(draw):
    at = st.times().map(lambda t: t.replace(second=0, microsecond=0))
    starts, ends = sorted(draw(st.lists(at, min_size=2, max_size=2, unique=True)))
    repeats = draw(st.sampled_from(Repeats))
    days = st.dates(date(1990, 1, 1), date(2050, 1, 1))
    first = draw(days if repeats is Repeats.FORTNIGHTLY else st.none() | days)
    weekday = list(Weekday)[first.weekday()] if first else draw(st.sampled_from(Weekday))
    last = draw(st.none() | st.dates(first or date(1990, 1, 1), date(2060, 1, 1)))
    return Session(
        weekday, starts, ends, repeats, first, last, draw(st.booleans()), draw(st.booleans())
    )


@given(st.lists(sessions(), min_size=1, max_size=5).map(tuple))
def test_sessions_as_a_file_writes_them_can_be_read_back(several):
    assert read(write_sessions(several)) == several


WORDS = st.sampled_from(
    [
        "Tue",
        "10-11am",
        "2-3",
        ";",
        "1st",
        "Fri",
        "from",
        "until",
        "2026-09-01",
        "term",
        "time",
        "99/99/2026",
        "&",
        ",",
        "bank",
        "holidays",
    ]
)


@given(st.text(max_size=60) | st.lists(WORDS, max_size=8).map(" ".join))
def test_any_text_is_sessions_or_a_refusal(typed):
    try:
        several = read(typed)
    except Refused:
        return

    assert all(isinstance(session, Session) for session in several)
