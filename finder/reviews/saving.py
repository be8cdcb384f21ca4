"""Saves listings. A listing that changes is rated anew, by what parents said of it."""

from datetime import date, datetime
from uuid import UUID

from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import ListingState
from finder.listings import writer
from finder.listings.changes import ChangedBy
from finder.listings.writer import Saved
from finder.platform.db.database import Db
from finder.reviews.group_reviews import heard_of


class Saving(writer.Saving):
    """Saves drafts within one transaction; see `writer.Saving`."""

    heard_of = staticmethod(heard_of)


def save(
    db: Db,
    draft: GroupDraft,
    *,
    at: datetime,
    state: ListingState | None = None,
    checked_on: date | None = None,
    by: UUID | None = None,
    how: ChangedBy | None = None,
    version: int | None = None,
    public_id: UUID | None = None,
) -> Saved:
    """Keep a draft under its organiser and ref, and its history; the caller commits.

    state: None leaves it as it is, and publishes a new group. checked_on: the day on which the
    organiser said that all is true; None leaves it. by, how: see `writer.Saving`. version: the one
    that the editor has seen; Moved where it says something else by now. public_id: of a new group.
    The version goes up, and updated_at moves, only when something is different from what is
    kept. Groups that share the venue follow its changes.
    """
    saving = Saving(db, at, by, checked_on, how)
    saved = saving.save(draft, state, version, public_id)
    saving.write()
    return saved


def note_change(db: Db, draft: GroupDraft, changed: str, at: datetime, by: UUID) -> None:
    """Write down, as a new version, what an editor changed beside what a listing says."""
    saving = Saving(db, at, by)
    saving.note(draft, changed)
    saving.write()
