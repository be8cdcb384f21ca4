"""Keeps groups. How they are given back: group_drafts.py and group_page.py."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlmodel import col, delete, select

from finder.domain.groups import GroupDraft, VenueDraft
from finder.domain.listing_changes import said
from finder.domain.listings import OwnListing
from finder.domain.vocabulary import ListingState
from finder.store import history
from finder.store.database import Db
from finder.store.group_drafts import all_drafts, draft_of, venue_places
from finder.store.group_page import page
from finder.store.group_rows import group_values, session_values, venue_values
from finder.store.learned import tables_in_use
from finder.store.search_columns import columns_of, keep_facts, refresh_search_columns
from finder.store.tables import (
    GroupFactRow,
    GroupRow,
    OrganiserRow,
    SessionRow,
    StepRow,
    VenueFactRow,
    VenueRow,
)
from finder.store.tables_organise import EditorRow

__all__ = [
    "Moved",
    "Outcome",
    "Saved",
    "all_drafts",
    "draft_of",
    "owned_by",
    "page",
    "refresh_search_columns",
    "save",
    "venue_places",
]


BEFORE_HISTORY = "As it stood before the next change"


class Moved(Exception):
    """A listing has another version by now than whoever saves it has seen."""


class Outcome(StrEnum):
    """What saving did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Saved:
    """The group's public id, and what saving did."""

    public_id: UUID
    outcome: Outcome


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
    group = _kept(db, draft)
    if group is None:
        group = _add(db, draft, at, state, checked_on, public_id or uuid4())
        history.add(db, group.id, group.version, draft, said(None, draft), at, by)
        return Saved(group.id, Outcome.ADDED)
    if version not in (None, group.version):
        raise Moved
    group.checked_on = checked_on or group.checked_on
    before = draft_of(db, group.id)
    if before == draft and state in (None, group.state):
        return Saved(group.id, Outcome.UNCHANGED)
    _keep_history(db, group, before or draft, draft, at, state, by)
    group.state = state or group.state
    group.version += 1
    group.updated_at = at
    _change(db, group, draft, at)
    return Saved(group.id, Outcome.CHANGED)


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


def _kept(db: Db, draft: GroupDraft) -> GroupRow | None:
    """The group's row, held until the end of the transaction: the next editor waits for it."""
    return db.exec(
        select(GroupRow)
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .where(col(OrganiserRow.name) == draft.organiser, col(GroupRow.ref) == draft.ref)
        .with_for_update(of=GroupRow)
        .execution_options(populate_existing=True)
    ).first()


def _keep_history(
    db: Db,
    group: GroupRow,
    before: GroupDraft,
    draft: GroupDraft,
    at: datetime,
    state: ListingState | None,
    by: UUID | None,
) -> None:
    if not history.has(db, group.id, group.version):
        history.add(db, group.id, group.version, before, BEFORE_HISTORY, group.updated_at)
    lines = [said(before, draft)] if before != draft else []
    if state not in (None, group.state):
        lines.insert(0, f"{group.state.label} → {state.label}" if state else "")
    history.add(db, group.id, group.version + 1, draft, "\n".join(lines), at, by)


def _add(
    db: Db,
    draft: GroupDraft,
    at: datetime,
    state: ListingState | None,
    checked_on: date | None,
    public_id: UUID,
) -> GroupRow:
    venue_id, is_venue_changed = _venue(db, draft.venue)
    group = GroupRow(
        id=public_id,
        organiser_id=_organiser(db, draft.organiser).id,
        venue_id=venue_id,
        state=state or ListingState.PUBLISHED,
        created_at=at,
        updated_at=at,
        checked_on=checked_on,
        **group_values(draft),
        **columns_of(draft, tables=tables_in_use(db)),
    )
    db.add(group)
    db.flush()
    _add_lines(db, group.id, draft)
    for fact, is_yes in draft.facts.items():
        db.add(GroupFactRow(group_id=group.id, fact=fact, is_yes=is_yes))
    db.flush()
    if is_venue_changed:
        _refresh_all_at(db, venue_id, at)
    return group


def _change(db: Db, group: GroupRow, draft: GroupDraft, at: datetime) -> None:
    group.venue_id, is_venue_changed = _venue(db, draft.venue)
    for name, value in group_values(draft).items():
        setattr(group, name, value)
    for table in (SessionRow, StepRow):
        db.exec(delete(table).where(col(table.group_id) == group.id))
    _add_lines(db, group.id, draft)
    keep_facts(db, group.id, said=draft.facts)
    db.flush()
    if is_venue_changed:
        _refresh_all_at(db, group.venue_id, at)
    else:
        refresh_search_columns(db, group.id, at=at)


def _refresh_all_at(db: Db, venue_id: UUID, at: datetime) -> None:
    groups = db.exec(select(GroupRow.id).where(col(GroupRow.venue_id) == venue_id)).all()
    for group_id in groups:
        refresh_search_columns(db, group_id, at=at)


def _organiser(db: Db, name: str) -> OrganiserRow:
    row = db.exec(select(OrganiserRow).where(col(OrganiserRow.name) == name)).first()
    if row is None:
        row = OrganiserRow(name=name)
        db.add(row)
        db.flush()
    return row


def _venue(db: Db, venue: VenueDraft) -> tuple[UUID, bool]:
    """The venue's id, and whether this changed one that other groups may meet at."""
    row = db.exec(
        select(VenueRow).where(
            col(VenueRow.name) == venue.name, col(VenueRow.postcode) == venue.postcode
        )
    ).first()
    values = venue_values(venue)
    if row is None:
        row = VenueRow(**values)
        db.add(row)
        db.flush()
        _add_building(db, row.id, venue)
        return row.id, False
    kept = db.exec(select(VenueFactRow).where(col(VenueFactRow.venue_id) == row.id)).all()
    is_same = all(getattr(row, name) == value for name, value in values.items())
    if is_same and {fact.fact: fact.is_yes for fact in kept} == venue.facts:
        return row.id, False
    for name, value in values.items():
        setattr(row, name, value)
    db.exec(delete(VenueFactRow).where(col(VenueFactRow.venue_id) == row.id))
    _add_building(db, row.id, venue)
    return row.id, True


def _add_building(db: Db, venue_id: UUID, venue: VenueDraft) -> None:
    for fact, is_yes in venue.facts.items():
        db.add(VenueFactRow(venue_id=venue_id, fact=fact, is_yes=is_yes))


def _add_lines(db: Db, group_id: UUID, draft: GroupDraft) -> None:
    for position, session in enumerate(draft.sessions):
        db.add(SessionRow(group_id=group_id, position=position, **session_values(session)))
    for position, step in enumerate(draft.steps):
        db.add(
            StepRow(
                group_id=group_id,
                position=position,
                minutes_from_start=step.minutes_from_start,
                what=step.what,
                expected=step.expected,
            )
        )
