"""Times and days as people type them: "9.30-11am", "Tues & Thurs", "1st Friday of month"."""

import re
from datetime import date, time

from finder.domain.refused import Refused
from finder.domain.vocabulary import Repeats, Weekday

LONGEST_TYPED = 100
EARLIEST_UNMARKED = time(8)

_CLOCK = r"(?:(\d{1,2})(?:[:.](\d{2}))?(?::00)?|(\d{2})(\d{2})) ?(am|pm|noon|midday)?|(noon|midday)"
_TIMES = re.compile(rf"(?:{_CLOCK})(?: ?(?:-|to|until|till) ?)(?:{_CLOCK})")
_HOW = "Write it like 10:30-11:15, or 1-2pm"

_DAY_NAMES = {
    Weekday.MON: r"mon(?:days?|s)?",
    Weekday.TUE: r"tue(?:s|sdays?)?",
    Weekday.WED: r"wed(?:s|nes|nesdays?)?",
    Weekday.THU: r"thu(?:r|rs|rsdays?)?",
    Weekday.FRI: r"fri(?:days?|s)?",
    Weekday.SAT: r"sat(?:s|urdays?)?",
    Weekday.SUN: r"sun(?:days?|s)?",
}
_WEEK = tuple(Weekday)
_GROUPS_OF_DAYS = {
    "weekdays": _WEEK[:5],
    "every weekday": _WEEK[:5],
    "daily": _WEEK,
    "every day": _WEEK,
    "weekends": _WEEK[5:],
}
_ORDINALS = {
    "first": Repeats.FIRST,
    "1st": Repeats.FIRST,
    "second": Repeats.SECOND,
    "2nd": Repeats.SECOND,
    "third": Repeats.THIRD,
    "3rd": Repeats.THIRD,
    "fourth": Repeats.FOURTH,
    "4th": Repeats.FOURTH,
    "last": Repeats.LAST,
}
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b(?: ?(?:&|and|,|/|\+) ?(?=\d|[fstl]\w+ ))?")
_FORTNIGHT = re.compile(
    r"\b(?:every other|alternate|alternating|fortnightly|every fortnight"
    r"|every (?:2|two) weeks(?: on)?)(?: week)?\b"
)
_OF_MONTH = re.compile(r"\b(?:(?:of|in) (?:the |each |every )?month|of (?:each|every) month)\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[t ]00:00:00)?")
_SLASHES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00(?::00)?)?")
_WRITTEN = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]{3,9})[ ,-]+(\d{4})")


def parse_times(text: str) -> tuple[time, time]:
    """Start and end that somebody typed, as wall times: "9.30-11am", "10:30-11:15".

    One am or pm serves for both where it can. Without either, times are read on the 24-hour
    clock, and only when written with minutes and starting at 8:00 or later; else they are
    refused, field `times`: "2-3" may be a night, and nobody's afternoon is guessed.
    """
    typed = _tidied("times", text).replace("a.m.", "am").replace("p.m.", "pm").replace("a.m", "am")
    typed = re.sub(r"^(?:from|between) | ?(?:sharp|prompt)$", "", typed.replace("p.m", "pm"))
    found = _TIMES.fullmatch(re.sub(r"(?<=\d) ?and ?(?=\d)", "-", typed))
    if found is None:
        raise Refused("times", f"Give one start and one end. {_HOW}")
    start, end = _Clock(*found.groups()[:6]), _Clock(*found.groups()[6:])
    starts, ends = _pair(start, end)
    if ends <= starts:
        raise Refused("times", f"It must end after it starts: say am or pm. {_HOW}")
    return starts, ends


def parse_days(text: str) -> tuple[tuple[Weekday, Repeats], ...]:
    """The days that somebody typed, in their order, each with how often it comes round.

    "Tues & Thurs", "Mon-Fri", "1st Friday of month", "alternate Weds". Refused, field `days`,
    where it can't be told: "monthly Tue" does not say which, "every second Wed" may be two things.
    """
    typed = _tidied("days", text).replace("(", " ").replace(")", " ")
    typed = " ".join(typed.split())
    if re.search(r"\bevery (?:second|third|fourth|2nd|3rd|4th)\b", typed):
        raise Refused("days", "Say “every other Wed”, or “2nd Wed of the month”")
    if re.search(r"\bmonthly\b|\b(?:5th|fifth)\b", typed):
        raise Refused("days", "Say which one of the month: 1st, 2nd, 3rd, 4th or last")
    rest, fortnights = _FORTNIGHT.subn(" ", typed)
    rest, of_month = _OF_MONTH.subn(" ", rest)
    ordinals = [_ORDINALS[re.split(r"\W", found)[0]] for found in _ORDINAL.findall(rest)]
    rest = _ORDINAL.sub(" ", rest)
    days = _weekdays(" ".join(re.sub(r"\b(?:every|each|weekly|on)\b", " ", rest).split()))
    return tuple(_with_repeats(days, ordinals, bool(fortnights), bool(of_month)))


def parse_date(text: str) -> date:
    """The date that somebody typed: "2 Sep 2026", "02/09/2026" (day first), "2026-09-02".

    Refused, field `date`, without four figures for the year, and where no such day exists.
    """
    typed = _tidied("date", text)
    try:
        if found := _ISO.fullmatch(typed):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _SLASHES.fullmatch(typed):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if (found := _WRITTEN.fullmatch(typed)) and found[2][:3] in _MONTHS:
            return date(int(found[3]), _MONTHS.index(found[2][:3]) + 1, int(found[1]))
    except ValueError:
        raise Refused(
            "date", "There is no such day: the day comes first, as in 02/09/2026"
        ) from None
    raise Refused("date", "Write a date like 2 Sep 2026 or 02/09/2026, with the whole year")


def typed_times(starts: time, ends: time) -> str:
    """Two wall times so that `parse_times` reads them back: "10:30-11:15", "6:30am-7:15am"."""
    if starts >= EARLIEST_UNMARKED:
        return f"{starts:%H:%M}-{ends:%H:%M}"
    return f"{_marked(starts)}-{_marked(ends)}"


def _marked(wall: time) -> str:
    return f"{wall.hour % 12 or 12}:{wall.minute:02}{'pm' if wall.hour >= 12 else 'am'}"


class _Clock:
    """One time as typed: its hour and minute, and its mark, am or pm, if it has one."""

    def __init__(self, *groups: str | None) -> None:
        hour, minute, long_hour, long_minute, mark, alone = groups
        self.hour = int(hour or long_hour or 12)
        self.minute = int(minute or long_minute or 0)
        self.has_minutes = bool(minute or long_minute)
        self.mark = "pm" if mark in {"noon", "midday"} or alone else (mark or "")
        is_noon = self.hour == 12 and self.minute == 0
        if (mark in {"noon", "midday"} and not is_noon) or self.minute > 59 or self.hour > 23:
            raise Refused("times", f"There is no such time. {_HOW}")
        if self.hour > 12 or (hour or "").startswith("00"):
            self.mark = "24"

    def on(self, mark: str) -> time:
        """This time with another's mark where it has none of its own."""
        mark = self.mark or mark
        if mark == "24":
            return time(self.hour, self.minute)
        return time(self.hour % 12 + (12 if mark == "pm" else 0), self.minute)


def _pair(start: _Clock, end: _Clock) -> tuple[time, time]:
    marks = {start.mark, end.mark}
    if not marks & {"am", "pm"}:
        if not (start.has_minutes and end.has_minutes):
            raise Refused("times", f"Say am or pm: this may be morning or evening. {_HOW}")
        if start.on("24") < EARLIEST_UNMARKED:
            raise Refused("times", f"Say am or pm: on the 24-hour clock this is early. {_HOW}")
        return start.on("24"), end.on("24")
    if start.mark and end.mark:
        return start.on(""), end.on("")
    mark = start.mark or end.mark
    other = "am" if mark == "pm" else "pm"
    same = start.on(mark), end.on(mark)
    if same[0] < same[1]:
        return same
    return (start.on(other), end.on(mark)) if end.mark else (start.on(mark), end.on(other))


def _tidied(field: str, text: str) -> str:
    if len(text) > LONGEST_TYPED:
        raise Refused(field, f"Use at most {LONGEST_TYPED} characters")
    return " ".join(text.casefold().replace("–", "-").replace("—", "-").split()).strip(" .")


def _weekdays(text: str) -> list[Weekday]:
    if text in _GROUPS_OF_DAYS:
        return list(_GROUPS_OF_DAYS[text])
    days: list[Weekday] = []
    for part in re.split(r" ?(?:&|\band\b|,|/|\+) ?| (?=[a-z]+$)(?<!to )(?<!- )", text):
        first, _, last = (p.strip() for p in re.sub(r" ?(?:-|\bto\b) ?", "-", part).partition("-"))
        day = _weekday(first)
        end = _weekday(last) if last else day
        meant = _WEEK[_WEEK.index(day) : _WEEK.index(end) + 1]
        if not meant:
            raise Refused("days", "Name each day: this range goes over the end of a week")
        days.extend(meant)
    if len(set(days)) < len(days):
        raise Refused("days", "The same day is there twice")
    return days


def _weekday(name: str) -> Weekday:
    for weekday, pattern in _DAY_NAMES.items():
        if re.fullmatch(pattern, name):
            return weekday
    raise Refused("days", "Name days like Tue, Tues & Thurs, Mon-Fri, or 1st Fri of the month")


def _with_repeats(
    days: list[Weekday], ordinals: list[Repeats], is_fortnightly: bool, says_month: bool
) -> list[tuple[Weekday, Repeats]]:
    if ordinals and is_fortnightly:
        raise Refused("days", "Say either every other week, or which one of the month")
    if says_month and not ordinals:
        raise Refused("days", "Say which one of the month: 1st, 2nd, 3rd, 4th or last")
    if ordinals and len(days) > 1:
        raise Refused("days", "Write each on its own: 1st Tue; 3rd Thu")
    if len(set(ordinals)) < len(ordinals):
        raise Refused("days", "The same week of the month is there twice")
    if ordinals:
        return [(days[0], which) for which in ordinals]
    repeats = Repeats.FORTNIGHTLY if is_fortnightly else Repeats.WEEKLY
    return [(day, repeats) for day in days]
