"""Changes to a listing's state, checks, cancelled dates and note: all but its own words."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

from sqlmodel import col, delete, select

from finder.accounts import rights
from finder.domain.vocabulary import ListingState
from finder.listings import drafts
from finder.listings.changes import ChangedBy
from finder.listings.search_columns import refresh_schedule
from finder.listings.tables import CancelledOccurrenceRow, GroupRow
from finder.organise.upkeep.rules import Standing
from finder.platform.db.database import Db, lock_rows
from finder.platform.db.inserting import insert_into
from finder.reviews.saving import note_change, save


def lock(db: Db, account_id: UUID, group_id: UUID) -> Standing | None:
    """A listing, through its editor, locked until the caller commits; None for anybody else."""
    lock_rows(db, GroupRow, [group_id])
    group = db.get(GroupRow, group_id) if rights.hold_right(db, account_id, group_id) else None
    if group is None:
        return None
    return Standing(group.id, group.state, group.silent_since is not None, group.note or "")


def set_state(
    db: Db,
    group_id: UUID,
    state: ListingState,
    now: datetime,
    checked_on: date | None = None,
    by: UUID | None = None,
    how: ChangedBy | None = None,
) -> None:
    """Give a listing another state, as a new version of it. checked_on: None leaves it.

    by, how: who did it, as in `writer.Saving`.
    """
    draft = drafts.drafts_of(db, [group_id])[group_id]
    save(db, draft, at=now, state=state, checked_on=checked_on, by=by, how=how)
    db.get_one(GroupRow, group_id).silent_since = None
    db.flush()


def hide_for_silence(db: Db, ids: Collection[UUID], today: date, now: datetime) -> None:
    """Hide listings that nobody has checked for too long."""
    for group in _rows(db, ids):
        set_state(db, group.id, ListingState.HIDDEN, now, how=ChangedBy.SITE)
        group.silent_since = today
    db.flush()


def mark_asked(db: Db, ids: Collection[UUID], today: date) -> None:
    """Record that the organiser was asked today whether listings are true."""
    for group in _rows(db, ids):
        group.asked_on = today
    db.flush()


def mark_checked(
    db: Db, ids: Collection[UUID], today: date, now: datetime, by: UUID | None = None
) -> None:
    """Record that listings are true today; publish again those hidden for silence."""
    for group in _rows(db, ids):
        if group.state is ListingState.HIDDEN and group.silent_since is not None:
            set_state(db, group.id, ListingState.PUBLISHED, now, today, by)
        group.checked_on = today
    db.flush()


def write_note(db: Db, group_id: UUID, note: str, today: date, now: datetime) -> None:
    """Set the note on what was changed, with its day. An empty note removes it."""
    group = db.get_one(GroupRow, group_id)
    group.note, group.note_on = note or None, today if note else None
    group.updated_at = now
    db.flush()


def organiser_of(db: Db, group_id: UUID) -> UUID | None:
    """Whose listing it is."""
    return db.exec(select(GroupRow.organiser_id).where(col(GroupRow.id) == group_id)).first()


def copy(db: Db, group_id: UUID, now: datetime, by: UUID | None = None) -> UUID:
    """A paused copy of a listing under a ref of its own. The caller commits."""
    draft = drafts.drafts_of(db, [group_id])[group_id]
    organiser_id = db.get_one(GroupRow, group_id).organiser_id
    taken = set(db.exec(select(GroupRow.ref).where(col(GroupRow.organiser_id) == organiser_id)))
    number, ref = 2, f"{draft.ref[:100]}-copy"
    while ref in taken:
        ref, number = f"{draft.ref[:100]}-copy-{number}", number + 1
    name = f"{draft.name[:112]} (copy)"
    made = replace(draft, ref=ref, name=name)
    return save(db, made, at=now, state=ListingState.PAUSED, by=by).public_id


def cancel(db: Db, group_id: UUID, dates: Iterable[tuple[date, time]], note: str) -> None:
    """Cancel dates; one that was cancelled already gets the new note."""
    rows = [{"group_id": group_id, "on": on, "starts": at, "note": note} for on, at in dates]
    statement = insert_into(db, CancelledOccurrenceRow).values(rows)
    db.exec(
        statement.on_conflict_do_update(
            index_elements=["group_id", "on", "starts"], set_={"note": statement.excluded.note}
        )
    )
    refresh_schedule(db, group_id)


def restore(db: Db, group_id: UUID, on: date, starts: time) -> int:
    """Put one date back. Gives how many there were: 1 or 0."""
    count: int = db.exec(
        delete(CancelledOccurrenceRow).where(
            col(CancelledOccurrenceRow.group_id) == group_id,
            col(CancelledOccurrenceRow.on) == on,
            col(CancelledOccurrenceRow.starts) == starts,
        )
    ).rowcount
    refresh_schedule(db, group_id)
    return count


def write_down(db: Db, group_id: UUID, changed: str, now: datetime, by: UUID) -> None:
    """Put a change of dates into the history, as a new version that says the same."""
    note_change(db, drafts.drafts_of(db, [group_id])[group_id], changed, now, by)
    db.flush()


def _rows(db: Db, ids: Collection[UUID], at_once: int = 500) -> Iterator[GroupRow]:
    """Rows as they are once all of them are locked."""
    lock_rows(db, GroupRow, ids)
    ordered = sorted(ids)
    for first in range(0, len(ordered), at_once):
        some = col(GroupRow.id).in_(ordered[first : first + at_once])
        yield from db.exec(select(GroupRow).where(some).order_by(col(GroupRow.id))).all()
