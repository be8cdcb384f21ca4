from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finder.domain.refused import Refused
from finder.domain.schedule.calendars import Calendar, Term
from finder.domain.schedule.sessions import (
    Occurrence,
    Session,
    ends_at,
    is_sure_to_be_on,
    london_day,
    next_occurrence,
    occurrences_between,
    starts_at,
    upcoming,
)
from finder.domain.vocabulary import Nation, Repeats, Weekday

LONDON = ZoneInfo("Europe/London")
ENGLAND = Calendar(Nation.ENGLAND)
WALES = Calendar(
    Nation.WALES,
    terms=(
        Term(date(2026, 9, 1), date(2026, 10, 23)),
        Term(date(2026, 11, 2), date(2026, 12, 18)),
        Term(date(2027, 1, 4), date(2027, 2, 5)),
        Term(date(2027, 2, 15), date(2027, 3, 19)),
        Term(date(2027, 4, 5), date(2027, 7, 20)),
    ),
)
TUESDAY = Session(Weekday.TUE, time(10), time(11))
DAYS = st.dates(date(2026, 7, 1), date(2027, 10, 31))
NOWS = st.builds(
    lambda day, minute: datetime.combine(day, time(), UTC) + timedelta(minutes=minute),
    DAYS,
    st.integers(0, 24 * 60 - 1),
)
NTHS = {Repeats.FIRST: 1, Repeats.SECOND: 2, Repeats.THIRD: 3, Repeats.FOURTH: 4}


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    weekday = draw(st.sampled_from(list(Weekday)))
    repeats = draw(st.sampled_from(list(Repeats)))
    first_on = draw(st.none() | DAYS)
    if repeats is Repeats.FORTNIGHTLY:
        near = first_on or draw(DAYS)
        first_on = near + timedelta(days=(weekday.number - near.weekday()) % 7)
    last_on = draw(st.none() | st.dates(first_on or date(2026, 7, 1), date(2028, 1, 1)))
    start = draw(st.integers(0, 22 * 60))
    end = draw(st.integers(start + 1, 24 * 60 - 1))
    return Session(
        weekday, time(start // 60, start % 60), time(end // 60, end % 60), repeats,
        first_on, last_on, draw(st.booleans()), draw(st.booleans()),
    )  # fmt: skip


CALENDARS = st.sampled_from([WALES, *(Calendar(nation) for nation in Nation)])


def is_on(session: Session, day: date, calendar: Calendar) -> bool:
    """The oracle: one day looked at by itself, with no rule of repetition at all."""
    if day.weekday() != list(Weekday).index(session.weekday):
        return False
    if (session.first_on and day < session.first_on) or (session.last_on and day > session.last_on):
        return False
    if session.repeats in NTHS and (day.day + 6) // 7 != NTHS[session.repeats]:
        return False
    if session.repeats is Repeats.LAST and (day + timedelta(days=7)).month == day.month:
        return False
    if session.repeats is Repeats.FORTNIGHTLY and (day - session.first_on).days % 14:
        return False
    if not session.runs_on_bank_holidays and calendar.is_bank_holiday(day):
        return False
    known = bool(calendar.terms) and date(2026, 9, 1) <= day <= date(2027, 7, 31)
    in_term = any(term.first_day <= day <= term.last_day for term in calendar.terms)
    return not session.is_term_time_only or not known or in_term


def days_on(session: Session, first: date, last: date, calendar: Calendar) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if is_on(session, day, calendar)]


@given(sessions(), DAYS, st.integers(-3, 420), CALENDARS, st.sets(DAYS, max_size=60))
def test_occurrences_are_those_that_looking_at_each_day_finds(session, first, long, calendar, off):
    last = first + timedelta(days=long)
    notes = dict.fromkeys(off, "The hall is being painted")

    found = occurrences_between(session, first, last, calendar, notes)

    assert [o.on for o in found] == days_on(session, first, last, calendar)
    assert {o.on for o in found if o.is_cancelled} == {o.on for o in found} & off
    assert all(o.note == notes.get(o.on, "") for o in found)


@settings(max_examples=150)
@given(
    st.lists(sessions(), min_size=1, max_size=3, unique=True),
    NOWS,
    CALENDARS,
    st.data(),
)
def test_the_next_occurrence_is_the_first_not_over_and_not_cancelled(some, now, calendar, data):
    wall = now.astimezone(LONDON).replace(tzinfo=None)
    far = date(2028, 11, 1)
    happening = [
        (datetime.combine(day, session.starts), datetime.combine(day, session.ends), session)
        for session in some
        for day in days_on(session, wall.date(), far, calendar)
    ]
    soon = sorted(day.date() for day, _, _ in happening)[:4]
    off = (
        {s: dict.fromkeys(data.draw(st.sets(st.sampled_from(soon))), "") for s in some}
        if soon
        else {}
    )
    left = [
        (start, end)
        for start, end, session in happening
        if end > wall and start.date() not in off.get(session, {})
    ]

    found = next_occurrence(some, now, calendar, off)

    if left:
        start, end = min(left)
        assert found == Occurrence(start.date(), start.time(), end.time())
    else:
        assert found is None


def test_a_session_that_is_over_for_good_has_no_next_occurrence():
    over = Session(Weekday.TUE, time(10), time(11), last_on=date(2026, 11, 17))

    assert next_occurrence([over], at(date(2026, 11, 18), 9), ENGLAND, {}) is None


def test_an_occurrence_counts_as_next_until_it_ends():
    day = date(2026, 11, 24)

    assert next_occurrence([TUESDAY], at(day, 10, 59), ENGLAND, {}).on == day
    assert next_occurrence([TUESDAY], at(day, 11), ENGLAND, {}).on == date(2026, 12, 1)


def test_now_is_read_on_the_clock_of_london_wherever_the_server_stands():
    late_monday_in_new_york = datetime(2026, 11, 23, 23, tzinfo=ZoneInfo("America/New_York"))
    summer_utc = datetime(2026, 6, 16, 10, 30, tzinfo=UTC)  # 11:30 in London

    assert next_occurrence([TUESDAY], late_monday_in_new_york, ENGLAND, {}).on.day == 24
    assert next_occurrence([TUESDAY], summer_utc, ENGLAND, {}).on == date(2026, 6, 23)
    with pytest.raises(ValueError, match="aware"):
        next_occurrence([TUESDAY], datetime(2026, 11, 24), ENGLAND, {})  # noqa: DTZ001


def test_cancelling_the_morning_leaves_the_afternoon_of_the_same_day():
    day = date(2026, 11, 24)
    afternoon = Session(Weekday.TUE, time(13), time(14))
    off = {TUESDAY: {day: "The leader is ill"}}

    assert next_occurrence([TUESDAY, afternoon], at(day, 8), ENGLAND, off).starts == time(13)


def test_upcoming_dates_of_all_sessions_are_in_order_and_show_what_is_cancelled():
    thursday = Session(Weekday.THU, time(9), time(10))
    off = {TUESDAY: {date(2026, 12, 1): "No heating"}}

    found = upcoming([thursday, TUESDAY], at(date(2026, 11, 24), 12), ENGLAND, off, 3)

    assert found == [
        Occurrence(date(2026, 11, 26), time(9), time(10)),
        Occurrence(date(2026, 12, 1), time(10), time(11), True, "No heating"),
        Occurrence(date(2026, 12, 3), time(9), time(10)),
    ]


def test_a_session_that_begins_in_three_years_has_its_first_date_as_next():
    later = Session(Weekday.TUE, time(10), time(11), first_on=date(2029, 11, 27))

    assert next_occurrence([later], at(date(2026, 11, 24), 9), ENGLAND, {}).on == date(2029, 11, 27)


def test_bank_holidays_are_those_of_the_venues_nation():
    monday = Session(Weekday.MON, time(10), time(11))
    st_andrews = date(2026, 11, 30)

    scottish = occurrences_between(monday, st_andrews, st_andrews, Calendar(Nation.SCOTLAND), {})
    english = occurrences_between(monday, st_andrews, st_andrews, ENGLAND, {})

    assert (len(scottish), len(english)) == (0, 1)


def test_where_terms_are_unknown_dates_are_listed_but_not_sure():
    session = Session(Weekday.TUE, time(10), time(11), is_term_time_only=True)
    half_term = date(2026, 10, 27)

    assert len(occurrences_between(session, half_term, half_term, ENGLAND, {})) == 1
    assert not is_sure_to_be_on(session, half_term, ENGLAND)
    assert occurrences_between(session, half_term, half_term, WALES, {}) == []
    assert is_sure_to_be_on(session, half_term, WALES)
    assert is_sure_to_be_on(TUESDAY, half_term, ENGLAND)


@pytest.mark.parametrize(
    ("day", "hour_in_utc"),
    [
        (date(2026, 10, 20), 9), (date(2026, 10, 27), 10),
        (date(2027, 3, 23), 10), (date(2027, 3, 30), 9),
    ],
)  # fmt: skip
def test_ten_o_clock_stays_ten_o_clock_when_the_clocks_change(day, hour_in_utc):
    (occurrence,) = occurrences_between(TUESDAY, day, day, ENGLAND, {})

    assert starts_at(occurrence).time() == time(10)
    assert starts_at(occurrence).astimezone(UTC).hour == hour_in_utc
    assert (ends_at(occurrence) - starts_at(occurrence)).seconds == 3600


def test_a_time_that_the_spring_change_skips_is_an_hour_later():
    skipped = Occurrence(date(2027, 3, 28), time(1, 30), time(3))

    assert starts_at(skipped).isoformat() == "2027-03-28T02:30:00+01:00"


def test_a_time_that_the_autumn_change_repeats_is_the_first_of_the_two():
    twice = Occurrence(date(2026, 10, 25), time(1, 30), time(3))

    assert starts_at(twice).astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 1, 23, 59, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_a_new_day_begins_when_london_says_so(instant, day):
    assert london_day(instant) == day


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"ends": time(10)}, "ends"),
        ({"ends": time(9)}, "ends"),
        ({"ends": time(11, tzinfo=UTC)}, "starts"),
        ({"first_on": date(2026, 12, 1), "last_on": date(2026, 11, 30)}, "last_on"),
        ({"first_on": date(202, 12, 1)}, "first_on"),
        ({"last_on": date(9999, 12, 31)}, "last_on"),
        ({"repeats": Repeats.FORTNIGHTLY}, "first_on"),
        ({"repeats": Repeats.FORTNIGHTLY, "first_on": date(2026, 11, 25)}, "first_on"),
    ],
)
def test_a_session_that_nobody_could_go_to_is_refused_by_its_field(wish, field):
    with pytest.raises(Refused) as refused:
        Session(**{"weekday": Weekday.TUE, "starts": time(10), "ends": time(11)} | wish)

    assert refused.value.field == field
