"""Queries on an account's listings and on their versions."""

from uuid import UUID

from sqlmodel import col, select

from finder.accounts.tables import AccountRow, EditorRow
from finder.listings.drafts import draft_of
from finder.listings.tables import GroupRow
from finder.listings.tables_history import ListingHistoryRow
from finder.organise.rules import OwnListing, Version
from finder.platform.db.database import Db


def owned_by(db: Db, account_id: UUID, group_id: UUID) -> OwnListing | None:
    """A listing that this account edits; None for another account's, or where there is none."""
    group = db.exec(
        select(GroupRow)
        .join(EditorRow, col(EditorRow.organiser_id) == col(GroupRow.organiser_id))
        .where(col(GroupRow.id) == group_id, col(EditorRow.account_id) == account_id)
        .execution_options(populate_existing=True)
    ).first()
    draft = draft_of(db, group_id) if group else None
    if group is None or draft is None:
        return None
    return OwnListing(group.id, group.organiser_id, group.state, group.version, draft)


def versions_of(db: Db, group_id: UUID) -> tuple[Version, ...]:
    """Every version that is kept, newest first."""
    rows = db.exec(
        select(
            ListingHistoryRow.version,
            ListingHistoryRow.changed_at,
            AccountRow.email,
            ListingHistoryRow.changed,
        )
        .outerjoin(AccountRow, col(AccountRow.id) == col(ListingHistoryRow.account_id))
        .where(col(ListingHistoryRow.group_id) == group_id)
        .order_by(col(ListingHistoryRow.version).desc())
    )
    return tuple(Version(number, at, by or "", changed) for number, at, by, changed in rows)
