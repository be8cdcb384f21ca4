"""Queries on unfinished listings. Each is fetched through the account that is writing it."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import col, select

from finder.organise.rules import Typed, Unfinished
from finder.organise.tables import UnfinishedListingRow
from finder.platform.db.database import Db


def add(db: Db, account_id: UUID, now: datetime, typed: Mapping[str, Typed] | None = None) -> UUID:
    """Begin one; the caller commits."""
    row = UnfinishedListingRow(
        id=uuid4(),
        account_id=account_id,
        typed=json.dumps(typed or {}),
        created_at=now,
        updated_at=now,
    )
    db.add(row)
    db.flush()
    return row.id


def one(db: Db, account_id: UUID, unfinished_id: UUID) -> Unfinished | None:
    """An unfinished listing of this account; None for another account's, or where there is none."""
    row = _row(db, account_id, unfinished_id)
    return _given(row) if row else None


def of_account(db: Db, account_id: UUID) -> tuple[Unfinished, ...]:
    """An account's unfinished listings, the newest change first."""
    rows = db.exec(
        select(UnfinishedListingRow)
        .where(col(UnfinishedListingRow.account_id) == account_id)
        .order_by(col(UnfinishedListingRow.updated_at).desc(), col(UnfinishedListingRow.id))
    )
    return tuple(map(_given, rows))


def keep(
    db: Db, account_id: UUID, unfinished_id: UUID, part: str, typed: Typed, now: datetime
) -> Unfinished | None:
    """Keep what one step's form was sent, beside the other steps; None as in `one`."""
    row = _row(db, account_id, unfinished_id, is_locked=True)
    if row is None:
        return None
    row.typed = json.dumps({**json.loads(row.typed), part: typed}, ensure_ascii=False)
    row.version += 1
    row.updated_at = now
    db.add(row)
    db.flush()
    return _given(row)


def remove(db: Db, account_id: UUID, unfinished_id: UUID) -> int:
    """Forget one. Gives how many there were: 1 or 0."""
    return db.exec(
        sa.delete(UnfinishedListingRow).where(
            col(UnfinishedListingRow.id) == unfinished_id,
            col(UnfinishedListingRow.account_id) == account_id,
        )
    ).rowcount


def _row(
    db: Db, account_id: UUID, unfinished_id: UUID, is_locked: bool = False
) -> UnfinishedListingRow | None:
    query = select(UnfinishedListingRow).where(
        col(UnfinishedListingRow.id) == unfinished_id,
        col(UnfinishedListingRow.account_id) == account_id,
    )
    if is_locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.exec(query).first()


def _given(row: UnfinishedListingRow) -> Unfinished:
    return Unfinished(row.id, row.organiser_id, json.loads(row.typed), row.updated_at)
