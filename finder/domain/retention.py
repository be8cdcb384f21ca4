"""How long we keep what: the one list that `finder tidy` goes by and the privacy page shows."""

from dataclasses import dataclass
from datetime import timedelta

from finder.domain.accounts import LINK_KEPT, SIGN_IN_LASTS
from finder.domain.keeping import REMINDER_LASTS

DAY = timedelta(days=1)


@dataclass(frozen=True)
class RetentionRule:
    """One kind of thing that is forgotten in time. how_long: from when, in words."""

    key: str
    what: str
    lasts: timedelta
    how_long: str


UNCONFIRMED = RetentionRule(
    "unconfirmed",
    "Reviews that nobody confirmed",
    7 * DAY,
    "7 days",
)
LETTERS = RetentionRule("letters", "Our emails to you, and that we sent them", 7 * DAY, "7 days")
LINKS = RetentionRule("links", "Links to sign in", LINK_KEPT, "1 day")
SIGN_INS = RetentionRule("sign_ins", "Which browsers are signed in", SIGN_IN_LASTS, "30 days")
INVITATIONS = RetentionRule("invitations", "Invitations to look after listings", 7 * DAY, "7 days")
REMINDERS = RetentionRule(
    "reminders", "Links that ask organisers whether listings are true", REMINDER_LASTS, "14 days"
)
UPLOADS = RetentionRule("uploads", "Files of listings that organisers send us", DAY / 24, "1 hour")
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
SUSPENDED_NETWORKS = RetentionRule(
    "suspended_networks", "The same mark of a network that we suspended", 90 * DAY, "90 days"
)
SUSPENSIONS = RetentionRule(
    "suspensions",
    "That an account is suspended, and a mark by which we know its email address if it comes back",
    730 * DAY,
    "2 years",
)
WAS_IT_ON = RetentionRule(
    "was_it_on",
    "How many people said that a group was on, or was not, on a day. We don’t know who they are",
    365 * DAY,
    "1 year after that day",
)

RETENTION = (
    UNCONFIRMED,
    LETTERS,
    LINKS,
    SIGN_INS,
    INVITATIONS,
    REMINDERS,
    UPLOADS,
    APPEALS,
    REPORTS,
    MARKS,
    SUSPENDED_NETWORKS,
    SUSPENSIONS,
    WAS_IT_ON,
)
"""Everything that is forgotten in time, in the order of the privacy page."""
