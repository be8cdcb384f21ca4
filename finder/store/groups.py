"""Keeps groups. How they are given back: group_drafts.py and group_page.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import col, delete, select

from finder.domain.facts import Fact
from finder.domain.groups import GroupDraft, VenueDraft
from finder.domain.vocabulary import ListingState
from finder.store.database import Db
from finder.store.group_drafts import all_drafts, draft_of, venue_places
from finder.store.group_page import page
from finder.store.group_rows import group_values, session_values, venue_values
from finder.store.search_columns import NOT_YET, refresh_search_columns
from finder.store.tables import (
    GroupFactRow,
    GroupRow,
    OrganiserRow,
    SessionRow,
    StepRow,
    VenueFactRow,
    VenueRow,
)

__all__ = [
    "Outcome",
    "Saved",
    "all_drafts",
    "draft_of",
    "page",
    "refresh_search_columns",
    "save",
    "venue_places",
]


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
) -> Saved:
    """Keep a draft under its organiser and ref; the caller commits.

    state: None leaves it as it is, and publishes a new group. checked_on: the day on which the
    organiser said that all is true; None leaves it. The version goes up, and updated_at moves,
    only when something is different from what is kept. Groups that share the venue follow its
    changes.
    """
    group = _kept(db, draft)
    if group is None:
        group = GroupRow(state=state or ListingState.PUBLISHED, created_at=at, version=0, **NOT_YET)
        outcome = Outcome.ADDED
    elif draft_of(db, group.id) == draft and state in (None, group.state):
        outcome = Outcome.UNCHANGED
    else:
        group.state = state or group.state
        outcome = Outcome.CHANGED
    group.checked_on = checked_on or group.checked_on
    if outcome is not Outcome.UNCHANGED:
        group.version += 1
        group.updated_at = at
        _write(db, group, draft, at)
    return Saved(group.id, outcome)


def _kept(db: Db, draft: GroupDraft) -> GroupRow | None:
    return db.exec(
        select(GroupRow)
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .where(col(OrganiserRow.name) == draft.organiser, col(GroupRow.ref) == draft.ref)
    ).first()


def _write(db: Db, group: GroupRow, draft: GroupDraft, at: datetime) -> None:
    group.organiser_id = _organiser(db, draft.organiser).id
    group.venue_id, is_venue_changed = _venue(db, draft.venue)
    for name, value in group_values(draft).items():
        setattr(group, name, value)
    db.add(group)
    db.flush()
    _write_lines(db, group.id, draft)
    _write_facts(db, group.id, draft.facts)
    db.flush()
    if is_venue_changed:
        same_venue = select(GroupRow.id).where(col(GroupRow.venue_id) == group.venue_id)
        for group_id in db.exec(same_venue).all():
            refresh_search_columns(db, group_id, at=at)
    else:
        refresh_search_columns(db, group.id, at=at)


def _organiser(db: Db, name: str) -> OrganiserRow:
    row = db.exec(select(OrganiserRow).where(col(OrganiserRow.name) == name)).first()
    if row is None:
        row = OrganiserRow(name=name)
        db.add(row)
        db.flush()
    return row


def _venue(db: Db, venue: VenueDraft) -> tuple[UUID, bool]:
    """The venue's id, and whether this changed it."""
    row = db.exec(
        select(VenueRow).where(
            col(VenueRow.name) == venue.name, col(VenueRow.postcode) == venue.postcode
        )
    ).first()
    values = venue_values(venue)
    facts: Mapping[Fact, bool] = {}
    if row is None:
        row = VenueRow(**values)
        is_same = False
    else:
        kept = db.exec(select(VenueFactRow).where(col(VenueFactRow.venue_id) == row.id)).all()
        facts = {fact.fact: fact.is_yes for fact in kept}
        is_same = all(getattr(row, name) == value for name, value in values.items())
    if is_same and facts == venue.facts:
        return row.id, False
    for name, value in values.items():
        setattr(row, name, value)
    db.add(row)
    db.flush()
    db.exec(delete(VenueFactRow).where(col(VenueFactRow.venue_id) == row.id))
    for fact, is_yes in venue.facts.items():
        db.add(VenueFactRow(venue_id=row.id, fact=fact, is_yes=is_yes))
    return row.id, True


def _write_lines(db: Db, group_id: UUID, draft: GroupDraft) -> None:
    db.exec(delete(SessionRow).where(col(SessionRow.group_id) == group_id))
    db.exec(delete(StepRow).where(col(StepRow.group_id) == group_id))
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


def _write_facts(db: Db, group_id: UUID, facts: Mapping[Fact, bool]) -> None:
    """The organiser's words; parents' counts beside them stay."""
    kept = {
        row.fact: row
        for row in db.exec(select(GroupFactRow).where(col(GroupFactRow.group_id) == group_id))
    }
    for fact in kept.keys() | facts.keys():
        row = kept.get(fact) or GroupFactRow(group_id=group_id, fact=fact)
        row.is_yes = facts.get(fact)
        if row.is_yes is None and not (row.parents_yes or row.parents_no):
            db.delete(row)
        else:
            db.add(row)
