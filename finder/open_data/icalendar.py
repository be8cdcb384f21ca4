"""Groups as calendars (RFC 5545) that a phone can follow. The writing is PyPI's `icalendar`.

Each session is one repeating event. What a rule can't express (bank holidays, school holidays,
cancelled dates) is written as exceptions. They need an end, so a calendar holds two years: this
one and the next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID, uuid5

import icalendar

from finder.domain.groups import GroupDraft
from finder.domain.readable import isolated
from finder.domain.schedule.calendars import Calendar, Calendars
from finder.domain.schedule.sessions import (
    LONDON,
    Occurrence,
    Session,
    is_sure_to_be_on,
    occurrences_between,
    starts_at,
)
from finder.domain.vocabulary import Repeats, Weekday
from finder.open_data.listed import Listed

MEDIA_TYPE = "text/calendar"
MAKER = "-//Quiet Corner//Baby and toddler groups//EN"
ASK_AGAIN = timedelta(hours=12)
NAMES = {day: day.value[:2].upper() for day in Weekday}
NTH = {Repeats.FIRST: 1, Repeats.SECOND: 2, Repeats.THIRD: 3, Repeats.FOURTH: 4, Repeats.LAST: -1}


def calendar_of(
    name: str,
    groups: Iterable[Listed],
    calendars: Calendars,
    today: date,
    url_of: Mapping[UUID, str],
) -> bytes:
    """One calendar of these groups' dates, from January of this year to the next year's end.

    Of a group that has ended or is paused there are none: phones that follow it drop theirs.
    url_of: the whole address of each group's page.
    """
    first, last = date(today.year, 1, 1), date(today.year + 1, 12, 31)
    whole = icalendar.Calendar()
    whole.add("prodid", MAKER)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", icalendar.vText(name))
    whole.add("name", icalendar.vText(name))
    whole.add("x-wr-timezone", "Europe/London")
    whole.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", icalendar.vDuration(ASK_AGAIN))
    whole.add_component(_london(first, last))
    for group in groups:
        venue = group.draft.venue
        calendar = calendars.of(venue.nation, venue.council_code)
        for position, session in enumerate(group.draft.sessions if group.is_on else ()):
            for event in _events(group, position, session, calendar, (first, last)):
                event.add("url", url_of[group.public_id])
                whole.add_component(event)
    text: bytes = whole.to_ical()
    return text


@lru_cache(maxsize=4)
def _london(first: date, last: date) -> icalendar.Timezone:
    # From the year before: a date in January needs the offset that began in the autumn.
    begin, end = date(first.year - 1, 1, 1), date(last.year + 1, 1, 1)
    return icalendar.Timezone.from_tzid("Europe/London", first_date=begin, last_date=end)


def _events(
    group: Listed, position: int, session: Session, calendar: Calendar, span: tuple[date, date]
) -> list[icalendar.Event]:
    """A session's repeating event, and one for each date cancelled; none if it is never on."""
    off = group.cancelled.get(session, {})
    dates = occurrences_between(session, *span, calendar, off)
    if not dates:
        return []
    uid = f"{uuid5(group.public_id, str(position))}@quiet-corner"
    event = _event(group, uid, dates[0])
    event.add("status", "CONFIRMED")
    event.add("rrule", _rule(session, dates[-1]))
    on = {one.on for one in dates if not one.is_cancelled}
    without = [one for one in _all_of_rule(session, dates, calendar) if one.on not in on]
    if without:
        event.add("exdate", [_wall(one.on, one.starts) for one in without])
    event.add("description", _description(group.draft, session, dates, calendar))
    return [event, *(_cancelled(group, uid, one) for one in dates if one.is_cancelled)]


def _all_of_rule(session: Session, dates: list[Occurrence], calendar: Calendar) -> list[Occurrence]:
    """What the bare rule would give between the first and the last date."""
    bare = replace(session, is_term_time_only=False, runs_on_bank_holidays=True)
    return occurrences_between(bare, dates[0].on, dates[-1].on, calendar, {})


def _rule(session: Session, last: Occurrence) -> dict[str, object]:
    rule: dict[str, object] = {"FREQ": "WEEKLY"}
    day = NAMES[session.weekday]
    if session.repeats in NTH:
        rule, day = {"FREQ": "MONTHLY"}, f"{NTH[session.repeats]}{day}"
    if session.repeats is Repeats.FORTNIGHTLY:
        rule["INTERVAL"] = 2
    return {**rule, "BYDAY": day, "UNTIL": starts_at(last).astimezone(UTC)}


def _cancelled(group: Listed, uid: str, one: Occurrence) -> icalendar.Event:
    # An event of its own. As an exception of the repeating one (RECURRENCE-ID) readers disagree
    # whether it is there at all, since EXDATE takes the same date away.
    event = _event(group, f"{one.on:%Y%m%d}-{uid}", one)
    event.add("related-to", uid)
    event.add("status", "CANCELLED")
    event.add("description", f"Cancelled. {isolated(one.note)}".strip())
    return event


def _event(group: Listed, uid: str, one: Occurrence) -> icalendar.Event:
    draft, venue = group.draft, group.draft.venue
    changed_at = group.updated_at.astimezone(UTC).replace(microsecond=0)
    event = icalendar.Event()
    event.add("uid", uid)
    event.add("sequence", group.revision)
    event.add("dtstamp", changed_at)
    event.add("created", group.created_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", changed_at)
    name = isolated(draft.name)
    event.add("summary", f"Cancelled: {name}" if one.is_cancelled else name)
    event.add("dtstart", _wall(one.on, one.starts))
    event.add("dtend", _wall(one.on, one.ends))
    lines = (venue.name, venue.street, venue.locality, venue.postcode)
    event.add("location", ", ".join(dict.fromkeys(isolated(line) for line in lines if line)))
    event.add("geo", (round(venue.place.latitude, 6), round(venue.place.longitude, 6)))
    event.add("categories", [draft.format.label])
    return event


def _wall(on: date, clock: time) -> datetime:
    """The time on the clock, as the rule repeats it, also on a night that skips it."""
    return datetime.combine(on, clock, LONDON)


def _description(
    draft: GroupDraft, session: Session, dates: list[Occurrence], calendar: Calendar
) -> str:
    """What helps at the door; how much talking is on the page, since it changes with reviews."""
    way = draft.getting_in
    lines = [
        draft.cost.label(),
        draft.booking.label,
        *(way.door and f"Door: {way.door}", way.pram and f"Pram: {way.pram}"),
        *(way.bring and f"Bring: {way.bring}", way.say_at_door and f"Say: {way.say_at_door}"),
    ]
    if not all(is_sure_to_be_on(session, one.on, calendar) for one in dates):
        lines.append("Term dates vary from school to school. Check before you go.")
    if draft.is_example:
        lines.append("This is a made-up example.")
    return "\n".join(isolated(line) for line in lines if line)
