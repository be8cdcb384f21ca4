"""What moderators look at, what they may do with it, and what is kept of it for ever.

The log holds states and ids, never an address and never what a parent wrote: it can't be changed
afterwards, so nothing may stand in it that somebody has a right to have forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from finder.domain.refused import Refused
from finder.domain.schedule.sessions import london_day
from finder.domain.vocabulary import Labelled
from finder.moderation.decision_text import changes_between
from finder.reviews.hold_rules import Rule, emails, links, phones

LONGEST_REASON = 1_000
ITEMS_A_PAGE = 50
LOG_A_PAGE = 50


class ItemKind(Labelled):
    """What stands in the queue."""

    REVIEW = "review", "Held reviews"
    REPORT = "report", "Reports"
    CLAIM = "claim", "Claims"
    LISTING = "listing", "First listings"
    DUPLICATE = "duplicate", "Suspected duplicates"


ONE = {
    ItemKind.REVIEW: "Review",
    ItemKind.REPORT: "Report",
    ItemKind.CLAIM: "Claim",
    ItemKind.LISTING: "First listing",
    ItemKind.DUPLICATE: "Suspected duplicate",
}

_ONE_OF = {
    ItemKind.REVIEW: "Review of",
    ItemKind.REPORT: "Report on",
    ItemKind.CLAIM: "Claim of",
    ItemKind.LISTING: "First listing of",
    ItemKind.DUPLICATE: "Suspected duplicate of",
}


class Action(Labelled):
    """What a moderator does. Each leaves one line in the log."""

    PUBLISH = "publish", "Publish"
    HIDE = "hide", "Hide"
    ASK = "ask", "Ask for a change"
    MERGE = "merge", "Merge the two"
    APART = "apart", "They are two groups"
    MOVE = "move", "Move to another group"
    ACCEPT = "accept", "Accept the claim"
    REFUSE = "refuse", "Refuse the claim"
    KEEP = "keep", "Answer, and leave it as it is"
    NOTE = "note", "Answer, and end the listing"
    SUSPEND = "suspend", "Suspend the account"
    UNDO = "undo", "Undo the last decision"


class Reason(Labelled):
    """Why, from a short list; words say the rest."""

    FINE = "fine", "It follows the rules"
    NAMES = "names", "It names or points to a person"
    CONTACT = "contact", "It has a phone number, an address or a link"
    UNKIND = "unkind", "It is unkind to a person"
    NOT_A_VISIT = "not_a_visit", "It is not about an own visit"
    ADVERT = "advert", "It sells something"
    UNTRUE = "untrue", "It is untrue in a way that can be checked"
    MANY = "many", "Many of the same came at once"
    WRONG_PLACE = "wrong_place", "It is about another group"
    DETAILS = "details", "Details are missing or wrong"
    CLOSED = "closed", "The group has closed"
    UNSAFE = "unsafe", "It may be unsafe"
    SAME = "same", "It is the same group twice"
    OWN = "own", "Whose it is was shown"
    NOT_OWN = "not_own", "Whose it is was not shown"
    MISTAKE = "mistake", "We made a mistake"
    OTHER = "other", "Something else"


ACTIONS: Mapping[ItemKind, tuple[Action, ...]] = {
    ItemKind.REVIEW: (Action.PUBLISH, Action.HIDE, Action.ASK, Action.MOVE, Action.SUSPEND),
    ItemKind.REPORT: (
        Action.KEEP,
        Action.HIDE,
        Action.ASK,
        Action.PUBLISH,
        Action.NOTE,
        Action.MOVE,
        Action.SUSPEND,
    ),
    ItemKind.CLAIM: (Action.ACCEPT, Action.REFUSE, Action.SUSPEND),
    ItemKind.LISTING: (Action.PUBLISH, Action.HIDE, Action.ASK, Action.SUSPEND),
    ItemKind.DUPLICATE: (Action.MERGE, Action.APART),
}
"""What may be done with what; what can't be done as things stand is left out by the page."""


@dataclass(frozen=True)
class Decision:
    """What a moderator wants done, and why. Refuses nonsense when made.

    target: the group to move to, or the one of two to keep. stamp: how the item stood when the
    moderator looked at it.
    """

    action: Action
    reason: Reason
    words: str
    stamp: str
    target: UUID | None = None

    def __post_init__(self) -> None:
        """Refuse a decision without words, or with what must not stand in the log for ever."""
        if not self.words.strip():
            raise Refused("words", "Say why in a sentence. Its author reads it")
        if len(self.words) > LONGEST_REASON:
            raise Refused("words", f"Use {LONGEST_REASON:,} characters or fewer")
        if any(next(finds(self.words), None) for finds in (emails, links, phones)):
            raise Refused(
                "words", "Leave out addresses, numbers and links: the log keeps this for ever"
            )
        if self.action in {Action.MOVE, Action.MERGE} and self.target is None:
            raise Refused("target", "Choose the group")


@dataclass(frozen=True)
class LogLine:
    """One line of the log. moderator: nothing for one whose account is gone.

    about: the group and its venue; nothing where it is about no group, or about one that is gone.
    """

    id: UUID
    at: datetime
    moderator_id: UUID
    moderator: str
    item_kind: ItemKind
    item_id: UUID
    action: Action
    reason: Reason
    words: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    group_id: UUID | None = None
    undoes: UUID | None = None
    about: str = ""

    @property
    def thing(self) -> str:
        """What was decided on: "Report on Songs at Hill Library"."""
        if not self.about:
            return ONE[self.item_kind]
        return f"{_ONE_OF[self.item_kind]} {self.about}"

    @property
    def on(self) -> date:
        """The day of the decision, as the United Kingdom reckons it."""
        return london_day(self.at)

    @property
    def changes(self) -> tuple[str, ...]:
        """What it changed, a line each: "Review: waiting for a moderator, then published"."""
        return changes_between(self.before, self.after)


@dataclass(frozen=True)
class QueueItem:
    """One line of the queue. about: the group, and where it meets."""

    kind: ItemKind
    id: UUID
    about: str
    detail: str
    since: datetime
    is_asked: bool = False

    @property
    def on(self) -> date:
        """The day since when it waits, as the United Kingdom reckons it."""
        return london_day(self.since)


@dataclass(frozen=True)
class Queue:
    """One page of what waits, oldest first. counts: of everything that waits, by kind."""

    items: tuple[QueueItem, ...]
    counts: Mapping[ItemKind, int]
    asked: int
    kind: ItemKind | None = None
    page: int = 1

    @property
    def total(self) -> int:
        """How many there are of what is shown."""
        return self.counts.get(self.kind, 0) if self.kind else sum(self.counts.values())

    @property
    def pages(self) -> int:
        """At least one."""
        return max(1, -(-self.total // ITEMS_A_PAGE))


@dataclass(frozen=True)
class Item:
    """One thing to decide, whole. lines: what it says, by name. author_id: whose it is.

    earlier: what the author did before, a line each. stamp: changes with every change.
    """

    kind: ItemKind
    id: UUID
    state: str
    stamp: str
    about: str
    group_id: UUID | None
    lines: tuple[tuple[str, str], ...]
    rules: tuple[Rule, ...] = ()
    author_id: UUID | None = None
    author: str = ""
    is_suspended: bool = False
    earlier: tuple[str, ...] = ()
    history: tuple[LogLine, ...] = ()
    versions: tuple[str, ...] = ()
    pair: tuple[tuple[UUID, str], ...] = ()
    actions: tuple[Action, ...] = ()
    since: datetime | None = None
    is_listed: bool = False

    @property
    def on(self) -> date | None:
        """The day since when it waits, as the United Kingdom reckons it."""
        return london_day(self.since) if self.since else None


@dataclass(frozen=True)
class Figures:
    """What moderators did in one year, counted from the log. Nothing else is kept for it."""

    year: int
    decisions: Mapping[str, int] = field(default_factory=dict)
    reasons_for_hiding: Mapping[str, int] = field(default_factory=dict)
    appeals: int = 0
    appeals_upheld: int = 0
    undone: int = 0

    @property
    def total(self) -> int:
        """All decisions of the year."""
        return sum(self.decisions.values())
