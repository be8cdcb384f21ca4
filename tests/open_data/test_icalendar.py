"""Calendars: every date of ours for a year, and no other, as two other programs read them."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

import icalendar
import pytest
import recurring_ical_events
import vobject
from dateutil.rrule import rrulestr

from finder.domain.schedule.calendars import Calendars, Term
from finder.domain.schedule.sessions import LONDON, Session, ends_at, occurrences_between, starts_at
from finder.domain.vocabulary import ListingState, Repeats, Weekday
from finder.open_data.icalendar import calendar_of
from finder.open_data.listed import Listed
from tests.support.examples import NO_TERMS, TUESDAY_NOON, any_group, as_listed, group

TODAY = TUESDAY_NOON.date()
YEAR = (date(2026, 11, 24), date(2027, 11, 24))
TERMS = Calendars({"scotland": (Term(date(2026, 8, 19), date(2026, 12, 18)),
                                Term(date(2027, 1, 6), date(2027, 6, 25)))})  # fmt: skip

Told = tuple[datetime, datetime, bool]


def written(one: Listed, calendars: Calendars = NO_TERMS) -> bytes:
    address = {one.public_id: f"https://example.org/groups/{one.public_id}"}
    return calendar_of(one.draft.name, [one], calendars, TODAY, address)


def ours(one: Listed, calendars: Calendars, first: date, last: date) -> list[Told]:
    """Every occurrence, each with whether it is cancelled, as instants in UTC."""
    venue = one.draft.venue
    calendar = calendars.of(venue.nation, venue.council_code)
    return sorted(
        (starts_at(found).astimezone(UTC), ends_at(found).astimezone(UTC), found.is_cancelled)
        for session in one.draft.sessions
        for found in occurrences_between(
            session, first, last, calendar, one.cancelled.get(session, {})
        )
    )


def by_recurring_ical_events(text: bytes, first: date, last: date) -> list[Told]:
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(
        datetime.combine(first, time(), LONDON),
        datetime.combine(last + timedelta(days=1), time(), LONDON),
    )
    return sorted(
        (one["DTSTART"].dt.astimezone(UTC), one["DTEND"].dt.astimezone(UTC),
         one["STATUS"] == "CANCELLED")
        for one in events
    )  # fmt: skip


def by_vobject(text: bytes, first: date, last: date) -> list[Told]:
    """vobject reads the text, and dateutil works the rules out as times on the clock."""
    found: list[Told] = []
    for event in vobject.readOne(text.decode()).contents.get("vevent", []):
        begin = event.dtstart.value.replace(tzinfo=None)
        lasts = event.dtend.value.replace(tzinfo=None) - begin
        off = {moment.replace(tzinfo=None) for line in event.contents.get("exdate", [])
               for moment in line.value}  # fmt: skip
        starts = [begin]
        if "rrule" in event.contents:
            rule, until = re.fullmatch(r"(.*);UNTIL=(\w+)", _until_last(event.rrule.value)).groups()  # type: ignore[union-attr]
            end = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(LONDON)
            starts = rrulestr(rule, dtstart=begin).replace(until=end.replace(tzinfo=None))
        is_off = event.status.value == "CANCELLED"
        found += [
            (_instant(start), _instant(start + lasts), is_off)
            for start in starts
            if start not in off
        ]
    return sorted(one for one in found if first <= one[0].astimezone(LONDON).date() <= last)


def _until_last(rule: str) -> str:
    parts = sorted(rule.split(";"), key=lambda part: part.startswith("UNTIL"))
    return ";".join(parts)


def _instant(wall: datetime) -> datetime:
    return wall.replace(tzinfo=LONDON).astimezone(UTC)


READERS = [by_recurring_ical_events, by_vobject]


@pytest.mark.parametrize("read", READERS)
def test_a_year_of_dates_is_ours_across_both_clock_changes(read) -> None:  # type: ignore[no-untyped-def]
    random = Random(2026)
    for number in range(60):
        one = as_listed(any_group(f"g{number}", random), public_id=UUID(int=number))
        off = {
            session: {
                found.on: "Half term"
                for found in occurrences_between(
                    session, *YEAR, TERMS.of(one.draft.venue.nation), {}
                )[:: random.randint(3, 9)]
            }
            for session in one.draft.sessions
        }
        one = as_listed(one.draft, cancelled=off)

        assert read(written(one, TERMS), *YEAR) == ours(one, TERMS, *YEAR)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("repeats", list(Repeats))
def test_every_way_to_repeat_is_read_as_we_mean_it(read, repeats: Repeats) -> None:  # type: ignore[no-untyped-def]
    first_on = date(2026, 11, 5)
    sunday = Session(Weekday.SUN, time(9, 30), time(10, 45), repeats, date(2026, 11, 1))
    late = (time(23), time(23, 59))
    thursday = Session(Weekday.THU, *late, repeats, first_on, is_term_time_only=True)
    one = as_listed(group("g", sessions=(sunday, thursday)))

    found = read(written(one, TERMS), *YEAR)

    assert found == ours(one, TERMS, *YEAR)
    assert len(found) > 10


def test_a_cancelled_date_is_an_exception_and_is_said_to_be_cancelled() -> None:
    session = Session(Weekday.TUE, time(10), time(11))
    one = as_listed(group("g"), cancelled={session: {date(2026, 12, 8): "The hall is let"}})

    whole = icalendar.Calendar.from_ical(written(one))
    repeating, off = whole.walk("VEVENT")

    gone = {moment.dt.date() for moment in repeating["EXDATE"].dts}
    assert date(2026, 12, 8) in gone
    assert off["STATUS"] == "CANCELLED"
    assert off["DTSTART"].dt == datetime(2026, 12, 8, 10, tzinfo=LONDON)
    assert off["RELATED-TO"] == repeating["UID"]
    assert "The hall is let" in off["DESCRIPTION"]


def test_bank_holidays_are_exceptions() -> None:
    session = Session(Weekday.FRI, time(10), time(11))
    text = written(as_listed(group("g", sessions=(session,))))

    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")

    gone = {moment.dt.date() for moment in event["EXDATE"].dts}
    assert date(2026, 12, 25) in gone
    assert date(2027, 3, 26) in gone, "Good Friday"


def test_a_phone_that_follows_sees_every_change() -> None:
    before, after = (
        as_listed(group("g")),
        as_listed(
            group("g", sessions=(Session(Weekday.WED, time(9), time(10)),)),
            updated_at=TUESDAY_NOON + timedelta(minutes=1),
        ),
    )

    (old,) = icalendar.Calendar.from_ical(written(before)).walk("VEVENT")
    (new,) = icalendar.Calendar.from_ical(written(after)).walk("VEVENT")

    assert new["UID"] == old["UID"]
    assert new["SEQUENCE"] > old["SEQUENCE"]
    assert new["LAST-MODIFIED"].dt > old["LAST-MODIFIED"].dt


def test_what_has_not_changed_is_the_same_to_the_byte() -> None:
    assert written(as_listed(group("g"))) == written(as_listed(group("g")))


@pytest.mark.parametrize("state", [ListingState.ENDED, ListingState.PAUSED])
def test_a_group_that_has_ended_leaves_an_empty_calendar(state: ListingState) -> None:
    whole = icalendar.Calendar.from_ical(written(as_listed(group("g"), state=state)))

    assert not whole.walk("VEVENT")
    assert whole.walk("VTIMEZONE")


def test_lines_are_folded_and_words_escaped() -> None:
    name = "Songs, rhymes; and \\ naïve café " + "é" * 60
    text = written(as_listed(replace(group("g"), name=name)))

    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert vobject.readOne(text.decode()).vevent.summary.value == name
    assert icalendar.Calendar.from_ical(text).walk("VEVENT")[0]["SUMMARY"] == name


def test_no_date_is_promised_where_terms_are_not_known() -> None:
    session = Session(Weekday.TUE, time(10), time(11), is_term_time_only=True)
    (event,) = icalendar.Calendar.from_ical(
        written(as_listed(group("g", sessions=(session,))))
    ).walk("VEVENT")

    assert "Term dates vary" in event["DESCRIPTION"]
