"""Who is signed in, and where a sign-in may lead: shapes and rules, nothing kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from finder.domain.schedule.sessions import london_day
from finder.platform.retention import DAY, RetentionRule

LINK_LASTS = timedelta(minutes=15)
LINK_KEPT = timedelta(days=1)
SIGN_IN_LASTS = timedelta(days=30)
INVITATION_LASTS = timedelta(days=7)
LONGEST_PATH = 500
_OF_SIGNING_IN = ("/sign-in", "/sign-out")


@dataclass(frozen=True)
class Account:
    """An email address that proved itself."""

    id: UUID
    email: str
    is_moderator: bool


@dataclass(frozen=True)
class SignedIn:
    """One browser that is signed in, and whose it is. seen_on: the last day it was used."""

    id: UUID
    account: Account
    created_at: datetime
    seen_on: date

    @property
    def since(self) -> date:
        """The day of signing in, in the time of the United Kingdom."""
        return london_day(self.created_at)


@dataclass(frozen=True)
class SignInLink:
    """What an emailed link will do, as its page says before anybody presses the button."""

    email: str
    next_path: str


@dataclass(frozen=True)
class Invitation:
    """Somebody may become an editor of an organiser."""

    id: UUID
    organiser_id: UUID
    organiser: str
    email: str


@dataclass(frozen=True)
class OwnOrganiser:
    """An organiser whose editor somebody is, and how many listings it has."""

    id: UUID
    name: str
    listings: int


@dataclass(frozen=True)
class Editor:
    """Somebody who may change an organiser's listings."""

    account_id: UUID
    email: str


@dataclass(frozen=True)
class WaitingInvitation:
    """Somebody who was asked to become an editor and has not answered yet."""

    id: UUID
    email: str
    expires_at: datetime


def local_path(typed: str) -> str:
    """The path, if it is a page of this site to which we may redirect; else the empty text.

    A browser reads `//host`, `/\\host` and a tab between two slashes as another site. The pages
    of signing in and out are refused too.
    """
    is_plain = typed.isprintable() and "\\" not in typed and len(typed) <= LONGEST_PATH
    if not is_plain or not typed.startswith("/") or typed.startswith("//"):
        return ""
    try:
        parts = urlsplit(typed)
    except ValueError:
        return ""
    is_ours = not parts.scheme and not parts.netloc
    leads_here = is_ours and not f"{parts.path}/".startswith(tuple(f"{p}/" for p in _OF_SIGNING_IN))
    return typed if leads_here else ""


LINKS = RetentionRule(
    "links", "Links to sign in, with a short mark of the network that asked", LINK_KEPT, "1 day"
)
SIGN_INS = RetentionRule("sign_ins", "Which browsers are signed in", SIGN_IN_LASTS, "30 days")
INVITATIONS = RetentionRule("invitations", "Invitations to look after listings", 7 * DAY, "7 days")
NO_INVITATIONS = RetentionRule(
    "no_invitations",
    "That an email address wants no invitations, as a mark from which it can’t be read",
    3650 * DAY,
    "10 years",
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
