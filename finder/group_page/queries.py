"""Reads a group's page, counts answers to "Was it on?", and counts page views by week.

Only counts are stored, and nothing about who opens a page. Of who answers, a hash of the network
is kept until the day is over.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.facts import VENUE_FACTS, Fact
from finder.domain.groups import Card, Place, Step
from finder.domain.nearness import METRES_PER_MILE, circle, nearness, strips
from finder.domain.schedule.calendars import Calendar, Calendars
from finder.domain.schedule.sessions import Session, is_sure_to_be_on, london_day, upcoming
from finder.domain.vocabulary import ListingState, TalkingLevel
from finder.group_page.rules import (
    WAS_IT_ON,
    FactFound,
    FoundOn,
    ListingPage,
    OnAnswer,
    asked_from,
    dates_to_ask,
)
from finder.group_page.tables import PageViewsRow, WasItOnNetworkRow, WasItOnRow
from finder.listings.cards import (
    CANCELLED,
    CARD_COLUMNS,
    SESSION_COLUMNS,
    SESSIONS,
    VENUES,
    CardValues,
    as_of,
    cards_from,
    old_before,
    own_band,
    sessions_from,
    talking_from,
)
from finder.listings.cards import GROUPS as SHOWN
from finder.listings.row_values import draft_from, facts_known, venue_from
from finder.listings.rules import read_schedule
from finder.listings.tables import GroupRow, OrganiserRow, StepRow, VenueRow
from finder.platform.db.database import Db
from finder.platform.db.inserting import insert_into
from finder.search.filters import GROUPS, is_in_box, squared_m2

QUIETER_WITHIN_M, MOST_QUIETER = 5 * METRES_PER_MILE, 4
Cancelled = Mapping[Session, Mapping[date, str]]


def page(
    db: Db,
    public_id: UUID,
    now: datetime,
    calendars: Calendars,
    states: tuple[ListingState, ...] = (ListingState.PUBLISHED,),
) -> ListingPage | None:
    """A group's page, or None where no group in one of these states has the id.

    Three to five SQL statements: the group with its venue and organiser, the facts of the group
    and its building, and the steps; then, if there are any, cancelled dates and parents' answers.
    """
    kept_from = london_day(now - WAS_IT_ON.lasts)
    since = {"since": asked_from(now), "kept_from": kept_from}
    found = db.execute(_GROUP, {"id": public_id, "states": states, **since}).first()
    if found is None:
        return None
    group, organiser, venue, has_cancelled, was_answered = found
    facts = facts_known(db, public_id, group.venue_id, group.checked_on)
    said = {fact: known.organiser for fact, known in facts.items() if known.organiser is not None}
    building = {fact: said.pop(fact) for fact in VENUE_FACTS if fact in said}
    steps = [Step(*row) for row in db.execute(_STEPS, {"id": public_id})]
    sessions = _sessions(db, group, has_cancelled, now)
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
        found_on=_found_on(db, public_id, kept_from) if was_answered else (),
        dates_to_ask=dates_to_ask(sessions, now, calendar),
    )


def _sessions(db: Db, group: GroupRow, has_cancelled: bool, now: datetime) -> Cancelled:
    """The sessions of a group, each with the dates on which it is cancelled.

    The group's row has its sessions, but not the notes of cancelled dates.
    """
    if group.schedule and not has_cancelled:
        return read_schedule(group.schedule).sessions
    return sessions_from(db.execute(_SESSIONS, {"id": group.id, "since": asked_from(now)}))


def _found_on(db: Db, public_id: UUID, kept_from: date) -> tuple[FoundOn, ...]:
    """What parents say about past dates, by date."""
    counts: dict[date, dict[bool, int]] = {}
    for on, was_on, times in db.execute(_FOUND_ON, {"id": public_id, "kept_from": kept_from}):
        counts.setdefault(on, {})[was_on] = times
    return tuple(FoundOn(on, said.get(True, 0), said.get(False, 0)) for on, said in counts.items())


def _are_terms_known(sessions: Cancelled, now: datetime, calendar: Calendar) -> bool:
    """False where a shown date may be outside of a term that we don't know."""
    return all(
        is_sure_to_be_on(session, occurrence.on, calendar)
        for session in sessions
        if session.is_term_time_only
        for occurrence in upcoming([session], now, calendar, {})
    )


def quieter(
    db: Db, place: Place, level: TalkingLevel, now: datetime, calendars: Calendars
) -> tuple[Card, ...]:
    """The nearest groups that are known to need less talking. One SQL statement."""
    _, box = circle(nearness(place), QUIETER_WITHIN_M)
    values = {**box, "level": level - 1, "old_before": old_before(now)}
    return cards_from(db.execute(_QUIETER, values).all(), as_of(now, calendars), place)


def note_network(db: Db, group_id: UUID, on: date, network_hash: str, today: date) -> bool:
    """Keep for today that a network answers about a date. False where it has done so.

    Of two workers at one moment the database lets one pass. Networks of other days are forgotten.
    """
    db.exec(sa.delete(WasItOnNetworkRow).where(col(WasItOnNetworkRow.day) < today))
    added = db.execute(
        insert_into(db, WasItOnNetworkRow)
        .values(day=today, group_id=group_id, on=on, network_hash=network_hash)
        .on_conflict_do_nothing(index_elements=["day", "group_id", "on", "network_hash"])
        .returning(col(WasItOnNetworkRow.day))
    ).first()
    return added is not None


def forget_networks(db: Db, before: datetime) -> int:
    """Forget the networks that answered up to the day of a moment. Gives how many."""
    day = col(WasItOnNetworkRow.day)
    return db.exec(sa.delete(WasItOnNetworkRow).where(day <= london_day(before))).rowcount


def add_answer(db: Db, group_id: UUID, answer: OnAnswer) -> None:
    """Count one answer; the caller commits. Two at the same moment count as two."""
    one = {"group_id": group_id, "on": answer.on, "was_on": answer.was_on, "times": 1}
    db.exec(
        insert_into(db, WasItOnRow)
        .values(one)
        .on_conflict_do_update(
            index_elements=["group_id", "on", "was_on"], set_={"times": col(WasItOnRow.times) + 1}
        )
    )


def forget_answers(db: Db, before: datetime) -> int:
    """Forget the answers about dates before a day. Gives how many lines; the caller commits."""
    day = london_day(before)
    return db.exec(sa.delete(WasItOnRow).where(col(WasItOnRow.on) < day)).rowcount


def add_page_views(db: Db, counts: Mapping[tuple[UUID, date], int]) -> None:
    """Add to the counts by group and Monday, without deleted groups; the caller commits."""
    ids = {group_id for group_id, _ in counts}
    there = set(db.exec(select(GroupRow.id).where(col(GroupRow.id).in_(ids))))
    # Sorted, so that two processes that write the same rows can't deadlock.
    for (group_id, monday), times in sorted(counts.items()):
        if group_id in there:
            statement = insert_into(db, PageViewsRow).values(
                group_id=group_id, monday=monday, times=times
            )
            db.exec(
                statement.on_conflict_do_update(
                    index_elements=["group_id", "monday"],
                    set_={"times": col(PageViewsRow.times) + statement.excluded.times},
                )
            )


def page_views_by_week(db: Db, group_id: UUID, since: date) -> dict[date, int]:
    """The counts of one group by the Monday of the week; weeks without a view are left out."""
    rows = db.execute(
        sa.select(col(PageViewsRow.monday), col(PageViewsRow.times)).where(
            col(PageViewsRow.group_id) == group_id, col(PageViewsRow.monday) >= since
        )
    )
    return {row.monday: row.times for row in rows}


_STEP, _WAS_ON = (sa.inspect(row).local_table.c for row in (StepRow, WasItOnRow))

# Built once, because building a statement takes longer than running it. Lists are read as plain
# columns, which takes half the time of reading them as rows.
_GROUP: sa.Select[GroupRow, str, VenueRow, bool, bool] = (
    sa.select(
        GroupRow,
        col(OrganiserRow.name),
        VenueRow,
        sa.exists().where(
            CANCELLED.c.group_id == col(GroupRow.id), CANCELLED.c.on >= sa.bindparam("since")
        ),
        sa.exists().where(
            _WAS_ON.group_id == col(GroupRow.id), _WAS_ON.on >= sa.bindparam("kept_from")
        ),
    )
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

_NEAR = (
    sa.select(GROUPS.c.id, squared_m2(sa.bindparam).label("squared_m2"))
    .where(
        is_in_box(sa.bindparam, strips(QUIETER_WITHIN_M)),
        GROUPS.c.is_talking_known,
        GROUPS.c.talking_level <= sa.bindparam("level"),
    )
    .cte("near")
    .prefix_with("MATERIALIZED")
)

_NEAREST = (
    sa.select(_NEAR)
    .where(_NEAR.c.squared_m2 <= sa.bindparam("radius_m2"))
    .order_by(_NEAR.c.squared_m2, _NEAR.c.id)
    .limit(MOST_QUIETER)
    .cte("nearest")
)

_QUIETER: sa.Select[*CardValues] = (
    sa.select(own_band(SHOWN), *CARD_COLUMNS)
    .select_from(
        _NEAREST.join(SHOWN, SHOWN.c.id == _NEAREST.c.id).join(
            VENUES, VENUES.c.id == SHOWN.c.venue_id
        )
    )
    .order_by(_NEAREST.c.squared_m2, _NEAREST.c.id)
)
