"""The moderators' queue, as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from finder.domain.schedule.sessions import london_day
from finder.moderation.rules import ItemKind

ITEMS_A_PAGE = 50


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
        """The day since when it waits, in UK time."""
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
