"""What an organiser's listings are made of: unfinished ones, versions, venues near, lookalikes."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from finder.domain.groups import GroupDraft, VenueDraft
from finder.domain.schedule.sessions import LONDON, london_day
from finder.domain.vocabulary import ListingState

Typed = dict[str, list[str]]
"""What was typed into one step's form, by the names of its fields."""
MOST_UNFINISHED = 20
LONGEST_REF = 100
NEAR_VENUE_M = 300
FARTHEST_PIN_M = 5_000
"""A pin farther than this from its postcode is a mistake in either of them."""


class Publishing(StrEnum):
    """Which of an organiser's listings is published: the first one, or a further one."""

    FIRST = "first"
    FURTHER = "further"


STATE_ON: dict[Publishing, ListingState] = {
    Publishing.FIRST: ListingState.WAITING,
    Publishing.FURTHER: ListingState.PUBLISHED,
}
"""The state of a new listing: before and after a moderator accepted one of its organiser's."""


@dataclass(frozen=True)
class OwnListing:
    """A listing, fetched through one of its editors."""

    id: UUID
    organiser_id: UUID
    state: ListingState
    version: int
    draft: GroupDraft


@dataclass(frozen=True)
class Unfinished:
    """A listing that somebody is still writing. typed: what each step's form was sent."""

    id: UUID
    organiser_id: UUID | None
    typed: dict[str, Typed]
    updated_at: datetime

    @property
    def name(self) -> str:
        """What to call it on a list."""
        name = self.typed.get("what", {}).get("name")
        typed = name or self.typed.get("where", {}).get("postcode", [""])
        return typed[0] or "No name yet"


@dataclass(frozen=True)
class Version:
    """One version of a listing, as its editors see it. by: an editor's address, or who else."""

    number: int
    changed_at: datetime
    by: str
    changed: str

    @property
    def on(self) -> date:
        """The day of the change in London."""
        return london_day(self.changed_at)

    @property
    def at(self) -> time:
        """The time of the change in London."""
        return self.changed_at.astimezone(LONDON).time()

    @property
    def lines(self) -> tuple[str, ...]:
        """What changed, a line for each field."""
        return tuple(self.changed.splitlines())


@dataclass(frozen=True)
class NearVenue:
    """A venue near a point, where published groups already meet."""

    id: UUID
    draft: VenueDraft
    distance_m: float


@dataclass(frozen=True)
class Lookalike:
    """A listing that may be the same as a new one. is_yours: of an organiser you edit."""

    id: UUID
    name: str
    venue_name: str
    organiser: str
    why: str
    is_yours: bool = False


def ref_from(name: str, taken: Collection[str]) -> str:
    """A short name for files, like "harbour-songs-2", that no other listing of theirs has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_REF].strip("-") or "group"
    number, ref = 1, slug
    while ref in taken:
        number += 1
        ref = f"{slug}-{number}"
    return ref


TAKEN = (
    "Somebody of this name lists groups here already. Is it you? Then ask to be invited by"
    " whoever looks after them. If not, choose a name that tells you apart"
)
