"""Complete listings for calendars and open data: six statements for any number of them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, select

from finder.domain.facts import Answers, Fact
from finder.domain.groups import VenueDraft
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import ListingState
from finder.listings.cards import talking_from
from finder.listings.drafts import facts_of_venues, lines_of, said_by_organiser
from finder.listings.row_values import draft_from, session_from, step_from, venue_from
from finder.listings.tables import (
    CancelledOccurrenceRow,
    GroupFactRow,
    GroupRow,
    OrganiserRow,
    SessionRow,
    StepRow,
    VenueRow,
)
from finder.open_data.listed import Listed
from finder.platform.db.database import Db


def listed(
    db: Db,
    ids: Collection[UUID],
    now: datetime,
    states: Collection[ListingState] = (ListingState.PUBLISHED,),
) -> tuple[Listed, ...]:
    """The listings of these ids that are in one of these states, in the order of the ids."""
    found = db.exec(
        select(GroupRow, OrganiserRow.name, VenueRow)
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(GroupRow.id).in_(ids), col(GroupRow.state).in_(states))
    ).all()
    sessions = lines_of(db, SessionRow, ids, col(SessionRow.position))
    steps = lines_of(db, StepRow, ids, col(StepRow.position))
    facts = lines_of(db, GroupFactRow, ids, col(GroupFactRow.fact))
    off = lines_of(db, CancelledOccurrenceRow, ids, col(CancelledOccurrenceRow.on))
    building = facts_of_venues(db, {venue.id for _, _, venue in found})
    whole: dict[UUID, Listed] = {}
    for group, organiser, row in found:
        slots = tuple(session_from(line) for line in sessions[group.id])
        claims = said_by_organiser(facts[group.id])
        venue = venue_from(row, building[row.id])
        lines = [step_from(line) for line in steps[group.id]]
        whole[group.id] = Listed(
            public_id=group.id,
            organiser_id=group.organiser_id,
            venue_id=row.id,
            draft=draft_from(group, organiser, venue, slots, lines, claims),
            talking=talking_from(group, now),
            state=group.state,
            created_at=group.created_at,
            updated_at=group.updated_at,
            checked_on=group.checked_on,
            facts=_answers(facts[group.id], venue),
            cancelled=_cancelled(slots, off[group.id]),
        )
    return tuple(whole[id_] for id_ in dict.fromkeys(ids) if id_ in whole)


def _answers(rows: Iterable[GroupFactRow], venue: VenueDraft) -> Mapping[Fact, Answers]:
    """In the order of the vocabulary. Facts of a building come from its venue."""
    found = {row.fact: Answers(row.is_yes, row.parents_yes, row.parents_no) for row in rows}
    for fact, is_yes in venue.facts.items():
        found[fact] = found.get(fact, Answers())._replace(organiser=is_yes)
    return {fact: found[fact] for fact in Fact if fact in found}


def _cancelled(
    sessions: Iterable[Session], rows: Iterable[CancelledOccurrenceRow]
) -> Mapping[Session, Mapping[date, str]]:
    off = list(rows)
    return {
        session: {row.on: row.note for row in off if row.starts == session.starts}
        for session in sessions
    }
