from datetime import date, time

import pytest

from finder.domain.schedule.sessions import Occurrence, Session
from finder.domain.schedule.words import clock, long_date, sentence, short_date, when, when_in_full
from finder.domain.vocabulary import Repeats, Weekday

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("session", "said"),
    [
        (
            Session(Weekday.TUE, time(10, 30), time(11), is_term_time_only=True),
            "Every Tuesday, 10:30 to 11:00, term time only",
        ),
        (
            Session(Weekday.FRI, time(9, 30), time(11), Repeats.FIRST),
            "The first Friday of the month, 9:30 to 11:00",
        ),
        (
            Session(Weekday.WED, time(13, 15), time(14, 45), Repeats.LAST),
            "The last Wednesday of the month, 13:15 to 14:45",
        ),
        (
            Session(Weekday.MON, time(9), time(10), Repeats.FORTNIGHTLY, date(2026, 11, 2)),
            "Every other Monday, 9:00 to 10:00",
        ),
        (
            Session(Weekday.MON, time(9), time(10), runs_on_bank_holidays=True),
            "Every Monday, 9:00 to 10:00, bank holidays too",
        ),
    ],
)
def test_a_session_is_said_in_one_plain_line(session, said):
    assert sentence(session) == said


def test_a_session_yet_to_begin_says_when_and_one_with_an_end_says_until_when():
    session = Session(
        Weekday.TUE, time(10), time(11), first_on=date(2026, 12, 1), last_on=date(2027, 3, 16)
    )

    assert sentence(session, TODAY) == (
        "Every Tuesday, 10:00 to 11:00, from Tuesday 1 December, until Tuesday 16 March 2027"
    )
    assert sentence(session, date(2027, 1, 5)) == (
        "Every Tuesday, 10:00 to 11:00, until Tuesday 16 March"
    )


def test_an_occurrence_is_said_short_on_a_card_and_in_full_on_its_page():
    occurrence = Occurrence(date(2026, 11, 24), time(10), time(11))

    assert when(occurrence) == "Tue 24 Nov, 10:00 to 11:00"
    assert when_in_full(occurrence, TODAY) == "Tuesday 24 November, 10:00 to 11:00"


def test_the_year_is_said_only_when_it_is_not_this_one():
    assert short_date(date(2027, 1, 5), TODAY) == "Tue 5 Jan 2027"
    assert long_date(date(2027, 1, 5), TODAY) == "Tuesday 5 January 2027"
    assert short_date(date(2026, 9, 6), TODAY) == "Sun 6 Sep"


def test_times_have_24_hours_and_no_leading_zero():
    assert [clock(time(9, 5)), clock(time(13, 15)), clock(time(0, 30))] == ["9:05", "13:15", "0:30"]
