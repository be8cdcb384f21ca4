"""Sessions are taken in the order in which they could be next, and no further than needed."""

from collections.abc import Iterator
from datetime import date, time
from itertools import islice
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from finder.domain.vocabulary import Nation, Repeats, Weekday
from finder.search.soonest import NEVER, in_order, moments
from tests.support.examples import NO_TERMS, TUESDAY_NOON


def row(number: int, on: date, weekday: Weekday, squared_m2: float = 0, **changes: Any) -> Any:
    """A session that could be next on a day, from ten to eleven."""
    values: dict[str, Any] = {
        "id": UUID(int=number),
        "earliest": on,
        "position": 0,
        "squared_m2": squared_m2,
        "band": 0,
        "nation": Nation.ENGLAND,
        "council_code": "",
        "weekday": weekday,
        "starts": time(10),
        "ends": time(11),
        "repeats": Repeats.WEEKLY,
        "first_on": None,
        "last_on": None,
        "is_term_time_only": False,
        "runs_on_bank_holidays": False,
        "cancelled_on": None,
    }
    return SimpleNamespace(**(values | changes))


def test_the_next_of_each_day_counts_today_first() -> None:
    found = moments(TUESDAY_NOON)

    assert found["from_tue"] == found["today"] == date(2026, 11, 24)
    assert found["from_mon"] == date(2026, 11, 30)
    assert (found["next_week"], found["clock"]) == (date(2026, 12, 1), time(12))


def test_rows_that_could_not_be_sooner_are_not_read() -> None:
    read: list[int] = []

    def rows() -> Iterator[Any]:
        for number in range(100):
            read.append(number)
            day = 25 + number % 5 if number < 3 else 28
            weekday = list(Weekday)[date(2026, 11, day).weekday()]
            yield row(number, date(2026, 11, day), weekday)

    first = list(islice(in_order(rows(), TUESDAY_NOON, NO_TERMS), 2))

    assert [id_.int for id_, _ in first] == [0, 1]
    assert len(read) < 6


def test_a_group_is_given_once_at_its_soonest_session() -> None:
    wednesday, thursday = date(2026, 11, 25), date(2026, 11, 26)
    rows = [
        row(1, wednesday, Weekday.WED),
        row(2, wednesday, Weekday.WED, squared_m2=-1),
        row(1, thursday, Weekday.THU, position=1),
        row(3, NEVER, Weekday.MON, last_on=date(2026, 1, 1)),
    ]

    found = [id_.int for id_, _ in in_order(rows, TUESDAY_NOON, NO_TERMS)]

    assert found == [2, 1, 3]


def test_a_cancelled_date_lets_others_go_first() -> None:
    wednesday, thursday = date(2026, 11, 25), date(2026, 11, 26)
    off = {"cancelled_on": wednesday}
    rows = [row(1, wednesday, Weekday.WED, **off), row(2, thursday, Weekday.THU)]

    assert [id_.int for id_, _ in in_order(rows, TUESDAY_NOON, NO_TERMS)] == [2, 1]
