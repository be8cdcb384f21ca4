"""One row of a listings CSV: from cells to a GroupDraft, with everything that is wrong in it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, time
from functools import partial
from typing import Protocol, TypeVar

from geopy.distance import great_circle

from finder.domain.ages import parse_ages
from finder.domain.cost import Cost, parse_cost
from finder.domain.facts import Fact
from finder.domain.groups import GettingIn, GroupDraft, Place, VenueDraft
from finder.domain.refused import Refused
from finder.domain.schedule.sessions import Session
from finder.domain.schedule.typed import parse_date, parse_days, parse_times
from finder.domain.vocabulary import (
    Booking,
    Busy,
    CostKind,
    Format,
    Nation,
    Noise,
    Size,
    VenueKind,
    Weekday,
)
from finder.spreadsheets.cells import (
    Usual,
    read_address,
    read_degrees,
    read_phone,
    read_sessions,
    read_steps,
    read_talking,
    read_word,
    read_words,
    read_yes_no,
    unguarded,
)
from finder.spreadsheets.columns import (
    FACT_OF,
    GETTING_IN_COLUMNS,
    GROUP_FACT_COLUMNS,
    LONGEST,
    LONGEST_OTHER,
    NEEDED,
    VENUE_FACT_COLUMNS,
)
from finder.spreadsheets.grid import TableRow
from finder.spreadsheets.rules import CellError

FURTHEST_PIN_KM = 20

Value = TypeVar("Value")
Other = TypeVar("Other")

# What stands in for a cell that was refused, so that the rest of its row is still checked.
_ANY_PLACE = Place(55.976, -3.1657)
_ANY_SESSIONS = (Session(Weekday.MON, time(10), time(11)),)
_SAFE: dict[str, dict[str, object]] = {
    "venue_name": {"name": "-"},
    "locality": {"locality": "-"},
    "street": {"street": ""},
    "postcode": {"place": _ANY_PLACE},
    "name": {"name": "-"},
    "organiser": {"organiser": "-"},
    "summary": {"summary": ""},
    "ages": {"age_from_months": 0, "age_to_months": 12},
    "sessions": {"sessions": _ANY_SESSIONS},
    "what_happens": {"steps": ()},
    "other_formats": {"other_formats": frozenset()},
    "booking_url": {"booking_url": ""},
    "website": {"website": ""},
    "booking_phone": {"booking": Booking.DROP_IN},
}


class Located(Protocol):
    """What is known of a postcode."""

    @property
    def place(self) -> Place:
        """Its point."""
        ...

    @property
    def nation(self) -> Nation:
        """The nation it is in."""
        ...

    @property
    def council_code(self) -> str:
        """The ONS code of its council, or an empty string."""
        ...


Locate = Callable[[str], Located | None]
"""Answers for a whole postcode, like "EH6 7BS"; None where there is none such."""


@dataclass(frozen=True)
class RowResult:
    """A row's draft, or None with its errors. has_pin: it gives its own latitude, longitude."""

    line: int
    draft: GroupDraft | None
    errors: tuple[CellError, ...]
    has_pin: bool = False


def read_row(row: TableRow, locate: Locate) -> RowResult:
    """The draft of a row, or every error in it, in one pass."""
    cells = _Cells(row)
    has_pin = "latitude" in row.cells or "longitude" in row.cells
    venue = _venue(cells, locate, has_pin)
    draft = _group(cells, venue)
    errors = tuple(cells.errors)
    return RowResult(row.line, None if errors else draft, errors, has_pin)


@dataclass
class _Cells:
    """A row's cells as they are read, and the errors met on the way."""

    row: TableRow
    errors: list[CellError] = field(default_factory=list)

    def refuse(self, column: str, message: str) -> None:
        """Note an error, the first one of a column only."""
        if not any(error.column == column for error in self.errors):
            found = self.row.cells.get(column, "")
            self.errors.append(CellError(self.row.line, column, found, message))

    def text(self, column: str) -> str:
        text = unguarded(self.row.cells.get(column, ""))
        longest = LONGEST.get(column, LONGEST_OTHER)
        if len(text) > longest:
            self.refuse(column, f"Use at most {longest:,} characters: there are {len(text):,}")
            return text[:longest]
        return text

    def read(self, column: str, reader: Callable[[str], Value], otherwise: Other) -> Value | Other:
        """What a cell means. otherwise: where it is empty, or was refused."""
        text = self.text(column)
        if not text:
            if column in NEEDED:
                self.refuse(column, "This is needed")
            return otherwise
        try:
            return reader(text)
        except Refused as refusal:
            self.refuse(column, refusal.message)
            return otherwise

    def facts(self, columns: tuple[str, ...]) -> Mapping[Fact, bool]:
        answers = {FACT_OF[name]: self.read(name, read_yes_no, None) for name in columns}
        return {fact: answer for fact, answer in answers.items() if answer is not None}

    def make(self, shape: Callable[..., Value], **values: object) -> Value:
        """A draft of these values. What it refuses is noted, replaced, and tried again."""
        while True:
            try:
                return shape(**values)
            except Refused as refusal:
                self.refuse(refusal.field, refusal.message)
                values |= _SAFE[refusal.field]


def _venue(cells: _Cells, locate: Locate, has_pin: bool) -> VenueDraft:
    postcode = cells.read("postcode", _postcode, "")
    located = locate(postcode) if postcode else None
    if postcode and located is None:
        cells.refuse("postcode", f"We can’t find {postcode}. Check it letter by letter")
    place = located.place if located else _ANY_PLACE
    if has_pin:
        place = _pin(cells, place, is_known=located is not None)
    return cells.make(
        VenueDraft,
        name=cells.read("venue_name", str, "-"),
        kind=cells.read("venue_kind", partial(read_word, VenueKind), VenueKind.OTHER),
        street=cells.text("street"),
        locality=cells.read("locality", str, "-"),
        postcode=postcode,
        place=place,
        nation=located.nation if located else Nation.ENGLAND,
        council_code=located.council_code if located else "",
        facts=cells.facts(VENUE_FACT_COLUMNS),
    )


def _postcode(text: str) -> str:
    compact = re.sub(r"[\s.]+", "", text).upper()
    postcode = f"{compact[:-3]} {compact[-3:]}"
    if not re.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}", postcode):
        raise Refused("postcode", "Give the whole postcode, like EH6 7BS")
    return postcode


def _pin(cells: _Cells, by_postcode: Place, is_known: bool) -> Place:
    latitude = cells.read("latitude", read_degrees, by_postcode.latitude)
    longitude = cells.read("longitude", read_degrees, by_postcode.longitude)
    for column in ("latitude", "longitude"):
        if not cells.text(column):
            cells.refuse(column, "Give both latitude and longitude, or neither")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        cells.refuse("latitude", "The pin must be inside the United Kingdom")
        return by_postcode
    away = great_circle(
        (latitude, longitude), (by_postcode.latitude, by_postcode.longitude)
    ).kilometers
    if is_known and away > FURTHEST_PIN_KM:
        cells.refuse("latitude", f"The pin is {away:,.0f} km from the postcode. Correct either")
        return by_postcode
    return Place(latitude, longitude)


def _group(cells: _Cells, venue: VenueDraft) -> GroupDraft:
    cost = cells.read("cost", parse_cost, Cost(CostKind.FREE))
    ages = cells.read("ages", parse_ages, (0, 12))
    return cells.make(
        GroupDraft,
        ref=cells.read("ref", str, "-"),
        name=cells.read("name", str, "-"),
        organiser=cells.read("organiser", str, "-"),
        venue=venue,
        format=cells.read("format", partial(read_word, Format), Format.OTHER),
        other_formats=cells.read("other_formats", partial(read_words, Format), frozenset()),
        sessions=_sessions(cells),
        cost=cost,
        age_from_months=ages[0],
        age_to_months=ages[1],
        summary=cells.text("summary"),
        steps=cells.read("what_happens", read_steps, ()),
        getting_in=GettingIn(**{name: cells.text(name) for name in GETTING_IN_COLUMNS}),
        facts=cells.facts(GROUP_FACT_COLUMNS),
        is_example=bool(cells.read("example", read_yes_no, None)),
        size=cells.read("size", partial(read_word, Size), None),
        noise=cells.read("noise", partial(read_word, Noise), None),
        busy=cells.read("busy", partial(read_word, Busy), None),
        claimed_level=cells.read("talking", read_talking, None),
        booking=cells.read("booking", partial(read_word, Booking), Booking.DROP_IN),
        booking_url=cells.read("booking_url", read_address, ""),
        booking_phone=cells.read("booking_phone", read_phone, ""),
        website=cells.read("website", read_address, ""),
    )


def _sessions(cells: _Cells) -> tuple[Session, ...]:
    first: date | None = cells.read("first_date", parse_date, None)
    last: date | None = cells.read("last_date", parse_date, None)
    usual = Usual(
        first,
        last,
        bool(cells.read("term_time_only", read_yes_no, None)),
        bool(cells.read("bank_holidays", read_yes_no, None)),
    )
    days, times = cells.text("days"), cells.text("times")
    if not (days or times):
        return cells.read("sessions", lambda text: read_sessions(text, usual), _ANY_SESSIONS)
    if cells.text("sessions"):
        cells.refuse("sessions", "Use either sessions, or days and times, not both")
        return _ANY_SESSIONS
    for column, text in (("days", days), ("times", times)):
        if not text:
            cells.refuse(column, "Give both days and times")
            return _ANY_SESSIONS
    return _by_days_and_times(cells, usual)


def _by_days_and_times(cells: _Cells, usual: Usual) -> tuple[Session, ...]:
    days = cells.read("days", parse_days, ())
    starts, ends = cells.read("times", parse_times, (time(10), time(11)))
    try:
        return (
            tuple(Session(day, starts, ends, repeats, **asdict(usual)) for day, repeats in days)
            or _ANY_SESSIONS
        )
    except Refused as refusal:
        column = {"first_on": "first_date", "last_on": "last_date"}.get(refusal.field, "times")
        cells.refuse(column, refusal.message)
        return _ANY_SESSIONS
