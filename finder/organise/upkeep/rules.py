"""What a listing needs to stay true, and what its organiser may do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from finder.domain.facts import PARENTS_ONLY, Fact, Topic
from finder.domain.refused import Refused
from finder.domain.schedule.sessions import Occurrence
from finder.domain.schedule.words import long_date
from finder.domain.vocabulary import Labelled, ListingState
from finder.reviews.rules import check_words

CHECK_AFTER = timedelta(days=90)
SILENT_AFTER = timedelta(days=180)
REMINDER_LASTS = timedelta(days=14)
LONGEST_NOTE = 300
LONGEST_CANCEL_NOTE = 200
MOST_NAMED = 10
FURTHEST_CANCELLED = timedelta(days=400)
ASKED_FIRST = tuple(
    fact for fact in Fact if fact.topic is Topic.HAVE_TO and fact not in PARENTS_ONLY
)
"""The facts at the top of a group's page, which its organiser answers first."""


class Wish(Labelled):
    """What an organiser may want of a listing."""

    PAUSE = "pause", "Pause"
    PUBLISH = "publish", "Publish again"
    END = "end", "End"


@dataclass(frozen=True)
class ListingSummary:
    """One listing as its organiser sees it on a list.

    silent_since: the day on which it was hidden because nobody had said that it is true; only
    then can its organiser bring it back. has_end: every session says its last date. unanswered:
    how many of ASKED_FIRST have no answer. created_on: the day on which it was listed. is_alone:
    whoever asks edits this listing, but not its organiser's others.
    """

    id: UUID
    ref: str
    name: str
    venue_name: str
    organiser_id: UUID
    organiser: str
    state: ListingState
    is_example: bool
    next: Occurrence | None
    created_on: date
    checked_on: date | None
    silent_since: date | None
    has_end: bool
    unanswered: int
    has_level: bool
    note: str = ""
    note_on: date | None = None
    is_alone: bool = False

    @property
    def is_hidden_for_silence(self) -> bool:
        """Whether its organiser shows it again by checking it."""
        return self.state is ListingState.HIDDEN and self.silent_since is not None

    @property
    def may_be_checked(self) -> bool:
        """Whether it can be checked: parents see it, or would see it again."""
        return self.state is ListingState.PUBLISHED or self.is_hidden_for_silence

    def needs_check(self, today: date) -> bool:
        """Whether nobody has checked it for 90 days."""
        last = self.checked_on or self.created_on
        return self.may_be_checked and (self.is_hidden_for_silence or today - last >= CHECK_AFTER)

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """What its organiser may do with it as it stands."""
        return tuple(w for w in Wish if _may(w, self.state, self.silent_since is not None))

    @property
    def may_be_copied(self) -> bool:
        """Whether a copy may be made: not of one that a moderator has yet to see or has hidden,
        and not in the name of an organiser whose editor one is not.
        """
        return bool(self.wishes) and not self.is_alone


_FROM = {
    Wish.PAUSE: {ListingState.PUBLISHED},
    Wish.PUBLISH: {ListingState.PAUSED, ListingState.ENDED},
    Wish.END: {ListingState.PUBLISHED, ListingState.PAUSED},
}
_TO = {
    Wish.PAUSE: ListingState.PAUSED,
    Wish.PUBLISH: ListingState.PUBLISHED,
    Wish.END: ListingState.ENDED,
}


@dataclass(frozen=True)
class Standing:
    """How a listing stands that is about to be changed. is_silent: hidden for silence."""

    id: UUID
    state: ListingState
    is_silent: bool
    note: str = ""

    def after(self, wish: Wish) -> ListingState:
        """The state after a wish. Refused where it may not be: what a moderator has hidden, or
        has yet to see, is not the organiser's to publish, nor to end and publish again.
        """
        if not _may(wish, self.state, self.is_silent):
            raise self.refusal()
        return _TO[wish]

    def check_copy(self) -> None:
        """Refuse a copy of what a moderator has hidden, or has yet to see."""
        if not any(_may(wish, self.state, self.is_silent) for wish in Wish):
            raise self.refusal()

    def refusal(self) -> Refused:
        """Somebody else changed it meanwhile, or the page was an old one."""
        return Refused(
            "wish", f"This listing is {self.state.label.lower()} now, so that can’t be done"
        )


def _may(wish: Wish, state: ListingState, is_silent: bool) -> bool:
    if state is ListingState.HIDDEN and is_silent:
        return wish is not Wish.PAUSE
    return state in _FROM[wish]


def needs(listing: ListingSummary, today: date) -> tuple[str, ...]:
    """What of a listing needs its organiser, in sentences, the most pressing first."""
    if listing.state is ListingState.WAITING:
        return ("A moderator looks at it before parents see it.",)
    if listing.state is ListingState.HIDDEN and not listing.is_hidden_for_silence:
        return ("A moderator has hidden it.",)
    if listing.state is ListingState.PAUSED:
        return ("Paused: parents don’t find it.",)
    if listing.state in {ListingState.ENDED, ListingState.DRAFT}:
        return ()
    return tuple(_of_a_listed_one(listing, today))


def _of_a_listed_one(listing: ListingSummary, today: date) -> list[str]:
    found = []
    if listing.is_hidden_for_silence and listing.silent_since:
        day = long_date(listing.silent_since, today)
        found.append(f"Hidden since {day}: for 180 days nobody said that it is true.")
    elif listing.needs_check(today):
        last = listing.checked_on
        since = f"since {long_date(last, today)}" if last else "yet"
        found.append(f"Nobody has checked it {since}. Is it still running?")
    if listing.next is None:
        found.append("No date is coming up.")
    if not listing.has_end:
        found.append("It has no last date. Add one if you know it.")
    if not listing.has_level:
        found.append("You have not said how much people have to talk.")
    if listing.unanswered == len(ASKED_FIRST):
        all_of_them = len(ASKED_FIRST)
        found.append(f"None of the {all_of_them} questions that parents ask first has an answer.")
    elif listing.unanswered:
        found.append(
            f"{listing.unanswered} of the {len(ASKED_FIRST)} questions that parents ask first "
            "have no answer."
            if listing.unanswered > 1
            else "One question that parents ask first has no answer."
        )
    return found


def check_note(text: str) -> None:
    """Refuse a note "What we changed" that is too long, or that names or traces somebody."""
    check_words("note", text, LONGEST_NOTE)


def cancelled_text(dates: Sequence[tuple[date, time]], note: str) -> str:
    """How the history of a listing tells of cancelled dates, a line for each, ten at most."""
    lines = [f"Cancelled: {_day(on, at)}" for on, at in dates[:MOST_NAMED]]
    if len(dates) > MOST_NAMED:
        lines.append(f"Cancelled: {len(dates) - MOST_NAMED:,} later dates")
    return "\n".join([*lines, f"Note: {note}"] if note else lines)


def put_back_text(on: date, at: time) -> str:
    """The same for a date that was cancelled and is on after all."""
    return f"On after all: {_day(on, at)}"


def _day(on: date, at: time) -> str:
    return f"{on:%A} {on.day} {on:%B %Y}, {at:%H:%M}"


def check_range(first: date, last: date, note: str, today: date) -> None:
    """Refuse days to cancel that make no sense, and a note that is too long."""
    if first < today:
        raise Refused("first", "Choose today or a later day")
    if last < first:
        raise Refused("last", "The last day can’t be before the first day")
    if last - today > FURTHEST_CANCELLED:
        raise Refused("last", "Choose a day within a year or so")
    if len(note) > LONGEST_CANCEL_NOTE:
        raise Refused("note", f"Use {LONGEST_CANCEL_NOTE} characters or fewer")
