"""A listing as it leaves for other people's calendars and systems: complete, and only facts.

Of reviews there are only counts and levels here: no words, no dates of visits, no people.
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
"""A phone that follows a group must learn that it has ended; other states are nobody's matter."""


@dataclass(frozen=True)
class Listed:
    """One listing, complete. cancelled: the note of each date cancelled, by session.

    facts: what the organiser and parents say, those of the building among them.
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
        """Whether parents find it; a paused or ended one has no dates."""
        return self.state is ListingState.PUBLISHED

    @property
    def revision(self) -> int:
        """Goes up with every change, a cancelled date included: whole seconds since its birth."""
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
