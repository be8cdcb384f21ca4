"""When a group is on: sessions, occurrences, school terms and bank holidays."""

from dataclasses import dataclass
from datetime import date, time

from finder.domain.vocabulary import Repeats, Weekday


@dataclass(frozen=True)
class Session:
    """One recurring slot of a group, in Europe/London wall time.

    first_on may be None for a session that has been running; a fortnightly one needs it,
    since it says which weeks. last_on is the last day it can happen, itself included.
    """

    weekday: Weekday
    starts: time
    ends: time
    repeats: Repeats = Repeats.WEEKLY
    first_on: date | None = None
    last_on: date | None = None
    is_term_time_only: bool = False
    runs_on_bank_holidays: bool = False


@dataclass(frozen=True, order=True)
class Occurrence:
    """One dated happening of a session."""

    on: date
    starts: time
    ends: time
    is_cancelled: bool = False
    note: str = ""
