"""Groups as drafts, read from their rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.facts import Fact
from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import ListingState
from finder.listings.row_values import draft_from, session_from, step_from, venue_from
from finder.listings.tables import (
    CancelledOccurrenceRow,
    GroupFactRow,
    GroupRow,
    OrganiserRow,
    SessionRow,
    StepRow,
    VenueFactRow,
    VenueRow,
)
from finder.platform.db.database import Db

AT_ONCE = 500

Line = TypeVar("Line", SessionRow, StepRow, GroupFactRow, CancelledOccurrenceRow)


def draft_of(db: Db, public_id: UUID) -> GroupDraft | None:
    """The draft that was saved, whatever its state, or None where there is no such group."""
    return drafts_of(db, [public_id]).get(public_id)


def all_drafts(
    db: Db, states: Collection[ListingState] = tuple(ListingState)
) -> Iterator[tuple[UUID, GroupDraft]]:
    """Every group's public id and draft, by organiser and ref; some hundreds in memory at once."""
    key = sa.tuple_(OrganiserRow.name, GroupRow.ref)
    ids = (
        sa.select(GroupRow.id, OrganiserRow.name, GroupRow.ref)  # type: ignore[call-overload]
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .where(col(GroupRow.state).in_(states))
        .order_by(col(OrganiserRow.name), col(GroupRow.ref))
        .limit(AT_ONCE)
    )
    some = db.execute(ids).all()
    while some:
        drafts = drafts_of(db, [row.id for row in some])
        for row in some:
            yield row.id, drafts[row.id]
        some = db.execute(ids.where(key > (some[-1].name, some[-1].ref))).all()


def drafts_of(db: Db, ids: Collection[UUID]) -> dict[UUID, GroupDraft]:
    """The drafts of these groups, by id; ids of which there is no group are left out."""
    found = db.exec(
        select(GroupRow, OrganiserRow.name, VenueRow)
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(GroupRow.id).in_(ids))
    ).all()
    sessions = lines_of(db, SessionRow, ids, col(SessionRow.position))
    steps = lines_of(db, StepRow, ids, col(StepRow.position))
    facts = lines_of(db, GroupFactRow, ids, col(GroupFactRow.fact))
    building = facts_of_venues(db, {venue.id for _, _, venue in found})
    return {
        group.id: draft_from(
            group,
            organiser,
            venue_from(venue, building[venue.id]),
            [session_from(row) for row in sessions[group.id]],
            [step_from(row) for row in steps[group.id]],
            said_by_organiser(facts[group.id]),
        )
        for group, organiser, venue in found
    }


def said_by_organiser(rows: Iterable[GroupFactRow]) -> dict[Fact, bool]:
    """The organiser's own words; what only parents have answered is left out."""
    return {row.fact: row.is_yes for row in rows if row.is_yes is not None}


def lines_of(
    db: Db, table: type[Line], ids: Collection[UUID], order: Any
) -> Mapping[UUID, list[Line]]:
    """The rows of a table that belong to these groups, by group; none is an empty list."""
    found: dict[UUID, list[Line]] = defaultdict(list)
    for row in db.exec(select(table).where(col(table.group_id).in_(ids)).order_by(order)):
        found[row.group_id].append(row)
    return found


def facts_of_venues(db: Db, ids: Collection[UUID]) -> Mapping[UUID, dict[Fact, bool]]:
    """What is said of these buildings, by venue; nothing is an empty dict."""
    found: dict[UUID, dict[Fact, bool]] = defaultdict(dict)
    for row in db.exec(select(VenueFactRow).where(col(VenueFactRow.venue_id).in_(ids))):
        found[row.venue_id][row.fact] = row.is_yes
    return found
