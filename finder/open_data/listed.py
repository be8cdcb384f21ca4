"""A listing as other people's calendars and systems get it: complete, and only facts.

Of reviews it has counts and levels only: no words, no dates of visits, no people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from finder.domain.facts import Answers, Fact
from finder.domain.groups import Card, GroupDraft, Talking
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import ListingState

SHOWN_IN_CALENDARS = (ListingState.PUBLISHED, ListingState.PAUSED, ListingState.ENDED)
"""A phone that follows a group must learn that it has ended. Other states are not public."""


@dataclass(frozen=True)
class Listed:
    """One listing, complete. cancelled: the note of each date cancelled, by session.

    facts: what the organiser and parents say, also of the building.
    """

    public_id: UUID
    organiser_id: UUID
    venue_id: UUID
    draft: GroupDraft
    talking: Talking
    state: ListingState
    created_at: datetime
    updated_at: datetime
    checked_on: date | None = None
    facts: Mapping[Fact, Answers] = field(default_factory=dict)
    cancelled: Mapping[Session, Mapping[date, str]] = field(default_factory=dict)

    @property
    def is_on(self) -> bool:
        """Whether parents find it. A paused or ended listing has no dates."""
        return self.state is ListingState.PUBLISHED

    @property
    def revision(self) -> int:
        """Rises with every change, also of a cancelled date: whole seconds since its creation."""
        return max(0, int((self.updated_at - self.created_at).total_seconds()))


@dataclass(frozen=True)
class GroupChange:
    """A group that is new or has changed, for whoever follows a search."""

    card: Card
    created_at: datetime
    updated_at: datetime

    @property
    def is_new(self) -> bool:
        """Whether nothing has changed since it was listed."""
        return self.updated_at == self.created_at


@dataclass(frozen=True)
class Changes:
    """The newest changes among the groups of a search, newest first."""

    centre_label: str
    changes: tuple[GroupChange, ...]
