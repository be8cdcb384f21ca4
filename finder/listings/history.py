"""The history of listings: each version with its draft and who made it, and what was merged."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from pydantic import ValidationError
from sqlmodel import col, select

from finder.domain.groups import GroupDraft
from finder.listings.row_values import from_json
from finder.listings.tables import GroupRow
from finder.listings.tables_history import ListingHistoryRow, MergedGroupRow
from finder.platform.db.database import Db


def kept_now(db: Db, group_ids: Collection[UUID]) -> set[UUID]:
    """Those of these groups whose version of now is kept: some are older than the history."""
    rows = db.execute(
        select(ListingHistoryRow.group_id)
        .join(
            GroupRow,
            sa.and_(
                col(GroupRow.id) == col(ListingHistoryRow.group_id),
                col(GroupRow.version) == col(ListingHistoryRow.version),
            ),
        )
        .where(col(ListingHistoryRow.group_id).in_(group_ids))
    )
    return set(rows.scalars())


def draft_at(db: Db, group_id: UUID, version: int) -> GroupDraft | None:
    """The listing as it was, or None where that version is not kept, or makes no sense now."""
    row = db.get(ListingHistoryRow, (group_id, version))
    try:
        return from_json(row.draft) if row else None
    except ValidationError:  # by a rule that is newer than the version
        return None


def merged_into(db: Db, group_id: UUID) -> UUID | None:
    """Where a listing's address leads that was put together with another; the last of a chain."""
    found: UUID | None = None
    seen = {group_id}
    while (into := _into(db, found or group_id)) and into not in seen:
        seen.add(into)
        found = into
    return found


def _into(db: Db, group_id: UUID) -> UUID | None:
    query = select(MergedGroupRow.into_id).where(col(MergedGroupRow.group_id) == group_id)
    return db.exec(query).first()
