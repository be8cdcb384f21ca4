"""When listings changed: for feeds and sitemaps."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from finder.domain.vocabulary import ListingState
from finder.listings.tables import GroupRow
from finder.platform.db.database import Db

REAL = (col(GroupRow.state) == ListingState.PUBLISHED, sa.not_(col(GroupRow.is_example)))
IDS: Any = col(GroupRow.id)


def newest_changes(
    db: Db, ids: Collection[UUID], most: int
) -> dict[UUID, tuple[datetime, datetime]]:
    """When each was listed and when it changed: the `most` last changed of these, newest first."""
    rows = db.execute(
        sa.select(IDS, col(GroupRow.created_at), col(GroupRow.updated_at))
        .where(IDS.in_(ids))
        .order_by(col(GroupRow.updated_at).desc(), IDS)
        .limit(most)
    )
    return {id_: (created_at, updated_at) for id_, created_at, updated_at in rows}


def count_of_real(db: Db) -> int:
    """How many published groups there are, examples left out."""
    found: int = db.execute(
        sa.select(sa.func.count()).select_from(GroupRow).where(*REAL)
    ).scalar_one()
    return found


def real_pages(db: Db, skip: int, most: int) -> list[tuple[UUID, datetime]]:
    """Published groups that are no examples, by id, each with its last change."""
    rows = db.execute(
        sa.select(IDS, col(GroupRow.updated_at)).where(*REAL).order_by(IDS).offset(skip).limit(most)
    )
    return [(id_, updated_at) for id_, updated_at in rows]
