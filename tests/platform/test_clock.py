"""The clock: the system's, in UTC, whatever zone the server is in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine

from finder.platform.clock import SYSTEM_CLOCK
from tests.support.clock import SetClock

NEW_YEAR = datetime(2027, 1, 1, 8, tzinfo=ZoneInfo("Asia/Singapore"))


def test_the_systems_clock_tells_the_time_in_utc() -> None:
    with time_machine.travel(NEW_YEAR, tick=False):
        now = SYSTEM_CLOCK.now()

    assert (now, now.tzinfo) == (datetime(2027, 1, 1, tzinfo=UTC), UTC)


def test_a_clock_of_the_tests_stands_until_it_is_moved_and_can_run_again() -> None:
    clock = SetClock(NEW_YEAR)
    clock.move(timedelta(minutes=1))
    assert clock.now() == NEW_YEAR + timedelta(minutes=1)

    clock.set(None)
    with time_machine.travel(NEW_YEAR, tick=False):
        assert clock.now() == NEW_YEAR
