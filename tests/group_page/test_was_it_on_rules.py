"""Which dates are asked about, and what a page makes of the answers."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

import pytest

from finder.domain.refused import Refused
from finder.domain.schedule.calendars import Calendar
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import Nation, Weekday
from finder.group_page.rules import (
    FoundOn,
    OnAnswer,
    dates_to_ask,
    is_in_doubt,
    parse_answer,
    sentence,
)

MORNING = Session(Weekday.TUE, time(10), time(11))
AFTERNOON = Session(Weekday.TUE, time(14), time(15))
TUESDAY, BEFORE = date(2026, 11, 24), date(2026, 11, 17)
TODAY = date(2026, 11, 25)
ANY = Calendar(Nation.SCOTLAND)


def at(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def asked(
    now: datetime, *sessions: Session, off: Mapping[date, str] | None = None
) -> tuple[date, ...]:
    return dates_to_ask({session: off or {} for session in sessions}, now, ANY)


def test_a_date_is_asked_about_once_its_session_has_ended() -> None:
    assert TUESDAY not in asked(at(10, 59), MORNING)
    assert asked(at(11), MORNING)[0] == TUESDAY


def test_in_summer_a_session_ends_by_the_clock_in_london() -> None:
    day = date(2026, 7, 14)

    assert day not in asked(at(9, 59, day), MORNING)
    assert day in asked(at(10, 0, day), MORNING)


def test_a_date_is_asked_about_for_fourteen_days_the_newest_first() -> None:
    assert asked(at(12, day=date(2026, 12, 1)), MORNING) == (date(2026, 12, 1), TUESDAY, BEFORE)
    assert asked(at(12, day=date(2026, 12, 2)), MORNING) == (date(2026, 12, 1), TUESDAY)


@pytest.mark.parametrize("sessions", [(MORNING, AFTERNOON), (AFTERNOON, MORNING)])
def test_a_day_with_two_sessions_is_asked_about_once_after_the_last(
    sessions: tuple[Session, ...],
) -> None:
    assert TUESDAY not in asked(at(12), *sessions)
    assert asked(at(15), *sessions).count(TUESDAY) == 1


def test_nobody_is_asked_about_a_date_that_was_cancelled() -> None:
    off = {TUESDAY: "Hall is shut"}

    assert TUESDAY not in asked(at(12), MORNING, off=off)
    both = {MORNING: {}, AFTERNOON: off}
    assert TUESDAY in dates_to_ask(both, at(12), ANY)


def test_a_group_that_has_not_begun_is_not_asked_about() -> None:
    new = Session(Weekday.TUE, time(10), time(11), first_on=date(2026, 12, 1))

    assert asked(at(12), new) == ()


@pytest.mark.parametrize("answer", [OnAnswer(TUESDAY, True), OnAnswer(BEFORE, False)])
def test_what_a_button_sends_is_read_back(answer: OnAnswer) -> None:
    assert parse_answer(answer.typed) == answer


@pytest.mark.parametrize(
    "typed", ["", "yes", "2026-11-24", "2026-11-24 maybe", "2026-02-30 yes", "2026-11-24  no", "x"]
)
def test_what_no_button_sends_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="Press one of the buttons") as refused:
        parse_answer(typed)
    assert refused.value.field == "answer"


@pytest.mark.parametrize(
    ("yes", "no", "says"),
    [
        (1, 0, "A parent found it on, Tue 24 Nov."),
        (2, 0, "A parent found it on, Tue 24 Nov."),
        (3, 0, "3 parents found it on, Tue 24 Nov."),
        (3, 1, "3 of 4 parents found it on, Tue 24 Nov."),
        (0, 1, "A parent found that it was not on, Tue 24 Nov. Check before you go."),
        (1, 2, "2 of 3 parents found that it was not on, Tue 24 Nov. Check before you go."),
        (1, 1, "Parents disagree whether it was on, Tue 24 Nov. Check before you go."),
    ],
)
def test_the_newest_date_is_told_with_who_says_so(yes: int, no: int, says: str) -> None:
    found = [FoundOn(BEFORE, 9, 0), FoundOn(TUESDAY, yes, no)]

    words = sentence(found, None, TODAY).replace("; 9 parents found it on, Tue 17 Nov", "")

    assert words == says
    assert is_in_doubt(found) is (yes <= no)


def test_the_organisers_own_check_stands_beside_it_with_its_date() -> None:
    said = sentence([FoundOn(date(2026, 11, 12), 1, 0)], date(2026, 11, 3), TODAY)

    assert said == "A parent found it on, Thu 12 Nov; the organiser checked it on Tue 3 Nov."


def test_where_the_newest_is_in_doubt_the_last_that_was_on_is_told_too() -> None:
    said = sentence(
        [FoundOn(date(2026, 11, 10), 1, 0), FoundOn(BEFORE, 1, 0), FoundOn(TUESDAY, 0, 1)],
        None,
        TODAY,
    )

    assert said == (
        "A parent found that it was not on, Tue 24 Nov; a parent found it on, Tue 17 Nov."
        " Check before you go."
    )


def test_a_date_of_another_year_says_which() -> None:
    assert "Tue 30 Dec 2025" in sentence([FoundOn(date(2025, 12, 30), 1, 0)], None, TODAY)


def test_nothing_is_said_where_no_parent_has_said_anything() -> None:
    assert sentence([], date(2026, 11, 3), TODAY) == ""
    assert not is_in_doubt([])
