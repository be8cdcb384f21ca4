"""Sessions as Open Referral's schedules, and schedules of any feed as sessions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from uuid import uuid5

from finder.domain.groups import MOST_SESSIONS
from finder.domain.refused import Refused
from finder.domain.schedule.sessions import Session
from finder.domain.schedule.words import sentence
from finder.domain.vocabulary import Repeats, Weekday
from finder.open_data.listed import Listed
from finder.open_data.referral.shapes import JsonObject, ScheduleShape
from finder.open_data.rules import first_date

NTH = {Repeats.FIRST: 1, Repeats.SECOND: 2, Repeats.THIRD: 3, Repeats.FOURTH: 4, Repeats.LAST: -1}
REPEATS = {nth: repeats for repeats, nth in NTH.items()}
DAYS = {day.value[:2].upper(): day for day in Weekday}
TERM_TIME, BANK_HOLIDAYS = "Term time only.", "Also on bank holidays."
_CLOCK = re.compile(r"(?:^|[T ])([01]?\d|2[0-3]):([0-5]\d)")
_DAY = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)[A-Z]*")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def schedules_of(one: Listed, link: str) -> list[ScheduleShape]:
    """A group's sessions, in order. link: where a place can be booked, or nothing."""
    return [
        _schedule(one, position, session, link)
        for position, session in enumerate(one.draft.sessions)
    ]


def _schedule(one: Listed, position: int, session: Session, link: str) -> ScheduleShape:
    nth = NTH.get(session.repeats)
    day = session.weekday.value[:2].upper()
    begins = first_date(session.weekday, nth, session.first_on or one.created_at.date())
    shape: ScheduleShape = {
        "id": str(uuid5(one.public_id, f"schedule {position}")),
        "service_id": str(one.public_id),
        "freq": "WEEKLY" if nth is None else "MONTHLY",
        "interval": 2 if session.repeats is Repeats.FORTNIGHTLY else 1,
        "byday": day if nth is None else f"{nth}{day}",
        "dtstart": begins.isoformat(),
        "opens_at": session.starts.isoformat(),
        "closes_at": session.ends.isoformat(),
        "description": sentence(session),
        "attending_type": "in person",
    }
    if session.first_on:
        shape["valid_from"] = session.first_on.isoformat()
    if session.last_on:
        shape["valid_to"] = session.last_on.isoformat()
    if link:
        shape["schedule_link"] = link
    if notes := _notes(session, one.cancelled.get(session, {})):
        shape["notes"] = notes
    return shape


def _notes(session: Session, off: Mapping[date, str]) -> str:
    words = [TERM_TIME] if session.is_term_time_only else []
    words += [BANK_HOLIDAYS] if session.runs_on_bank_holidays else []
    for on, note in sorted(off.items()):
        words.append(f"Not on {on.isoformat()}" + (f" ({note})." if note else "."))
    return " ".join(words)


def own_session(shape: JsonObject) -> Session:
    """The session that `schedules_of` wrote. Refused where it is not one."""
    found = _DAY.fullmatch(str(shape.get("byday", "")))
    try:
        starts, ends = (time.fromisoformat(str(shape[name])) for name in ("opens_at", "closes_at"))
    except (KeyError, ValueError):
        found = None
    if not found:
        raise Refused("sessions", "A session has no day, start or end")
    notes = str(shape.get("notes") or "")
    is_term_time = notes.startswith(TERM_TIME)
    return Session(
        DAYS[found[2]],
        starts,
        ends,
        _repeats(shape, found[1]) or Repeats.WEEKLY,
        day_of(shape.get("valid_from")),
        day_of(shape.get("valid_to")),
        is_term_time_only=is_term_time,
        runs_on_bank_holidays=notes.removeprefix(TERM_TIME).lstrip().startswith(BANK_HOLIDAYS),
    )


def sessions_of(schedules: Iterable[JsonObject], today: date) -> tuple[Session, ...]:
    """The sessions of any feed's schedules that are not over, in order, each once; at most 14.

    What our model can't hold (no times, every third week) is left out.
    """
    found: dict[Session, None] = {}
    for schedule in schedules:
        for session in _sessions(schedule):
            if session.last_on is None or session.last_on >= today:
                found[session] = None
    return tuple(found)[:MOST_SESSIONS]


def _sessions(schedule: JsonObject) -> Iterator[Session]:
    starts, ends = clock(schedule.get("opens_at")), clock(schedule.get("closes_at"))
    if starts is None or ends is None:
        return
    for weekday, nth in _days(schedule):
        repeats = _repeats(schedule, nth)
        if repeats is None:
            continue
        try:
            yield _bounded(Session(weekday, starts, ends), repeats, schedule)
        except Refused:
            continue


def _bounded(session: Session, repeats: Repeats, schedule: JsonObject) -> Session:
    begins, dtstart = day_of(schedule.get("valid_from")), day_of(schedule.get("dtstart"))
    ends = day_of(schedule.get("valid_to")) or day_of(schedule.get("until"))
    if not schedule.get("freq") and not schedule.get("byday"):
        begins = ends = dtstart
    elif repeats is Repeats.FORTNIGHTLY and (anchor := dtstart or begins):
        begins = first_date(session.weekday, None, anchor)
    return replace(session, repeats=repeats, first_on=begins, last_on=ends)


def _days(schedule: JsonObject) -> list[tuple[Weekday, str]]:
    typed = str(schedule.get("byday") or schedule.get("weekday") or "").upper()
    found = [(DAYS[m[2]], m[1] or "") for m in _DAY.finditer(typed)]
    dtstart = day_of(schedule.get("dtstart"))
    if not found and str(schedule.get("freq") or "").upper() == "DAILY":
        return [(day, "") for day in Weekday]
    if not found and dtstart and str(schedule.get("freq") or "WEEKLY").upper() == "WEEKLY":
        return [(list(Weekday)[dtstart.weekday()], "")]
    return found


def _repeats(schedule: JsonObject, nth: str | None) -> Repeats | None:
    """How often; None where our vocabulary has no word for it."""
    every = schedule.get("interval") or 1
    if str(schedule.get("freq") or "WEEKLY").upper() == "MONTHLY" or nth:
        return REPEATS.get(int(nth)) if nth and str(every) in {"1", "1.0"} else None
    return {"1": Repeats.WEEKLY, "2": Repeats.FORTNIGHTLY}.get(str(every).removesuffix(".0"))


def clock(text: object) -> time | None:
    """A time of day out of "10:00", "10:00:00" or an ISO date and time; None if there is none."""
    found = _CLOCK.search(text) if isinstance(text, str) else None
    return time(int(found[1]), int(found[2])) if found else None


def day_of(text: object) -> date | None:
    """The date with which a text begins, or None."""
    found = _DATE.match(text) if isinstance(text, str) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
