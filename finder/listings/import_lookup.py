"""What is kept of drafts' organisers, venues and refs, asked for many drafts at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from finder.domain.groups import GroupDraft, VenueDraft
from finder.listings import history
from finder.listings.drafts import drafts_of, facts_of_venues
from finder.listings.row_values import venue_from
from finder.listings.tables import GroupRow, OrganiserRow, VenueRow
from finder.platform.db.database import Db

Key = tuple[str, str]
AT_ONCE = 200
"""SQLite takes conditions at most a thousand deep."""


@dataclass(frozen=True)
class KnownVenue:
    """A venue that is kept, and what is said of it."""

    id: UUID
    draft: VenueDraft


@dataclass(frozen=True)
class KnownGroup:
    """A group that is kept, what is said of it, and whether its version is in the history."""

    row: GroupRow
    draft: GroupDraft
    has_history: bool


class Known:
    """Remembers what it was asked, also that there is none, for one transaction."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._organisers: dict[str, UUID | None] = {}
        self._venues: dict[Key, KnownVenue | None] = {}
        self._groups: dict[Key, KnownGroup | None] = {}

    def has_asked(self, draft: GroupDraft) -> bool:
        """Whether it is known if there is such a group."""
        return _key(draft) in self._groups

    def look_up(self, drafts: Collection[GroupDraft]) -> None:
        """Ask for all that these need and that is not known yet, their groups anew.

        The groups' rows are locked until the end of the transaction: the next editor waits.
        """
        every = list(drafts)
        for first in range(0, len(every), AT_ONCE):
            some = every[first : first + AT_ONCE]
            self._look_up_organisers({draft.organiser for draft in some})
            self._look_up_groups(some)
            self._look_up_venues({_venue_key(draft.venue) for draft in some})

    def organiser(self, draft: GroupDraft) -> UUID | None:
        """The id of the organiser of this name."""
        return self._organisers[draft.organiser]

    def venue(self, draft: GroupDraft) -> KnownVenue | None:
        """The venue of this name and postcode."""
        return self._venues[_venue_key(draft.venue)]

    def group(self, draft: GroupDraft) -> KnownGroup | None:
        """The group of this organiser and ref."""
        return self._groups[_key(draft)]

    def has_organiser(self, name: str, id_: UUID) -> None:
        """Remember an organiser."""
        self._organisers[name] = id_

    def has_venue(self, id_: UUID, venue: VenueDraft) -> None:
        """Remember what is said of a venue now: groups that share it follow."""
        key = _venue_key(venue)
        self._venues[key] = KnownVenue(id_, venue)
        for of, known in self._groups.items():
            if known and _venue_key(known.draft.venue) == key:
                self._groups[of] = replace(known, draft=replace(known.draft, venue=venue))

    def forget(self, draft: GroupDraft) -> None:
        """Ask again when somebody wants to know of this group."""
        self._groups.pop(_key(draft), None)

    def forget_groups(self) -> None:
        """Ask again of every group; a long import would hold them all in memory."""
        self._groups.clear()

    def _look_up_organisers(self, names: Iterable[str]) -> None:
        new = [name for name in sorted(names) if name not in self._organisers]
        if not new:
            return
        self._organisers |= dict.fromkeys(new)
        rows = self._db.execute(
            sa.select(col(OrganiserRow.name), col(OrganiserRow.id)).where(
                col(OrganiserRow.name).in_(new)
            )
        )
        self._organisers.update((name, id_) for name, id_ in rows)

    def _look_up_groups(self, drafts: Collection[GroupDraft]) -> None:
        self._groups |= dict.fromkeys(map(_key, drafts))
        ids = {self._organisers[draft.organiser]: draft.organiser for draft in drafts}
        of_known = [
            (id_, draft.ref) for draft in drafts if (id_ := self._organisers[draft.organiser])
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
        self._groups |= {
            (ids[row.organiser_id], row.ref): KnownGroup(row, said[row.id], row.id in in_history)
            for row in rows
        }

    def _look_up_venues(self, keys: Iterable[Key]) -> None:
        new = [key for key in sorted(keys) if key not in self._venues]
        if not new:
            return
        self._venues |= dict.fromkeys(new)
        is_asked = _is_one_of(col(VenueRow.name), col(VenueRow.postcode), new)
        rows = self._db.exec(select(VenueRow).where(is_asked)).all()
        facts = facts_of_venues(self._db, [row.id for row in rows]) if rows else {}
        for row in rows:
            self._venues[row.name, row.postcode] = KnownVenue(
                row.id, venue_from(row, facts[row.id])
            )


def _is_one_of(
    first: Mapped[Any], second: Mapped[Any], pairs: Iterable[tuple[Any, Any]]
) -> sa.ColumnElement[bool]:
    """Both columns are one of these pairs. `IN` of pairs would make SQLite read the whole table."""
    seconds: dict[Any, list[Any]] = defaultdict(list)
    for one, other in pairs:
        seconds[one].append(other)
    return sa.or_(*(sa.and_(first == one, second.in_(some)) for one, some in seconds.items()))


def _key(draft: GroupDraft) -> Key:
    return draft.organiser, draft.ref


def _venue_key(venue: VenueDraft) -> Key:
    return venue.name, venue.postcode
