"""What a group's page shows, and what a parent may answer about a recent date.

An answer to "Was it on?" is a day with yes or no. It has no name, account or address.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from uuid import UUID

from finder.domain.facts import Answers, Fact
from finder.domain.groups import GroupDraft, Talking
from finder.domain.refused import Refused
from finder.domain.schedule.calendars import Calendar
from finder.domain.schedule.sessions import Occurrence, Session, dates_from, ends_at, london_day
from finder.domain.schedule.words import short_date
from finder.platform.retention import DAY, RetentionRule
from finder.reviews.rules import FEWEST_TO_SHOW

ASKED_FOR = timedelta(days=14)
"""How long after a date we ask about it. Later, few people remember which week it was."""
YES, NO = "yes", "no"
_PRESS = "Press one of the buttons"
_CHECK = "Check before you go"
WAS_IT_ON = RetentionRule(
    "was_it_on",
    "How many people said that a group was on, or was not, on a day. We don’t know who they are",
    365 * DAY,
    "1 year after that day",
)

WAS_IT_ON_NETWORKS = RetentionRule(
    "was_it_on_networks",
    "A scrambled mark of the network that answered “Was it on?”, so that it is counted once a day",
    DAY,
    "1 day",
)


@dataclass(frozen=True)
class OnAnswer:
    """One parent's answer: a date, and whether the group was on."""

    on: date
    was_on: bool

    @property
    def typed(self) -> str:
        """The value that the button sends: "2026-11-24 yes"."""
        return f"{self.on.isoformat()} {YES if self.was_on else NO}"


@dataclass(frozen=True)
class FoundOn:
    """How many parents said that the group was on at a date, and how many that it was not."""

    on: date
    yes: int
    no: int

    @property
    def is_on(self) -> bool:
        """Whether most parents say that it was on."""
        return self.yes > self.no


@dataclass(frozen=True)
class FactFound:
    """One fact, and its answers."""

    fact: Fact
    answers: Answers


@dataclass(frozen=True)
class ListingPage:
    """All that one group's page shows. note: what the organiser changed, on note_on.

    found_on: parents' answers about past dates. dates_to_ask: dates that they may answer now.
    """

    public_id: UUID
    draft: GroupDraft
    talking: Talking
    facts: tuple[FactFound, ...]
    next_occurrences: tuple[Occurrence, ...]
    checked_on: date | None
    updated_at: datetime
    are_terms_known: bool = True
    maybe_closed_on: date | None = None
    note: str = ""
    note_on: date | None = None
    found_on: tuple[FoundOn, ...] = ()
    dates_to_ask: tuple[date, ...] = ()


def parse_answer(typed: str) -> OnAnswer:
    """The answer that a button sent. Refused, field `answer`, for any other text."""
    day, _, word = typed.partition(" ")
    if word not in {YES, NO}:
        raise Refused("answer", _PRESS)
    try:
        return OnAnswer(date.fromisoformat(day), word == YES)
    except ValueError:
        raise Refused("answer", _PRESS) from None


def asked_from(now: datetime) -> date:
    """The first day that we still ask about, by UK time."""
    return london_day(now) - ASKED_FOR


def dates_to_ask(
    sessions: Mapping[Session, Mapping[date, str]], now: datetime, calendar: Calendar
) -> tuple[date, ...]:
    """The recent dates that a parent may answer about, the newest first.

    sessions: each with its cancelled dates, which we don't ask about. A date counts once all its
    sessions have ended, by London time. now: an aware datetime.
    """
    first, today = asked_from(now), london_day(now)
    ended: dict[date, bool] = {}
    for session, off in sessions.items():
        for on in takewhile(today.__ge__, dates_from(session, first, calendar)):
            if on not in off:
                one = Occurrence(on, session.starts, session.ends)
                ended[on] = ended.get(on, True) and (on < today or ends_at(one) <= now)
    return tuple(sorted((on for on, has_ended in ended.items() if has_ended), reverse=True))


def is_in_doubt(found: Iterable[FoundOn]) -> bool:
    """Whether the group was not clearly on at the newest date that parents answered about."""
    newest = max(found, key=lambda one: one.on, default=None)
    return newest is not None and not newest.is_on


def sentence(found: Iterable[FoundOn], checked_on: date | None, today: date) -> str:
    """Parents' answers in words, like "A parent found it on, Tue 24 Nov", and the last check.

    Names the newest answered date; where that one is in doubt, also the last date that was on.
    Empty where no parent has answered. Gives no count below three parents.
    """
    by_date = sorted(found, key=lambda one: one.on, reverse=True)
    if not by_date:
        return ""
    newest = by_date[0]
    parts = [_said_of(newest, today)]
    if not newest.is_on:
        before = [_said_of(one, today) for one in by_date[1:] if one.is_on]
        parts += [words[0].lower() + words[1:] for words in before[:1]]
    if checked_on:
        parts.append(f"the organiser checked it on {short_date(checked_on, today)}")
    words = "; ".join(parts)
    return f"{words}." if newest.is_on else f"{words}. {_CHECK}."


def _said_of(found: FoundOn, today: date) -> str:
    return f"{_who(found)} {_verdict(found)}, {short_date(found.on, today)}"


def _who(found: FoundOn) -> str:
    """Who gave the answer of most; no count below three, as with reviews."""
    parents, most = found.yes + found.no, max(found.yes, found.no)
    if found.yes == found.no:
        return "Parents"
    if parents < FEWEST_TO_SHOW:
        return "A parent"
    return f"{most} parents" if most == parents else f"{most} of {parents} parents"


def _verdict(found: FoundOn) -> str:
    if found.yes == found.no:
        return "disagree whether it was on"
    return "found it on" if found.is_on else "found that it was not on"
