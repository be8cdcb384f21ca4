"""What a group's own page shows, complete."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from finder.domain.facts import Answers, Fact
from finder.domain.groups import GroupDraft, Talking
from finder.domain.schedule.sessions import Occurrence
from finder.group_page.was_it_on.rules import FoundOn


@dataclass(frozen=True)
class FactFound:
    """One fact as a page shows it: what was said, by whom."""

    fact: Fact
    answers: Answers


@dataclass(frozen=True)
class ListingPage:
    """One group's own page, complete. note: what the organiser says it changed, on note_on.

    found_on: what parents say of dates that are over. dates_to_ask: those they may speak of now.
    """

    public_id: UUID
    draft: GroupDraft
    talking: Talking
    facts: tuple[FactFound, ...]
    next_occurrences: tuple[Occurrence, ...]
    checked_on: date | None
    updated_at: datetime
    are_terms_known: bool = True
    maybe_closed_on: date | None = None
    note: str = ""
    note_on: date | None = None
    found_on: tuple[FoundOn, ...] = ()
    dates_to_ask: tuple[date, ...] = ()
