"""The `sessions` cell: "Tue 10:30-11:00 term time only; 1st Fri 2-3pm until 18 Dec 2026"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from finder.domain.refused import Refused
from finder.domain.schedule.sessions import Session
from finder.domain.schedule.typed import parse_date, parse_days, parse_times, typed_times
from finder.domain.vocabulary import Repeats, Weekday

_DATE = (
    r"(?:\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
    r"|(?:[a-z]+ )?\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -][a-z]{3,9}[ ,-]+\d{4})"
)
_FROM = re.compile(rf"\b(?:from|starting|starts|beginning) (?P<date>{_DATE})")
_UNTIL = re.compile(rf"\b(?:until|till|to|ending|ends) (?P<date>{_DATE})")
_TERM_TIME = re.compile(r"\bterm[- ]?time(?: only)?\b")
_ALL_YEAR = re.compile(r"\b(?:all year(?: round)?|holidays too|not only term time)\b")
_BANK_HOLIDAYS = re.compile(
    r"\b(?:bank holidays too|(?:and|also|including|inc\.?) bank holidays)\b"
)
_NO_BANK_HOLIDAYS = re.compile(r"\b(?:not|except|excluding|exc\.?|no)(?: on)? bank holidays\b")
_FIRST_CLOCK = re.compile(r"(?<![\w/])(?:\d{1,4}(?!\d|st\b|nd\b|rd\b|th\b| weeks)|noon\b|midday\b)")

_HOW_OFTEN = {
    Repeats.WEEKLY: "",
    Repeats.FORTNIGHTLY: "every other ",
    Repeats.FIRST: "1st ",
    Repeats.SECOND: "2nd ",
    Repeats.THIRD: "3rd ",
    Repeats.FOURTH: "4th ",
    Repeats.LAST: "last ",
}


@dataclass(frozen=True)
class Usual:
    """What holds for the sessions of a row that don't say otherwise: its own columns."""

    first_on: date | None = None
    last_on: date | None = None
    is_term_time_only: bool = False
    runs_on_bank_holidays: bool = False


def read_sessions(text: str, usual: Usual) -> tuple[Session, ...]:
    """The sessions of a cell, between semicolons or line breaks, in their order.

    Refused, with a sentence that names the one at fault where there are several.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    sessions: list[Session] = []
    for part in parts:
        try:
            sessions.extend(_read(part, usual))
        except Refused as refusal:
            which = f"“{part}”: " if len(parts) > 1 else ""
            raise Refused("sessions", which + refusal.message) from None
    return tuple(sessions)


def write_sessions(sessions: Iterable[Session]) -> str:
    """One cell that `read_sessions` reads back, whatever the row's other columns would say."""
    return "; ".join(_write(session) for session in sessions)


def _read(part: str, usual: Usual) -> list[Session]:
    text = " ".join(part.casefold().replace("–", "-").replace("—", "-").split())
    first, text = _take_date(_FROM, text)
    last, text = _take_date(_UNTIL, text)
    # "not bank holidays" before "bank holidays": the longer one holds the shorter.
    no_bank, text = _take(_NO_BANK_HOLIDAYS, text)
    bank, text = _take(_BANK_HOLIDAYS, text)
    all_year, text = _take(_ALL_YEAR, text)
    term, text = _take(_TERM_TIME, text)
    days, starts, ends = _days_and_times(text)
    return [
        Session(
            weekday,
            starts,
            ends,
            repeats,
            first or usual.first_on,
            last or usual.last_on,
            is_term_time_only=term or (usual.is_term_time_only and not all_year),
            runs_on_bank_holidays=bank or (usual.runs_on_bank_holidays and not no_bank),
        )
        for weekday, repeats in days
    ]


def _days_and_times(text: str) -> tuple[Iterable[tuple[Weekday, Repeats]], time, time]:
    text = " ".join(re.sub(r"[(),:]+(?= |$)|(?<= )[(,]+|^[(,]+", " ", text).split())
    clock = _FIRST_CLOCK.search(text)
    if clock is None:
        raise Refused("sessions", "Say when it starts and ends, like Tue 10:30-11:15")
    if not text[: clock.start()].strip():
        raise Refused("sessions", "Say the day before the time, like Tue 10:30-11:15")
    days_text = re.sub(r" ?\b(?:from|at|between)$|[ ,-]+$", "", text[: clock.start()].strip())
    starts, ends = parse_times(text[clock.start() :])
    return parse_days(days_text), starts, ends


def _take(pattern: re.Pattern[str], text: str) -> tuple[bool, str]:
    rest, times = pattern.subn(" ", text)
    return times > 0, rest


def _take_date(pattern: re.Pattern[str], text: str) -> tuple[date | None, str]:
    found = pattern.search(text)
    if found is None:
        return None, text
    return parse_date(found["date"]), text[: found.start()] + " " + text[found.end() :]


def _write(session: Session) -> str:
    parts = [
        f"{_HOW_OFTEN[session.repeats]}{session.weekday.value.capitalize()}",
        typed_times(session.starts, session.ends),
    ]
    if session.is_term_time_only:
        parts.append("term time only")
    if session.runs_on_bank_holidays:
        parts.append("bank holidays too")
    if session.first_on:
        parts.append(f"from {session.first_on.isoformat()}")
    if session.last_on:
        parts.append(f"until {session.last_on.isoformat()}")
    return " ".join(parts)
