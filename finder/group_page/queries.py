"""One group's own page, whole: each thing in a select of its own."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.facts import VENUE_FACTS, Fact
from finder.domain.groups import Step
from finder.domain.schedule.calendars import Calendar, Calendars
from finder.domain.schedule.sessions import Session, is_sure_to_be_on, london_day, upcoming
from finder.domain.vocabulary import ListingState
from finder.group_page.rules import FactFound, ListingPage
from finder.group_page.tables import WasItOnRow
from finder.group_page.was_it_on.rules import WAS_IT_ON, FoundOn, asked_from, dates_to_ask
from finder.listings.cards import CANCELLED, SESSION_COLUMNS, SESSIONS, sessions_from, talking_from
from finder.listings.row_values import draft_from, facts_known, venue_from
from finder.listings.tables import GroupRow, OrganiserRow, StepRow, VenueRow
from finder.platform.db.database import Db

Cancelled = Mapping[Session, Mapping[date, str]]


def page(
    db: Db,
    public_id: UUID,
    now: datetime,
    calendars: Calendars,
    states: tuple[ListingState, ...] = (ListingState.PUBLISHED,),
) -> ListingPage | None:
    """A group's page, or None where there is no such group in one of these states.

    Five SQL statements: the group with its venue and organiser, its sessions, its facts with
    those of the building, its steps, and what parents say of past dates.
    """
    found = db.exec(_GROUP, params={"id": public_id, "states": states}).first()
    if found is None:
        return None
    group, organiser, venue = found
    facts = facts_known(db, public_id, group.venue_id)
    said = {fact: known.organiser for fact, known in facts.items() if known.organiser is not None}
    building = {fact: said.pop(fact) for fact in VENUE_FACTS if fact in said}
    steps = [Step(*row) for row in db.execute(_STEPS, {"id": public_id})]
    sessions = sessions_from(db.execute(_SESSIONS, {"id": public_id, "since": asked_from(now)}))
    calendar = calendars.of(venue.nation, venue.council_code)
    return ListingPage(
        public_id=public_id,
        draft=draft_from(
            group, organiser, venue_from(venue, building), tuple(sessions), steps, said
        ),
        talking=talking_from(group, now),
        facts=tuple(FactFound(fact, facts[fact]) for fact in Fact if fact in facts),
        next_occurrences=tuple(upcoming(sessions, now, calendar, sessions)),
        checked_on=group.checked_on,
        updated_at=group.updated_at,
        are_terms_known=_are_terms_known(sessions, now, calendar),
        maybe_closed_on=group.maybe_closed_on,
        note=group.note or "",
        note_on=group.note_on,
        found_on=_found_on(db, public_id, now),
        dates_to_ask=dates_to_ask(sessions, now, calendar),
    )


def _found_on(db: Db, public_id: UUID, now: datetime) -> tuple[FoundOn, ...]:
    """What parents say of dates that are over, by date."""
    kept_from = london_day(now - WAS_IT_ON.lasts)
    counts: dict[date, dict[bool, int]] = {}
    for on, was_on, times in db.execute(_FOUND_ON, {"id": public_id, "kept_from": kept_from}):
        counts.setdefault(on, {})[was_on] = times
    return tuple(FoundOn(on, said.get(True, 0), said.get(False, 0)) for on, said in counts.items())


def _are_terms_known(sessions: Cancelled, now: datetime, calendar: Calendar) -> bool:
    """False where one of the dates shown may fall outside of a term that we don't know."""
    return all(
        is_sure_to_be_on(session, occurrence.on, calendar)
        for session in sessions
        if session.is_term_time_only
        for occurrence in upcoming([session], now, calendar, {})
    )


_STEP, _WAS_ON = (sa.inspect(row).local_table.c for row in (StepRow, WasItOnRow))

# Made once: to build a statement costs more than to run it. Lines are read as plain columns,
# which takes half the time of reading them as rows.
_GROUP = (
    select(GroupRow, OrganiserRow.name, VenueRow)
    .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
    .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
    .where(
        col(GroupRow.id) == sa.bindparam("id"),
        col(GroupRow.state).in_(sa.bindparam("states", expanding=True)),
    )
)

_STEPS = (
    sa.select(_STEP.minutes_from_start, _STEP.what, _STEP.expected)
    .where(_STEP.group_id == sa.bindparam("id"))
    .order_by(_STEP.position)
)

_FOUND_ON = sa.select(_WAS_ON.on, _WAS_ON.was_on, _WAS_ON.times).where(
    _WAS_ON.group_id == sa.bindparam("id"), _WAS_ON.on >= sa.bindparam("kept_from")
)

_SESSIONS = (
    sa.select(
        *SESSION_COLUMNS,
        CANCELLED.c.on.label("cancelled_on"),
        CANCELLED.c.note.label("cancelled_note"),
    )
    .select_from(
        SESSIONS.outerjoin(
            CANCELLED,
            sa.and_(
                CANCELLED.c.group_id == SESSIONS.c.group_id,
                CANCELLED.c.starts == SESSIONS.c.starts,
                CANCELLED.c.on >= sa.bindparam("since", type_=sa.Date()),
            ),
        )
    )
    .where(SESSIONS.c.group_id == sa.bindparam("id"))
    .order_by(SESSIONS.c.position)
)
