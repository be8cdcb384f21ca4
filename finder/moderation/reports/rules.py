"""Reports: what is wrong with a page, with a review, or with a decision of ours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from finder.domain.refused import Refused
from finder.domain.vocabulary import Labelled
from finder.platform.retention import DAY, RetentionRule

LONGEST_REPORT = 2_000
ENOUGH_TO_SAY_CLOSED = 2
"""Once this many people say that a group has closed, its page says so."""
NUMBER = re.compile(r"QC-[0-9A-Z]{6}")
DIGITS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""The characters of a reference number. None looks or sounds like another."""


class ReportKind(Labelled):
    """What is wrong. An appeal and a complaint have pages of their own."""

    WRONG_DETAILS = "wrong_details", "The details are wrong"
    CLOSED = "closed", "It has closed down"
    UNSAFE = "unsafe", "Something is unsafe"
    UNKIND = "unkind", "It is unkind to somebody"
    PERSONAL = "personal", "It names or shows a person"
    OTHER = "other", "Something else"
    APPEAL = "appeal", "An appeal against a decision"
    COMPLAINT = "complaint", "A complaint about us"


OF_LISTINGS = (
    ReportKind.WRONG_DETAILS,
    ReportKind.CLOSED,
    ReportKind.UNSAFE,
    ReportKind.UNKIND,
    ReportKind.PERSONAL,
    ReportKind.OTHER,
)
OF_REVIEWS = (ReportKind.UNKIND, ReportKind.PERSONAL, ReportKind.UNSAFE, ReportKind.OTHER)


class ReportState(Labelled):
    """Where a report stands."""

    WAITING = "waiting", "Waiting for a moderator"
    ANSWERED = "answered", "Answered"


@dataclass(frozen=True)
class ReportDraft:
    """A valid report: refuses nonsense when made. email: empty where no answer is wanted.

    Unlike a review it may name people and numbers: only moderators read it.
    """

    kind: ReportKind
    words: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        """Refuse what a moderator could do nothing about."""
        if len(self.words) > LONGEST_REPORT:
            raise Refused("words", f"Use {LONGEST_REPORT:,} characters or fewer")
        if self.kind is not ReportKind.CLOSED and not self.words.strip():
            raise Refused("words", "Say in a few words what is wrong")


@dataclass(frozen=True)
class Reported:
    """What a report's page says of the thing that it is about. words: of the review."""

    group_id: UUID
    name: str
    venue_name: str
    review_id: UUID | None = None
    words: str = ""


@dataclass(frozen=True)
class Report:
    """A report as a moderator reads it."""

    id: UUID
    number: str
    kind: ReportKind
    words: str
    email: str
    state: ReportState
    group_id: UUID | None
    review_id: UUID | None
    decision_id: UUID | None
    created_at: datetime


@dataclass(frozen=True)
class OpenAppeal:
    """A decision against which the reader of a mail may still appeal."""

    decision_id: UUID
    email: str
    about: str
    reason: str


def is_number(typed: str) -> bool:
    """Whether this is a reference number as we give them."""
    return NUMBER.fullmatch(typed) is not None


def count_people(senders: Iterable[tuple[str, str]]) -> int:
    """How many people sent some reports, at least. Each sender is a network's mark and a mailbox.

    Reports that share a mark or a mailbox come from one person, also where a third links them;
    so the order of the reports changes nothing. One whose sender has been forgotten (two empty
    texts) may come from a person who is counted already.
    """
    people: list[set[str]] = []
    for mark, email in senders:
        sender = {mark, email} - {""}
        if sender:
            same = [person for person in people if person & sender]
            people = [person for person in people if not person & sender]
            people.append(sender.union(*same))
    return len(people)


APPEALS = RetentionRule("appeals", "Links to appeal against a decision", 30 * DAY, "30 days")
REPORTS = RetentionRule(
    "reports",
    "What a report says, and the email address that it gives",
    365 * DAY,
    "1 year after our answer",
)
MARKS = RetentionRule(
    "marks",
    "A short mark of the network that a review or report came by. It can’t be turned back into an"
    " internet address",
    30 * DAY,
    "30 days",
)
