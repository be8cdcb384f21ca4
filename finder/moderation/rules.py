"""What moderators look at, what they may do with it, and the log of what they did.

The log holds states and ids, never an address and never what a parent wrote: it can't be changed
afterwards, so it may hold nothing that somebody has a right to have erased.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from finder.domain.readable import emails, links, phones
from finder.domain.refused import Refused
from finder.domain.schedule.sessions import london_day
from finder.domain.vocabulary import Labelled, ListingState
from finder.moderation.decision_text import Snapshot, changes_between
from finder.moderation.reports.rules import ReportKind
from finder.reviews.hold_rules import Rule
from finder.reviews.rules import ReviewState

LONGEST_REASON = 1_000
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
"""What may be done with each kind of thing; how it stands may leave out some of them."""


def actions_on_review(state: ReviewState) -> tuple[Action, ...]:
    """What can be done with a review as it stands: nothing once its author took it back."""
    if state is ReviewState.WITHDRAWN:
        return ()
    done = {ReviewState.PUBLISHED: Action.PUBLISH, ReviewState.HIDDEN: Action.HIDE}.get(state)
    return tuple([action for action in ACTIONS[ItemKind.REVIEW] if action is not done])


def actions_on_listing(state: ListingState) -> tuple[Action, ...]:
    """What can be done with a listing as it stands."""
    if state is ListingState.WAITING:
        return ACTIONS[ItemKind.LISTING]
    return (Action.PUBLISH if state is ListingState.HIDDEN else Action.HIDE,)


def actions_on_report(
    kind: ReportKind, group_id: UUID | None, review_id: UUID | None
) -> tuple[Action, ...]:
    """What can be done with a report that waits. The ids: of what it is about."""
    if kind is ReportKind.APPEAL:
        return (Action.KEEP, Action.PUBLISH)
    if kind is ReportKind.COMPLAINT or group_id is None:
        return (Action.KEEP,)
    if review_id:
        return (Action.KEEP, Action.HIDE, Action.ASK, Action.MOVE, Action.SUSPEND)
    return (Action.KEEP, Action.HIDE, Action.ASK, Action.NOTE)


@dataclass(frozen=True)
class Decision:
    """What a moderator wants done, and why. Refuses nonsense when made.

    target: the group to move to, or the one of two to keep. stamp: how the item stood when the
    moderator looked at it. also: listings that are published with it, each with its own stamp.
    """

    action: Action
    reason: Reason
    words: str
    stamp: str
    target: UUID | None = None
    also: Mapping[UUID, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a decision without words, or with what the log must not hold for ever."""
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
    """One line of the log. moderator: empty where the account is gone.

    about: the group and its venue; empty where there is none, or it is gone.
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
    before: Snapshot
    after: Snapshot
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
        """The day of the decision, in UK time."""
        return london_day(self.at)

    @property
    def changes(self) -> tuple[str, ...]:
        """What it changed, a line each: "Review: waiting for a moderator, then published"."""
        return changes_between(self.before, self.after)


def last_standing(lines: Iterable[LogLine]) -> LogLine | None:
    """Of one thing's lines, newest first, the first that is neither an undoing nor undone."""
    undone: set[UUID | None] = set()
    for line in lines:
        if line.action is not Action.UNDO and line.id not in undone:
            return line
        undone.add(line.undoes)
    return None


@dataclass(frozen=True)
class Beside:
    """A listing that waits beside another of its organiser, whole. lines: what it says, by name."""

    id: UUID
    about: str
    lines: tuple[tuple[str, str], ...]
    stamp: str

    @property
    def tick(self) -> str:
        """What a form sends to publish it as it was shown."""
        return f"{self.id}:{self.stamp}"


@dataclass(frozen=True)
class Item:
    """One thing to decide, whole. lines: what it says, by name. author_id: whose it is.

    earlier: what the author did before, a line each. stamp: changes with every change.
    undoable: the decision that can be undone. changed: what its author has changed since the last
    decision. beside: listings of the same organiser that wait too; more_beside: how many further.
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
    pair: tuple[tuple[UUID, str], ...] = ()
    actions: tuple[Action, ...] = ()
    since: datetime | None = None
    is_listed: bool = False
    undoable: LogLine | None = None
    changed: tuple[str, ...] = ()
    beside: tuple[Beside, ...] = ()
    more_beside: int = 0

    @property
    def group_ids(self) -> set[UUID]:
        """The listings that it is about."""
        found = {group_id for group_id, _ in self.pair}
        return found | {self.group_id} if self.group_id else found

    @property
    def on(self) -> date | None:
        """The day since when it waits, in UK time."""
        return london_day(self.since) if self.since else None
