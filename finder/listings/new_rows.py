"""New rows of listings: gathered, then written together, a statement for each table.

Plain rows, not SQLModel's objects: making and flushing those is most of what a long import costs.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa

from finder.domain.groups import GroupDraft, VenueDraft
from finder.domain.vocabulary import ListingState
from finder.listings import history
from finder.listings.row_values import group_values, session_values, venue_values
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


class NewRows:
    """Rows that wait to be written. Nothing is in the database before `write`."""

    def __init__(self) -> None:
        self._rows: dict[type[Row], list[dict[str, object]]] = {row: [] for row in IN_ORDER}

    def write(self, db: Db) -> None:
        """Write all that waits; the caller commits."""
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

    def building(self, venue_id: UUID, venue: VenueDraft) -> None:
        """The facts of a venue that has none."""
        self._rows[VenueFactRow].extend(
            {"venue_id": venue_id, "fact": fact, "is_yes": is_yes}
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
            {"group_id": id_, "fact": fact, "is_yes": is_yes, "parents_yes": 0, "parents_no": 0}
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
    ) -> None:
        """A version for the history. by: None for a file or the command line."""
        self._rows[ListingHistoryRow].append(
            history.values(group_id, number, draft, changed, at, by)
        )
