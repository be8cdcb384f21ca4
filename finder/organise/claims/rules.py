"""A claim: somebody says that a listing is theirs."""

from dataclasses import dataclass
from uuid import UUID

from finder.domain.refused import Refused
from finder.domain.vocabulary import Labelled

LONGEST_CLAIM = 1_000


class ClaimState(Labelled):
    """Where somebody's claim to a listing stands."""

    WAITING = "waiting", "Waiting for a moderator"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"


class ClaimScope(Labelled):
    """What somebody asks to look after."""

    GROUP = "group", "This listing only"
    ORGANISER = "organiser", "All that this organiser lists"


@dataclass(frozen=True)
class Claimable:
    """A listing that somebody may claim. state: of their claim, None before it.

    listed: how many published listings its organiser has.
    """

    group_id: UUID
    name: str
    venue_name: str
    organiser: str
    is_own: bool
    state: ClaimState | None
    listed: int = 1


SHORTEST = 10


def check_why(why: str) -> None:
    """Refuse a claim that tells a moderator nothing, or too much."""
    if len(why.strip()) < SHORTEST:
        raise Refused("why", "Say in a sentence how you belong to this group")
    if len(why) > LONGEST_CLAIM:
        raise Refused("why", f"Use {LONGEST_CLAIM:,} characters or fewer")
