"""The history of listings: each version with its draft and who made it, and what was merged."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlmodel import col, select

from finder.domain.groups import GroupDraft
from finder.listings.tables import GroupRow
from finder.listings.tables_history import ListingHistoryRow, MergedGroupRow
from finder.platform.db.database import Db

_DRAFTS = TypeAdapter(GroupDraft)


def to_json(draft: GroupDraft) -> str:
    """The whole draft. Words are kept by their value, dates and times in ISO form."""
    return _DRAFTS.dump_json(draft).decode()


def from_json(text: str) -> GroupDraft:
    """The draft that was kept. pydantic's ValidationError where this release can't read it."""
    return _DRAFTS.validate_json(text)


def values(
    group_id: UUID,
    version: int,
    draft: GroupDraft,
    changed: str,
    at: datetime,
    by: UUID | None,
) -> dict[str, object]:
    """A version's row, by column. by: None for a file or the command line."""
    return {
        "group_id": group_id,
        "version": version,
        "changed_at": at,
        "account_id": by,
        "changed": changed,
        "draft": to_json(draft),
    }


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
    """The listing as it was, or None where that version is not kept."""
    row = db.get(ListingHistoryRow, (group_id, version))
    return from_json(row.draft) if row else None


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
