"""One group's own page, whole, in three SQL statements."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.calendars import Calendar, Calendars
from finder.domain.facts import VENUE_FACTS, Answers, Fact
from finder.domain.groups import FactFound, ListingPage, Step
from finder.domain.retention import WAS_IT_ON
from finder.domain.schedule import Session, is_sure_to_be_on, london_day, upcoming
from finder.domain.vocabulary import Expected, ListingState
from finder.domain.was_it_on import FoundOn, asked_from, dates_to_ask
from finder.store.database import Db
from finder.store.group_rows import draft_from, venue_from
from finder.store.search_cards import (
    CANCELLED,
    SESSION_COLUMNS,
    SESSIONS,
    sessions_from,
    talking_from,
)
from finder.store.tables import (
    GroupFactRow,
    GroupRow,
    OrganiserRow,
    StepRow,
    VenueFactRow,
    VenueRow,
)
from finder.store.tables_was_it_on import WasItOnRow

WORDS = {fact.value: fact for fact in Fact}
EXPECTED = {expected.value: expected for expected in Expected}
WAS_IT_ON_THEN, FACT, OF_BUILDING = -3, -2, -1
"""Stand where a step has its position, so that all of a page's lines come in one statement."""


def page(
    db: Db,
    public_id: UUID,
    now: datetime,
    calendars: Calendars,
    states: tuple[ListingState, ...] = (ListingState.PUBLISHED,),
) -> ListingPage | None:
    """A group's page, or None where there is no such group in one of these states."""
    found = db.exec(
        select(GroupRow, OrganiserRow.name, VenueRow)
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(GroupRow.id) == public_id, col(GroupRow.state).in_(states))
    ).first()
    if found is None:
        return None
    group, organiser, venue = found
    facts, steps, found_on = _lines(db, group, now)
    cancelled = sessions_from(db.execute(_SESSIONS, {"id": public_id, "since": asked_from(now)}))
    calendar = calendars.of(venue.nation, venue.council_code)
    building = {fact: answers.organiser for fact, answers in facts.items() if fact in VENUE_FACTS}
    said = {fact: answers.organiser for fact, answers in facts.items() if fact not in VENUE_FACTS}
    return ListingPage(
        public_id=public_id,
        draft=draft_from(
            group,
            organiser,
            venue_from(venue, _only_said(building)),
            tuple(cancelled),
            steps,
            _only_said(said),
        ),
        talking=talking_from(group, now),
        facts=tuple(FactFound(fact, facts[fact]) for fact in Fact if fact in facts),
        next_occurrences=tuple(upcoming(cancelled, now, calendar, cancelled)),
        checked_on=group.checked_on,
        updated_at=group.updated_at,
        are_terms_known=_are_terms_known(cancelled, now, calendar),
        maybe_closed_on=group.maybe_closed_on,
        note=group.note or "",
        note_on=group.note_on,
        found_on=found_on,
        dates_to_ask=dates_to_ask(cancelled, now, calendar),
    )


def _are_terms_known(sessions: Mapping[Session, Any], now: datetime, calendar: Calendar) -> bool:
    """False where one of the dates shown may fall outside of a term that we don't know."""
    return all(
        is_sure_to_be_on(session, occurrence.on, calendar)
        for session in sessions
        for occurrence in upcoming([session], now, calendar, {})
    )


def _only_said(answers: Mapping[Fact, bool | None]) -> dict[Fact, bool]:
    return {fact: is_yes for fact, is_yes in answers.items() if is_yes is not None}


def _lines(
    db: Db, group: GroupRow, now: datetime
) -> tuple[dict[Fact, Answers], list[Step], tuple[FoundOn, ...]]:
    """The facts, the steps, and what parents say of dates that are over."""
    facts: dict[Fact, Answers] = {}
    steps: list[Step] = []
    found_on: dict[date, FoundOn] = {}
    values = {
        "id": group.id,
        "venue_id": group.venue_id,
        "kept_from": london_day(now - WAS_IT_ON.lasts),
    }
    for place, word, is_yes, number, other, what in db.execute(_LINES, values):
        if place == FACT:
            facts[WORDS[word]] = Answers(is_yes, number, other)
        elif place == OF_BUILDING:
            fact = WORDS[word]
            facts[fact] = facts.get(fact, Answers())._replace(organiser=is_yes)
        elif place == WAS_IT_ON_THEN:
            on = date.fromisoformat(word)
            found_on[on] = _counted(found_on.get(on, FoundOn(on, 0, 0)), is_yes, number)
        else:
            steps.append(Step(number, what, EXPECTED[word]))
    return facts, steps, tuple(found_on.values())


def _counted(found: FoundOn, is_yes: bool, number: int) -> FoundOn:
    return replace(found, yes=number) if is_yes else replace(found, no=number)


def _word(column: Any) -> Any:
    return sa.type_coerce(column, sa.String())


_STEPS: Any = sa.inspect(StepRow).local_table.c
_FACTS: Any = sa.inspect(GroupFactRow).local_table.c
_BUILDING: Any = sa.inspect(VenueFactRow).local_table.c
_WAS_ON: Any = sa.inspect(WasItOnRow).local_table.c

_LINES = sa.union_all(
    sa.select(
        sa.literal_column(str(FACT), sa.Integer()).label("place"),
        _word(_FACTS.fact),
        _FACTS.is_yes,
        _FACTS.parents_yes,
        _FACTS.parents_no,
        sa.literal_column("''", sa.String()),
    ).where(_FACTS.group_id == sa.bindparam("id")),
    sa.select(
        sa.literal_column(str(OF_BUILDING), sa.Integer()),
        _word(_BUILDING.fact),
        _BUILDING.is_yes,
        sa.literal_column("0", sa.Integer()),
        sa.literal_column("0", sa.Integer()),
        sa.literal_column("''", sa.String()),
    ).where(_BUILDING.venue_id == sa.bindparam("venue_id")),
    sa.select(
        sa.literal_column(str(WAS_IT_ON_THEN), sa.Integer()),
        sa.cast(_WAS_ON.on, sa.String()),
        _WAS_ON.was_on,
        _WAS_ON.times,
        sa.literal_column("0", sa.Integer()),
        sa.literal_column("''", sa.String()),
    ).where(
        _WAS_ON.group_id == sa.bindparam("id"),
        _WAS_ON.on >= sa.bindparam("kept_from", type_=sa.Date()),
    ),
    sa.select(
        _STEPS.position,
        _word(_STEPS.expected),
        sa.null(),
        _STEPS.minutes_from_start,
        sa.literal_column("0", sa.Integer()),
        _STEPS.what,
    ).where(_STEPS.group_id == sa.bindparam("id")),
).order_by("place")

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
