"""Queries on asking organisers whether their listings are still true."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import col, select

from finder.accounts import queries as accounts_queries
from finder.accounts import rights
from finder.accounts.rules import OwnOrganiser
from finder.domain.schedule.sessions import london_day
from finder.listings.tables import GroupRow, OrganiserRow, SessionRow
from finder.organise.tables import ReminderRow
from finder.organise.upkeep.own_listings import is_unchecked
from finder.organise.upkeep.rules import CHECK_AFTER, REMINDER_LASTS, SILENT_AFTER
from finder.platform.db.database import Db, read_locked

ONE_AT_A_TIME = 0x51C1  # any number, the same for all who remind


def lock(db: Db) -> None:
    """Wait for another process that sends reminders. SQLite has one writer anyway."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))


def organisers_due(db: Db, now: datetime) -> list[tuple[UUID, str]]:
    """Organisers to write to: some listing of theirs is to be asked about, or to be hidden."""
    which = sa.or_(_is_to_ask(now), _is_to_hide(now))
    rows = db.execute(
        sa.select(col(OrganiserRow.id), col(OrganiserRow.name))
        .where(col(OrganiserRow.id).in_(select(GroupRow.organiser_id).where(which)))
        .order_by(col(OrganiserRow.name))
    )
    return [(id_, name) for id_, name in rows]


@dataclass(frozen=True)
class Due:
    """Names of an organiser's listings by id: those not checked for 90 days that its editors were
    not asked about since, and those not checked for 180 days though they were asked.
    """

    to_ask: dict[UUID, str]
    to_hide: dict[UUID, str]

    def __iter__(self) -> Iterator[UUID]:
        return iter((*self.to_ask, *self.to_hide))


def due_of(db: Db, organiser_id: UUID, now: datetime) -> Due:
    """What is due of an organiser, locked until the commit, and who would be asked with it.

    A listing may be checked, or hidden by a moderator, while this waits.
    """

    def look() -> Due:
        return Due(_of(db, organiser_id, _is_to_ask(now)), _of(db, organiser_id, _is_to_hide(now)))

    accounts_queries.hold(db, {account_id for _, account_id, _ in rights.of_groups(db, [*look()])})
    return read_locked(db, look, GroupRow, iter)


def people_to_ask(db: Db, due: Due) -> list[tuple[UUID, str, set[UUID]]]:
    """Who may change what is due: account, address and which of it."""
    people: dict[tuple[UUID, str], set[UUID]] = {}
    for group_id, account_id, email in rights.of_groups(db, [*due]):
        people.setdefault((account_id, email), set()).add(group_id)
    return [(account_id, email, theirs) for (account_id, email), theirs in people.items()]


def endless(db: Db, ids: Collection[UUID]) -> set[UUID]:
    """Those of these listings that have a session without a last date."""
    rows = select(SessionRow.group_id).where(
        col(SessionRow.group_id).in_(ids), col(SessionRow.last_on).is_(None)
    )
    return set(db.exec(rows))


def count_left_alone(db: Db, now: datetime) -> tuple[int, int]:
    """Listings not checked for 90 days that nobody is asked about: examples, and those that
    have no editor.
    """
    is_due = is_unchecked(now)
    is_example = col(GroupRow.is_example).is_(True)

    def count(which: ColumnElement[bool]) -> int:
        return db.exec(select(sa.func.count()).select_from(GroupRow).where(is_due, which)).one()

    return count(is_example), count(sa.and_(sa.not_(is_example), sa.not_(_has_editors())))


def add(db: Db, organiser_id: UUID, account_id: UUID, token_hash: str, now: datetime) -> None:
    """Keep the link of a mail."""
    row = ReminderRow(
        organiser_id=organiser_id, account_id=account_id, token_hash=token_hash, created_at=now
    )
    db.add(row)
    db.flush()


def good_link(db: Db, token_hash: str, now: datetime) -> tuple[OwnOrganiser, UUID] | None:
    """The organiser of a link no older than 14 days, and the account that it was sent to, if that
    may still change a listing of it.
    """
    found = db.execute(
        sa.select(col(OrganiserRow.id), col(OrganiserRow.name), col(ReminderRow.account_id))
        .join(ReminderRow, col(ReminderRow.organiser_id) == col(OrganiserRow.id))
        .where(
            col(ReminderRow.token_hash) == token_hash,
            col(ReminderRow.created_at) > now - REMINDER_LASTS,
        )
    ).first()
    if found is None:
        return None
    organiser_id, name, account_id = found
    is_theirs = col(GroupRow.id).in_(rights.groups_of(account_id))
    its = select(GroupRow.id).where(col(GroupRow.organiser_id) == organiser_id, is_theirs)
    return (OwnOrganiser(organiser_id, name, 0), account_id) if db.exec(its).first() else None


def forget(db: Db, now: datetime) -> int:
    """Remove links that have run out. Gives how many."""
    return db.exec(
        sa.delete(ReminderRow).where(col(ReminderRow.created_at) <= now - REMINDER_LASTS)
    ).rowcount


def _of(db: Db, organiser_id: UUID, which: ColumnElement[bool]) -> dict[UUID, str]:
    rows = db.execute(
        sa.select(col(GroupRow.id), col(GroupRow.name))
        .where(col(GroupRow.organiser_id) == organiser_id, which)
        .order_by(col(GroupRow.name), col(GroupRow.id))
    )
    return {row.id: row.name for row in rows}


def _is_to_ask(now: datetime) -> ColumnElement[bool]:
    """Due, and not asked about since it was last checked, so that nobody is asked twice."""
    return sa.and_(_is_attended(now, CHECK_AFTER), sa.not_(_was_asked()))


def _is_to_hide(now: datetime) -> ColumnElement[bool]:
    """Due to be hidden: its editors were asked, and had as long to answer as the link works."""
    had_time = col(GroupRow.asked_on) <= london_day(now - REMINDER_LASTS)
    return sa.and_(_is_attended(now, SILENT_AFTER), _was_asked(), had_time)


def _was_asked() -> ColumnElement[bool]:
    long_ago = sa.literal(date(1900, 1, 1), sa.Date())
    return sa.func.coalesce(col(GroupRow.asked_on), long_ago) > sa.func.coalesce(
        col(GroupRow.checked_on), long_ago
    )


def _is_attended(now: datetime, after: timedelta) -> ColumnElement[bool]:
    is_example = col(GroupRow.is_example).is_(True)
    return sa.and_(is_unchecked(now, after), sa.not_(is_example), _has_editors())


def _has_editors() -> ColumnElement[bool]:
    return col(GroupRow.id).in_(rights.attended())
