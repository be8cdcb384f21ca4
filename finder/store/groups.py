"""Keeps groups, and gives them back: group_drafts.py and group_page.py. Many at once: saving.py."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, select

from finder.domain.groups import GroupDraft
from finder.domain.listings import OwnListing
from finder.domain.vocabulary import ListingState
from finder.store.database import Db
from finder.store.group_drafts import all_drafts, draft_of
from finder.store.group_page import page
from finder.store.saving import Moved, Outcome, Saved, Saving
from finder.store.search_columns import refresh_search_columns
from finder.store.tables import GroupRow
from finder.store.tables_organise import EditorRow

__all__ = [
    "Moved",
    "Outcome",
    "Saved",
    "Saving",
    "all_drafts",
    "draft_of",
    "owned_by",
    "page",
    "refresh_search_columns",
    "save",
]


def save(
    db: Db,
    draft: GroupDraft,
    *,
    at: datetime,
    state: ListingState | None = None,
    checked_on: date | None = None,
    by: UUID | None = None,
    version: int | None = None,
    public_id: UUID | None = None,
) -> Saved:
    """Keep a draft under its organiser and ref, and its history; the caller commits.

    state: None leaves it as it is, and publishes a new group. checked_on: the day on which the
    organiser said that all is true; None leaves it. by: the editor, None for a file. version:
    the one that the editor has seen; Moved where it is another by now. public_id: of a new group.
    The version goes up, and updated_at moves, only when something is different from what is
    kept. Groups that share the venue follow its changes.
    """
    saving = Saving(db, at, by, checked_on)
    saved = saving.save(draft, state, version, public_id)
    saving.write()
    return saved


def owned_by(db: Db, account_id: UUID, group_id: UUID) -> OwnListing | None:
    """A listing, fetched through its editor: None for anybody else, as for one that is not."""
    group = db.exec(
        select(GroupRow)
        .join(EditorRow, col(EditorRow.organiser_id) == col(GroupRow.organiser_id))
        .where(col(GroupRow.id) == group_id, col(EditorRow.account_id) == account_id)
        .execution_options(populate_existing=True)
    ).first()
    draft = draft_of(db, group_id) if group else None
    if group is None or draft is None:
        return None
    return OwnListing(group.id, group.organiser_id, group.state, group.version, draft)
