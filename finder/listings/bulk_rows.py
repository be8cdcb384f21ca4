"""Many listings at once: what is kept of them, and the new rows that wait to be written.

One query of each table reads what is kept for some hundreds of drafts. New rows are plain rows, one
statement for each table: to make and flush SQLModel's objects is most of what a long import costs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from finder.domain.facts import Fact
from finder.domain.groups import GroupDraft, VenueDraft
from finder.domain.vocabulary import ListingState
from finder.listings import history
from finder.listings.changes import ChangedBy
from finder.listings.drafts import drafts_of, facts_of_venues
from finder.listings.row_values import (
    group_values,
    session_values,
    to_json,
    venue_from,
    venue_values,
)
from finder.listings.tables import (
    GroupFactRow,
    GroupRow,
    OrganiserRow,
    SessionRow,
    StepRow,
    VenueFactRow,
    VenueRow,
)
from finder.listings.tables_history import ListingHistoryRow
from finder.platform.db.database import Db
from finder.platform.db.rows import Row

Key = tuple[str, str]
NO_PARENT = {"parents_yes": 0, "parents_no": 0}
AT_ONCE = 200
"""SQLite takes conditions at most a thousand deep."""
IN_ORDER: tuple[type[Row], ...] = (
    OrganiserRow,
    VenueRow,
    VenueFactRow,
    GroupRow,
    SessionRow,
    StepRow,
    GroupFactRow,
    ListingHistoryRow,
)
"""What a row points to is written before it."""
TABLES: dict[type[Row], sa.Table] = {
    row: row.metadata.tables[str(row.__tablename__)] for row in IN_ORDER
}
UNSAID: dict[str, object] = {
    name: field.default
    for name, field in GroupRow.model_fields.items()
    if not field.is_required() and field.default_factory is None
}
"""The columns of a group that have a value when nothing is said: the table's own defaults."""


@dataclass(frozen=True)
class StoredVenue:
    """A venue that is kept, and what is said of it."""

    id: UUID
    draft: VenueDraft


@dataclass(frozen=True)
class StoredGroup:
    """A group that is kept, what is said of it, and whether its version is in the history."""

    row: GroupRow
    draft: GroupDraft
    has_history: bool


class ImportLookup:
    """What one transaction has asked for, by its key; None where there is no such thing.

    A long import empties `groups` between one lot and the next, to hold few in memory.
    """

    def __init__(self, db: Db) -> None:
        self._db = db
        self.organisers: dict[str, UUID | None] = {}
        self.venues: dict[Key, StoredVenue | None] = {}
        self.groups: dict[Key, StoredGroup | None] = {}

    def look_up(self, drafts: Collection[GroupDraft]) -> None:
        """Ask for what these need and is not known yet, and for their groups in any case.

        The groups' rows are locked until the end of the transaction: the next editor waits.
        """
        every = list(drafts)
        for first in range(0, len(every), AT_ONCE):
            some = every[first : first + AT_ONCE]
            self._look_up_organisers({draft.organiser for draft in some})
            self._look_up_groups(some)
            self._look_up_venues({venue_key(draft.venue) for draft in some})

    def has_venue(self, id_: UUID, venue: VenueDraft) -> None:
        """Remember what is said of a venue now: groups that share it follow."""
        key = venue_key(venue)
        self.venues[key] = StoredVenue(id_, venue)
        for of, known in self.groups.items():
            if known and venue_key(known.draft.venue) == key:
                self.groups[of] = replace(known, draft=replace(known.draft, venue=venue))

    def _look_up_organisers(self, names: Iterable[str]) -> None:
        new = [name for name in sorted(names) if name not in self.organisers]
        if not new:
            return
        self.organisers |= dict.fromkeys(new)
        rows = self._db.execute(
            sa.select(col(OrganiserRow.name), col(OrganiserRow.id)).where(
                col(OrganiserRow.name).in_(new)
            )
        )
        self.organisers.update((name, id_) for name, id_ in rows)

    def _look_up_groups(self, drafts: Collection[GroupDraft]) -> None:
        self.groups |= dict.fromkeys(map(group_key, drafts))
        ids = {self.organisers[draft.organiser]: draft.organiser for draft in drafts}
        of_known = [
            (id_, draft.ref) for draft in drafts if (id_ := self.organisers[draft.organiser])
        ]
        if not of_known:
            return
        rows = self._db.exec(
            select(GroupRow)
            .where(_is_one_of(col(GroupRow.organiser_id), col(GroupRow.ref), of_known))
            .order_by(col(GroupRow.id))
            .with_for_update()
            .execution_options(populate_existing=True)
        ).all()
        if not rows:
            return
        found = [row.id for row in rows]
        said, in_history = drafts_of(self._db, found), history.kept_now(self._db, found)
        self.groups |= {
            (ids[row.organiser_id], row.ref): StoredGroup(row, said[row.id], row.id in in_history)
            for row in rows
        }

    def _look_up_venues(self, keys: Iterable[Key]) -> None:
        new = [key for key in sorted(keys) if key not in self.venues]
        if not new:
            return
        self.venues |= dict.fromkeys(new)
        is_asked = _is_one_of(col(VenueRow.name), col(VenueRow.postcode), new)
        rows = self._db.exec(select(VenueRow).where(is_asked)).all()
        facts = facts_of_venues(self._db, [row.id for row in rows]) if rows else {}
        for row in rows:
            self.venues[row.name, row.postcode] = StoredVenue(
                row.id, venue_from(row, facts[row.id])
            )


class NewRows:
    """Rows that wait to be written. Nothing is in the database before `write`.

    day: the day on which they are said.
    """

    def __init__(self, day: date) -> None:
        self._day = day
        self._rows: dict[type[Row], list[dict[str, object]]] = {row: [] for row in IN_ORDER}

    def write(self, db: Db) -> None:
        """Write all rows that wait; the caller commits."""
        for row, values in self._rows.items():
            if values:
                db.execute(sa.insert(TABLES[row]), values)
                values.clear()

    def organiser(self, name: str) -> UUID:
        """A new organiser's id."""
        id_ = uuid4()
        self._rows[OrganiserRow].append({"id": id_, "name": name})
        return id_

    def venue(self, venue: VenueDraft) -> UUID:
        """A new venue's id."""
        id_ = uuid4()
        self._rows[VenueRow].append({"id": id_, **venue_values(venue)})
        self.building(id_, venue)
        return id_

    def building(
        self, venue_id: UUID, venue: VenueDraft, before: Mapping[Fact, date | None] | None = None
    ) -> None:
        """The facts of a venue that has none. before: the days of those that were said before."""
        on: dict[Fact, date | None] = {**dict.fromkeys(venue.facts, self._day), **(before or {})}
        self._rows[VenueFactRow].extend(
            {"venue_id": venue_id, "fact": fact, "is_yes": is_yes, "said_on": on[fact]}
            for fact, is_yes in venue.facts.items()
        )

    def group(
        self,
        draft: GroupDraft,
        *,
        id_: UUID,
        organiser_id: UUID,
        venue_id: UUID,
        state: ListingState,
        at: datetime,
        checked_on: date | None,
        search_columns: dict[str, object],
    ) -> None:
        """A new group, with its lines and facts."""
        self._rows[GroupRow].append(
            UNSAID
            | group_values(draft)
            | search_columns
            | {
                "id": id_,
                "organiser_id": organiser_id,
                "venue_id": venue_id,
                "state": state,
                "created_at": at,
                "updated_at": at,
                "checked_on": checked_on,
            }
        )
        self.lines(id_, draft)
        self._rows[GroupFactRow].extend(
            {"group_id": id_, "fact": fact, "is_yes": is_yes, "said_on": self._day, **NO_PARENT}
            for fact, is_yes in draft.facts.items()
        )

    def lines(self, group_id: UUID, draft: GroupDraft) -> None:
        """The sessions and steps of a group that has none."""
        self._rows[SessionRow].extend(
            {"group_id": group_id, "position": position, **session_values(session)}
            for position, session in enumerate(draft.sessions)
        )
        self._rows[StepRow].extend(
            {
                "group_id": group_id,
                "position": position,
                "minutes_from_start": step.minutes_from_start,
                "what": step.what,
                "expected": step.expected,
            }
            for position, step in enumerate(draft.steps)
        )

    def version(
        self,
        group_id: UUID,
        number: int,
        draft: GroupDraft,
        changed: str,
        at: datetime,
        by: UUID | None,
        how: ChangedBy | None,
    ) -> None:
        """A version for the history. by: None for a file or the command line."""
        self._rows[ListingHistoryRow].append(
            {
                "group_id": group_id,
                "version": number,
                "changed_at": at,
                "account_id": by,
                "changed_by": how,
                "changed": changed,
                "draft": to_json(draft),
            }
        )


def _is_one_of(
    first: Mapped[Any], second: Mapped[Any], pairs: Iterable[tuple[Any, Any]]
) -> sa.ColumnElement[bool]:
    """Both columns are one of these pairs. `IN` of pairs would make SQLite read the whole table."""
    seconds: dict[Any, list[Any]] = defaultdict(list)
    for one, other in pairs:
        seconds[one].append(other)
    return sa.or_(*(sa.and_(first == one, second.in_(some)) for one, some in seconds.items()))


def group_key(draft: GroupDraft) -> Key:
    """The organiser and ref by which a group is known."""
    return draft.organiser, draft.ref


def venue_key(venue: VenueDraft) -> Key:
    """The name and postcode by which a venue is known."""
    return venue.name, venue.postcode
