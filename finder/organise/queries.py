"""Queries on an account's listings and on their versions."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts import rights
from finder.accounts.tables import AccountRow
from finder.listings.changes import ChangedBy
from finder.listings.drafts import draft_of
from finder.listings.tables import GroupRow
from finder.listings.tables_history import ListingHistoryRow
from finder.organise.rules import OwnListing, Version
from finder.platform.db.database import Db


def owned_by(db: Db, account_id: UUID, group_id: UUID) -> OwnListing | None:
    """A listing that this account edits; None for another account's, or where there is none."""
    group = db.exec(
        select(GroupRow)
        .where(col(GroupRow.id) == group_id, col(GroupRow.id).in_(rights.groups_of(account_id)))
        .execution_options(populate_existing=True)
    ).first()
    draft = draft_of(db, group_id) if group else None
    if group is None or draft is None:
        return None
    return OwnListing(group.id, group.organiser_id, group.state, group.version, draft)


def versions_of(db: Db, group_id: UUID) -> tuple[Version, ...]:
    """Every version that is kept, newest first."""
    rows = db.execute(
        sa.select(
            col(ListingHistoryRow.version),
            col(ListingHistoryRow.changed_at),
            col(AccountRow.email),
            col(ListingHistoryRow.changed_by),
            col(ListingHistoryRow.changed),
        )
        .outerjoin(AccountRow, col(AccountRow.id) == col(ListingHistoryRow.account_id))
        .where(col(ListingHistoryRow.group_id) == group_id)
        .order_by(col(ListingHistoryRow.version).desc())
    )
    return tuple(
        Version(number, at, _who(email, how), changed) for number, at, email, how, changed in rows
    )


def _who(email: str | None, how: ChangedBy | None) -> str:
    """Who changed a listing, as its editors may know it: other editors by their address."""
    is_known = email and how in {None, ChangedBy.EDITOR}
    return email if email and is_known else (how or ChangedBy.FILE).label
