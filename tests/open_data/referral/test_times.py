"""Schedules of other people's feeds as our sessions, and ours as theirs."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given

from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import Repeats, Weekday
from finder.open_data.referral.times import own_session, schedules_of, sessions_of
from tests.spreadsheets.test_sessions import sessions
from tests.support.examples import as_listed, group

TODAY = date(2026, 11, 24)
TEN_TO_ELEVEN = {"opens_at": "10:00", "closes_at": "11:00:00"}


def read(**schedule: Any) -> tuple[Session, ...]:
    return sessions_of([TEN_TO_ELEVEN | schedule], TODAY)


def ten(day: Weekday, *more: Any) -> Session:
    return Session(day, time(10), time(11), *more)


@given(sessions())
def test_a_session_goes_out_and_comes_back(session: Session) -> None:
    [shape] = schedules_of(as_listed(group("g", sessions=(session,))), "")

    assert own_session(shape) == session


@pytest.mark.parametrize(
    ("schedule", "meant"),
    [
        ({"freq": "WEEKLY", "byday": "TU,TH"}, (ten(Weekday.TUE), ten(Weekday.THU))),
        ({"byday": "Tuesday"}, (ten(Weekday.TUE),)),
        ({"weekday": "Tuesday"}, (ten(Weekday.TUE),)),
        ({"freq": "WEEKLY", "byday": "TU", "interval": "1"}, (ten(Weekday.TUE),)),
        ({"freq": "WEEKLY", "dtstart": "2026-09-01"}, (ten(Weekday.TUE),)),
        (
            {"freq": "WEEKLY", "byday": "TU", "interval": 2, "dtstart": "2026-09-02"},
            (ten(Weekday.TUE, Repeats.FORTNIGHTLY, date(2026, 9, 8)),),
        ),
        ({"freq": "MONTHLY", "byday": "1MO"}, (ten(Weekday.MON, Repeats.FIRST),)),
        ({"freq": "MONTHLY", "byday": "-1FR"}, (ten(Weekday.FRI, Repeats.LAST),)),
        ({"dtstart": "2026-12-01"},
         (ten(Weekday.TUE, Repeats.WEEKLY, date(2026, 12, 1), date(2026, 12, 1)),)),
        (
            {"byday": "MO", "valid_from": "2027-01-04", "valid_to": "2027-03-29"},
            (ten(Weekday.MON, Repeats.WEEKLY, date(2027, 1, 4), date(2027, 3, 29)),),
        ),
        ({"freq": "DAILY"}, tuple(ten(day) for day in Weekday)),
        ({"byday": "MO", "opens_at": "2000-01-01T10:00:00Z"}, (ten(Weekday.MON),)),
    ],
)  # fmt: skip
def test_a_schedule_is_read_as_it_is_meant(
    schedule: dict[str, Any], meant: tuple[Session, ...]
) -> None:
    assert read(**schedule) == meant


@pytest.mark.parametrize(
    "schedule",
    [
        {},
        {"byday": "MO", "opens_at": None},
        {"byday": "MO", "opens_at": 10},
        {"byday": "MO", "closes_at": "09:00"},
        {"byday": "MO", "interval": 3},
        {"byday": "MO", "interval": {"a": 1}},
        {"byday": "MO", "valid_to": "2026-11-23"},
        {"byday": "MO", "interval": 2},
        {"freq": "MONTHLY", "byday": "MO"},
        {"freq": "MONTHLY", "bymonthday": "3"},
        {"byday": "5MO", "freq": "MONTHLY"},
        {"dtstart": "2026-02-30"},
        {"byday": ["MO"], "valid_from": "0001-01-01"},
    ],
)
def test_what_cannot_be_told_or_is_over_is_left_out(schedule: dict[str, Any]) -> None:
    assert read(**schedule) == ()


def test_the_same_slot_twice_is_one_and_no_more_than_a_group_may_have_are_taken() -> None:
    twice = [TEN_TO_ELEVEN | {"byday": "MO"}] * 2
    many = [
        {"byday": "MO,TU,WE,TH,FR", "opens_at": f"{n:02}:00", "closes_at": f"{n + 1:02}:00"}
        for n in range(9, 14)
    ]

    assert sessions_of(twice, TODAY) == (ten(Weekday.MON),)
    assert len(sessions_of(many, TODAY)) == 14


def test_a_date_cancelled_is_told_but_never_taken_for_more() -> None:
    session = ten(Weekday.MON)
    off = {session: {date(2026, 12, 7): "Term time only. Hall shut"}}
    [shape] = schedules_of(as_listed(group("g", sessions=(session,)), cancelled=off), "")

    assert shape["notes"] == "Not on 2026-12-07 (Term time only. Hall shut)."
    assert own_session(shape) == session
