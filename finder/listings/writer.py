"""Keeps listings: a draft becomes rows, with its history and its search columns."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from uuid import UUID, uuid4

from sqlmodel import col, delete, select

from finder.domain.groups import GroupDraft, VenueDraft
from finder.domain.vocabulary import ListingState
from finder.listings import history
from finder.listings.bulk_rows import (
    AT_ONCE,
    ImportLookup,
    NewRows,
    StoredGroup,
    StoredVenue,
    group_key,
    venue_key,
)
from finder.listings.changes import ChangedBy, change_text
from finder.listings.learned import tables_in_use
from finder.listings.row_values import group_values, venue_values
from finder.listings.search_columns import (
    Heard,
    columns_of,
    keep_said,
    refresh_search_columns,
    set_columns,
)
from finder.listings.tables import GroupRow, SessionRow, StepRow, VenueFactRow, VenueRow
from finder.platform.db.database import Db, read_locked

FIRST_VERSION = "Listed for the first time"
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


class Saving(ABC):
    """Saves drafts within one transaction. What several drafts share is looked up once.

    New rows wait to be written together: call `write` at the end, and before you read what was
    saved. Nothing here commits. at: now. by: whose change it is, None for a file. checked_on: the
    day on which the organiser said that all is true; None leaves it as it is. how: in what part it
    was changed; by default as an editor, or without one by a file. Use the subclass in
    `reviews/saving.py`: it knows what parents said, and a changed listing's talking level is
    worked out from that.
    """

    def __init__(
        self,
        db: Db,
        at: datetime,
        by: UUID | None = None,
        checked_on: date | None = None,
        how: ChangedBy | None = None,
    ) -> None:
        self._db, self._at, self._by, self._checked_on = db, at, by, checked_on
        self._how = how or (ChangedBy.EDITOR if by else ChangedBy.FILE)
        self._known, self._new = ImportLookup(db), NewRows(at.date())

    @staticmethod
    @abstractmethod
    def heard_of(db: Db, group_id: UUID, today: date) -> Heard:
        """What parents answered about a group, which a room above this one keeps."""

    def write(self) -> None:
        """Write what waits."""
        self._new.write(self._db)

    def look_up(self, drafts: Collection[GroupDraft]) -> None:
        """Look up what is kept of some hundreds of drafts at once, and lock their groups."""
        self.write()
        self._known.look_up(drafts)

    def ask_anew(self) -> None:
        """Forget which groups there are: somebody else has changed one."""
        self.write()
        self._known.groups.clear()

    def save_all(
        self, drafts: Iterable[GroupDraft], state_of: StateOf = lambda _: None
    ) -> Iterator[Saved]:
        """Save drafts, some hundreds at a time. What this yields has been written."""
        rest = iter(drafts)
        while some := list(islice(rest, AT_ONCE)):
            self.write()
            self._known.groups.clear()
            self._known.look_up(some)
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
            self._check_same(group.id, version, known.draft)
        group.checked_on = self._checked_on or group.checked_on
        if known.draft == draft and state in (None, group.state):
            return Saved(group.id, Outcome.UNCHANGED, group.version, group.venue_id)
        lines = [change_text(known.draft, draft)] if known.draft != draft else []
        if state and state is not group.state:
            lines.insert(0, f"{group.state.label} → {state.label}")
        self._keep_history(known, draft, "\n".join(lines))
        group.state = state or group.state
        self._change(group, known.draft, draft)
        self._known.groups.pop(group_key(draft), None)
        return Saved(group.id, Outcome.CHANGED, group.version, group.venue_id)

    def note(self, draft: GroupDraft, changed: str) -> None:
        """Write down, as a new version, what changed beside what a kept draft says."""
        known = self.kept(draft)
        if known:
            self._keep_history(known, draft, changed)

    def kept(self, draft: GroupDraft) -> StoredGroup | None:
        """The group that has this organiser and ref, locked until the end of the transaction."""
        if group_key(draft) not in self._known.groups:
            self.look_up([draft])
        return self._known.groups[group_key(draft)]

    def venue(self, draft: GroupDraft) -> StoredVenue | None:
        """The venue as it is kept where a draft's group meets."""
        self.kept(draft)
        return self._known.venues[venue_key(draft.venue)]

    def organiser_id(self, draft: GroupDraft) -> UUID:
        """The id of the organiser of a draft that `kept` was asked for: a new one if need be."""
        id_ = self._known.organisers[draft.organiser]
        if id_ is None:
            id_ = self._known.organisers[draft.organiser] = self._new.organiser(draft.organiser)
        return id_

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
        self._new.version(id_, 1, draft, FIRST_VERSION, self._at, self._by, self._how)
        self._known.groups.pop(group_key(draft), None)
        if is_venue_changed:
            self._refresh_all_at(venue_id)
        return Saved(id_, Outcome.ADDED, 1, venue_id)

    def _check_same(self, group_id: UUID, version: int | None, now: GroupDraft) -> None:
        """Moved, unless the listing says what it said then: a pause is in nobody's way."""
        if version is None or history.draft_at(self._db, group_id, version) != now:
            raise Moved

    def _keep_history(self, known: StoredGroup, draft: GroupDraft, changed: str) -> None:
        group = known.row
        if not known.has_history:
            before = known.draft, BEFORE_HISTORY, group.updated_at
            self._new.version(group.id, group.version, *before, None, None)
        group.version += 1
        group.updated_at = self._at
        self._new.version(group.id, group.version, draft, changed, self._at, self._by, self._how)

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
            keep_said(self._db, group.id, draft.facts, self._at.date())
        if is_venue_changed:
            self._refresh_all_at(venue_id)
        else:
            refresh_search_columns(self._db, group.id, self._at, self.heard_of, draft)

    def _refresh_all_at(self, venue_id: UUID) -> None:
        self.write()
        its = select(GroupRow.id).where(col(GroupRow.venue_id) == venue_id)
        # What parents say of each is read once nobody else can count it.
        groups = read_locked(self._db, lambda: self._db.exec(its).all(), GroupRow, tuple)
        for group_id in groups:
            refresh_search_columns(self._db, group_id, self._at, self.heard_of)

    def _venue(self, draft: GroupDraft) -> tuple[UUID, bool]:
        """The venue's id, and whether this changed one that other groups may meet at."""
        kept = self._known.venues[venue_key(draft.venue)]
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
        of_venue = col(VenueFactRow.venue_id) == venue_id
        before = {
            fact.fact: fact.said_on
            for fact in self._db.exec(select(VenueFactRow).where(of_venue))
            if fact.is_yes is venue.facts.get(fact.fact)
        }
        self._db.exec(delete(VenueFactRow).where(of_venue))
        self._new.building(venue_id, venue, before)
