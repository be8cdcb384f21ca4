"""Queries on an account's listings, for the list of them and for their dates."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import col, select

from finder.accounts import rights
from finder.accounts.tables import EditorRow
from finder.domain.schedule.calendars import Calendar, Calendars
from finder.domain.schedule.sessions import Session, london_day, next_occurrence
from finder.domain.vocabulary import ListingState
from finder.listings.cards import CANCELLED, SESSION_COLUMNS, SESSIONS, sessions_from
from finder.listings.tables import GroupFactRow, GroupRow, OrganiserRow, VenueRow
from finder.organise.upkeep.rules import ASKED_FIRST, CHECK_AFTER, ListingSummary
from finder.platform.db.database import Db

Dates = dict[Session, dict[date, str]]


def of_account(
    db: Db, account_id: UUID, now: datetime, calendars: Calendars, first: int, most: int
) -> tuple[ListingSummary, ...]:
    """Some of the listings that an account may change: what needs a check first, then by name."""
    today = london_day(now)
    order = (
        sa.case((sa.or_(is_unchecked(now), _is_silent()), 0), else_=1),
        sa.case((col(GroupRow.state) == ListingState.ENDED, 1), else_=0),
        col(OrganiserRow.name),
        col(GroupRow.name),
        col(GroupRow.id),
    )
    query = _query(account_id, _is_own(account_id)).order_by(*order).offset(first).limit(most)
    return _listings(db, db.execute(query).all(), today, now, calendars)


def count_of_account(db: Db, account_id: UUID) -> int:
    """How many listings an account may change."""
    return db.exec(select(sa.func.count()).select_from(GroupRow).where(_is_own(account_id))).one()


def own(
    db: Db, account_id: UUID, group_id: UUID, now: datetime, calendars: Calendars
) -> ListingSummary | None:
    """A listing that this account edits; None for another account's, or where there is none."""
    query = _query(account_id, sa.and_(_is_own(account_id), col(GroupRow.id) == group_id))
    found = _listings(db, db.execute(query).all(), london_day(now), now, calendars)
    return found[0] if found else None


def to_check(
    db: Db, organiser_id: UUID, account_id: UUID, now: datetime, calendars: Calendars
) -> tuple[ListingSummary, ...]:
    """An organiser's listings that an account may change, and that somebody should check."""
    is_due = sa.or_(is_unchecked(now), _is_silent())
    its = (col(GroupRow.organiser_id) == organiser_id, _is_own(account_id))
    query = _query(account_id, sa.and_(*its, col(GroupRow.is_example).is_(False), is_due)).order_by(
        col(GroupRow.name), col(GroupRow.id)
    )
    return _listings(db, db.execute(query).all(), london_day(now), now, calendars)


def own_sessions(
    db: Db, account_id: UUID, group_id: UUID, from_day: date, calendars: Calendars
) -> tuple[Dates, Calendar] | None:
    """A listing's sessions with the dates cancelled from a day on, and its calendar."""
    venue = db.exec(
        select(VenueRow)
        .join(GroupRow, col(GroupRow.venue_id) == col(VenueRow.id))
        .where(col(GroupRow.id) == group_id, _is_own(account_id))
    ).first()
    if venue is None:
        return None
    sessions = _sessions(db, [group_id], from_day)[group_id]
    return sessions, calendars.of(venue.nation, venue.council_code)


def ids_of_account(db: Db, account_id: UUID) -> list[UUID]:
    """Every listing that an account may change, by organiser and ref."""
    return list(
        db.exec(
            select(GroupRow.id)
            .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
            .where(_is_own(account_id))
            .order_by(col(OrganiserRow.name), col(GroupRow.ref))
        )
    )


def is_unchecked(now: datetime, after: timedelta = CHECK_AFTER) -> ColumnElement[bool]:
    """Published, and not checked for this long."""
    return sa.and_(
        col(GroupRow.state) == ListingState.PUBLISHED,
        sa.or_(
            col(GroupRow.checked_on) <= london_day(now) - after,
            sa.and_(col(GroupRow.checked_on).is_(None), col(GroupRow.created_at) <= now - after),
        ),
    )


def _is_silent() -> ColumnElement[bool]:
    return sa.and_(
        col(GroupRow.state) == ListingState.HIDDEN, col(GroupRow.silent_since).is_not(None)
    )


def _is_own(account_id: UUID) -> ColumnElement[bool]:
    return col(GroupRow.id).in_(rights.groups_of(account_id))


def _query(
    account_id: UUID, which: ColumnElement[bool]
) -> sa.Select[GroupRow, str, VenueRow, int, bool]:
    """Each listing, its organiser's name, its venue, how many of ASKED_FIRST are answered, and
    whether the account edits all listings of that organiser.
    """
    answered = (
        select(sa.func.count())
        .select_from(GroupFactRow)
        .where(
            col(GroupFactRow.group_id) == col(GroupRow.id),
            col(GroupFactRow.fact).in_(ASKED_FIRST),
            col(GroupFactRow.is_yes).is_not(None),
        )
        .scalar_subquery()
    )
    edits_all = col(GroupRow.organiser_id).in_(
        select(EditorRow.organiser_id).where(col(EditorRow.account_id) == account_id)
    )
    return (
        sa.select(GroupRow, col(OrganiserRow.name), VenueRow, answered, edits_all)
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(which)
    )


def _listings(
    db: Db,
    rows: Sequence[sa.Row[GroupRow, str, VenueRow, int, bool]],
    today: date,
    now: datetime,
    calendars: Calendars,
) -> tuple[ListingSummary, ...]:
    sessions = _sessions(db, [row[0].id for row in rows], today)
    found = []
    for group, organiser, venue, answered, edits_all in rows:
        its = sessions[group.id]
        calendar = calendars.of(venue.nation, venue.council_code)
        found.append(
            ListingSummary(
                id=group.id,
                ref=group.ref,
                name=group.name,
                venue_name=venue.name,
                organiser_id=group.organiser_id,
                organiser=organiser,
                state=group.state,
                is_example=group.is_example,
                next=next_occurrence(its, now, calendar, its),
                created_on=london_day(group.created_at),
                checked_on=group.checked_on,
                silent_since=group.silent_since,
                has_end=all(session.last_on for session in its),
                unanswered=len(ASKED_FIRST) - answered,
                has_level=group.claimed_level is not None,
                note=group.note or "",
                note_on=group.note_on,
                is_alone=not edits_all,
            )
        )
    return tuple(found)


def _sessions(db: Db, ids: Sequence[UUID], from_day: date) -> dict[UUID, Dates]:
    rows = db.execute(
        sa.select(
            SESSIONS.c.group_id,
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
                    CANCELLED.c.on >= from_day,
                ),
            )
        )
        .where(SESSIONS.c.group_id.in_(ids))
        .order_by(SESSIONS.c.group_id, SESSIONS.c.position)
    )
    lines = groupby(rows, key=lambda row: row.group_id)
    return defaultdict(dict, {id_: sessions_from(some) for id_, some in lines})
