"""Keeps listings: a draft becomes rows, with its history and its search columns."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from uuid import UUID, uuid4

from sqlmodel import col, delete, select

from finder.domain.groups import GroupDraft, VenueDraft
from finder.domain.vocabulary import ListingState
from finder.listings.changes import said
from finder.listings.import_lookup import AT_ONCE, Known, KnownGroup, KnownVenue
from finder.listings.learned import tables_in_use
from finder.listings.new_rows import NewRows
from finder.listings.row_values import group_values, venue_values
from finder.listings.search_columns import (
    HeardOf,
    columns_of,
    keep_facts,
    refresh_search_columns,
    set_columns,
)
from finder.listings.tables import GroupRow, SessionRow, StepRow, VenueFactRow, VenueRow
from finder.platform.db.database import Db

BEFORE_HISTORY = "As it stood before the next change"
StateOf = Callable[[GroupDraft], ListingState | None]


class Moved(Exception):
    """A listing has another version by now than whoever saves it has seen."""


class Outcome(StrEnum):
    """What saving did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Saved:
    """The group's public id, what saving did, and how the group stands now."""

    public_id: UUID
    outcome: Outcome
    version: int
    venue_id: UUID


class Saving:
    """Saves drafts within one transaction. What they share is asked once.

    New rows wait for each other: call `write` at the end, and before you read what was saved.
    Nothing here commits. at: now. by: the editor, None for a file. checked_on: the day on which
    the organiser said that all is true; None leaves it. `reviews/saving.py` has the one to use:
    it knows what parents said, which a changed listing's level is worked out from.
    """

    def __init__(
        self, db: Db, at: datetime, by: UUID | None, checked_on: date | None, heard_of: HeardOf
    ) -> None:
        self._db, self._at, self._by, self._checked_on = db, at, by, checked_on
        self._heard_of = heard_of
        self._known, self._new = Known(db), NewRows()

    def write(self) -> None:
        """Write what waits."""
        self._new.write(self._db)

    def look_up(self, drafts: Collection[GroupDraft]) -> None:
        """Ask at once for what is kept of some hundreds of drafts, and lock their groups."""
        self.write()
        self._known.look_up(drafts)

    def ask_anew(self) -> None:
        """Forget which groups there are: somebody else has changed one."""
        self.write()
        self._known.forget_groups()

    def save_all(
        self, drafts: Iterable[GroupDraft], state_of: StateOf = lambda _: None
    ) -> Iterator[Saved]:
        """Save them some hundreds at a time; what it gives is written."""
        rest = iter(drafts)
        while some := list(islice(rest, AT_ONCE)):
            self.ask_anew()
            self.look_up(some)
            saved = [self.save(draft, state_of(draft)) for draft in some]
            self.write()
            yield from saved

    def save(
        self,
        draft: GroupDraft,
        state: ListingState | None = None,
        version: int | None = None,
        public_id: UUID | None = None,
    ) -> Saved:
        """Keep a draft under its organiser and ref, and its history: see `reviews/saving.py`."""
        known = self.kept(draft)
        if known is None:
            return self._add(draft, state or ListingState.PUBLISHED, public_id or uuid4())
        group = known.row
        if version not in (None, group.version):
            raise Moved
        group.checked_on = self._checked_on or group.checked_on
        if known.draft == draft and state in (None, group.state):
            return Saved(group.id, Outcome.UNCHANGED, group.version, group.venue_id)
        self._keep_history(known, draft, state)
        group.state = state or group.state
        group.version += 1
        group.updated_at = self._at
        self._change(group, known.draft, draft)
        self._known.forget(draft)
        return Saved(group.id, Outcome.CHANGED, group.version, group.venue_id)

    def kept(self, draft: GroupDraft) -> KnownGroup | None:
        """The group that has this organiser and ref, locked until the end of the transaction."""
        self._ask_of(draft)
        return self._known.group(draft)

    def venue(self, draft: GroupDraft) -> KnownVenue | None:
        """The venue as it is kept where a draft's group meets."""
        self._ask_of(draft)
        return self._known.venue(draft)

    def organiser_id(self, draft: GroupDraft) -> UUID:
        """The id of the draft's organiser, who is made where there is none."""
        self._ask_of(draft)
        id_ = self._known.organiser(draft)
        if id_ is None:
            id_ = self._new.organiser(draft.organiser)
            self._known.has_organiser(draft.organiser, id_)
        return id_

    def _ask_of(self, draft: GroupDraft) -> None:
        if not self._known.has_asked(draft):
            self.look_up([draft])

    def _add(self, draft: GroupDraft, state: ListingState, id_: UUID) -> Saved:
        venue_id, is_venue_changed = self._venue(draft)
        self._new.group(
            draft,
            id_=id_,
            organiser_id=self.organiser_id(draft),
            venue_id=venue_id,
            state=state,
            at=self._at,
            checked_on=self._checked_on,
            search_columns=columns_of(draft, tables=tables_in_use(self._db)),
        )
        self._new.version(id_, 1, draft, said(None, draft), self._at, self._by)
        self._known.forget(draft)
        if is_venue_changed:
            self._refresh_all_at(venue_id)
        return Saved(id_, Outcome.ADDED, 1, venue_id)

    def _keep_history(
        self, known: KnownGroup, draft: GroupDraft, state: ListingState | None
    ) -> None:
        group, before = known.row, known.draft
        if not known.has_history:
            self._new.version(
                group.id, group.version, before, BEFORE_HISTORY, group.updated_at, None
            )
        lines = [said(before, draft)] if before != draft else []
        if state and state is not group.state:
            lines.insert(0, f"{group.state.label} → {state.label}")
        text = "\n".join(lines)
        self._new.version(group.id, group.version + 1, draft, text, self._at, self._by)

    def _change(self, group: GroupRow, before: GroupDraft, draft: GroupDraft) -> None:
        venue_id, is_venue_changed = self._venue(draft)
        if venue_id != group.venue_id:
            self.write()  # a new venue comes before what points to it
            group.venue_id = venue_id
        set_columns(group, group_values(draft))
        if (before.sessions, before.steps) != (draft.sessions, draft.steps):
            for table in (SessionRow, StepRow):
                self._db.exec(delete(table).where(col(table.group_id) == group.id))
            self._new.lines(group.id, draft)
        if before.facts != draft.facts:
            keep_facts(self._db, group.id, said=draft.facts)
        if is_venue_changed:
            self._refresh_all_at(venue_id)
        else:
            refresh_search_columns(self._db, group.id, self._at, self._heard_of, draft)

    def _refresh_all_at(self, venue_id: UUID) -> None:
        self.write()
        groups = select(GroupRow.id).where(col(GroupRow.venue_id) == venue_id)
        for group_id in self._db.exec(groups).all():
            refresh_search_columns(self._db, group_id, self._at, self._heard_of)

    def _venue(self, draft: GroupDraft) -> tuple[UUID, bool]:
        """The venue's id, and whether this changed one that other groups may meet at."""
        kept = self.venue(draft)
        if kept and kept.draft == draft.venue:
            return kept.id, False
        if kept:
            self._change_venue(kept.id, draft.venue)
        id_ = kept.id if kept else self._new.venue(draft.venue)
        self._known.has_venue(id_, draft.venue)
        return id_, kept is not None

    def _change_venue(self, venue_id: UUID, venue: VenueDraft) -> None:
        self.write()
        row = self._db.get_one(VenueRow, venue_id)
        set_columns(row, venue_values(venue))
        self._db.exec(delete(VenueFactRow).where(col(VenueFactRow.venue_id) == venue_id))
        self._new.building(venue_id, venue)
