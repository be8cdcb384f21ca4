"""Queries on who may change which listing.

An editor of an organiser changes all its listings. An editor of a group changes that one.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts.tables import AccountRow, EditorRow, GroupEditorRow
from finder.listings.tables import GroupRow
from finder.platform.db.database import Db
from finder.platform.db.inserting import insert_into


def add_to_group(db: Db, group_id: UUID, account_id: UUID, now: datetime) -> None:
    """Make an account an editor of one group; one that is an editor stays one."""
    db.exec(
        insert_into(db, GroupEditorRow)
        .values(group_id=group_id, account_id=account_id, since_at=now)
        .on_conflict_do_nothing(index_elements=["group_id", "account_id"])
    )


def remove_from_group(db: Db, group_id: UUID, account_id: UUID) -> None:
    """Remove an editor of one group. Who edits its organiser goes on doing so."""
    db.exec(
        sa.delete(GroupEditorRow).where(
            col(GroupEditorRow.group_id) == group_id, col(GroupEditorRow.account_id) == account_id
        )
    )


def remove_if_since(db: Db, organiser_id: UUID, account_id: UUID, since: datetime) -> None:
    """Remove an editor who became one at this very moment, by the decision of that moment."""
    db.exec(
        sa.delete(EditorRow).where(
            col(EditorRow.organiser_id) == organiser_id,
            col(EditorRow.account_id) == account_id,
            col(EditorRow.since_at) == since,
        )
    )


def groups_of(account_id: UUID) -> sa.CompoundSelect[UUID]:
    """The ids of the groups that an account may change, as a part of other queries."""
    by_organiser = (
        sa.select(col(GroupRow.id))
        .join(EditorRow, col(EditorRow.organiser_id) == col(GroupRow.organiser_id))
        .where(col(EditorRow.account_id) == account_id)
    )
    alone = sa.select(col(GroupEditorRow.group_id)).where(
        col(GroupEditorRow.account_id) == account_id
    )
    return by_organiser.union(alone)


def attended() -> sa.CompoundSelect[UUID]:
    """The ids of the groups that have an editor, as a part of other queries."""
    by_organiser = sa.select(col(GroupRow.id)).where(
        col(GroupRow.organiser_id).in_(sa.select(col(EditorRow.organiser_id)))
    )
    return by_organiser.union(sa.select(col(GroupEditorRow.group_id)))


def of_groups(db: Db, group_ids: Collection[UUID]) -> list[tuple[UUID, UUID, str]]:
    """Who may change some groups: group, account and address, the longest-standing first."""
    by_organiser = (
        sa.select(col(GroupRow.id), col(EditorRow.account_id), col(EditorRow.since_at))
        .join(EditorRow, col(EditorRow.organiser_id) == col(GroupRow.organiser_id))
        .where(col(GroupRow.id).in_(group_ids))
    )
    alone = sa.select(
        col(GroupEditorRow.group_id), col(GroupEditorRow.account_id), col(GroupEditorRow.since_at)
    ).where(col(GroupEditorRow.group_id).in_(group_ids))
    both = by_organiser.union_all(alone).subquery()
    group_id, account_id, since = both.columns
    rows = db.execute(
        sa.select(group_id, col(AccountRow.id), col(AccountRow.email))
        .join(AccountRow, col(AccountRow.id) == account_id)
        .order_by(since, col(AccountRow.email))
    )
    return [(group, account, email) for group, account, email in rows]


def own_among(db: Db, account_id: UUID, group_ids: Collection[UUID]) -> set[UUID]:
    """Those of these groups that an account may change."""
    own = col(GroupRow.id).in_(groups_of(account_id))
    return set(db.exec(select(GroupRow.id).where(own, col(GroupRow.id).in_(group_ids))))


def hold_right(db: Db, account_id: UUID, group_id: UUID) -> bool:
    """Whether an account may change a group. If so, nobody takes that from it before the commit."""
    by_organiser = (
        select(EditorRow.account_id)
        .join(GroupRow, col(GroupRow.organiser_id) == col(EditorRow.organiser_id))
        .where(col(GroupRow.id) == group_id, col(EditorRow.account_id) == account_id)
        .with_for_update(read=True, key_share=True, of=EditorRow)
    )
    alone = (
        select(GroupEditorRow.account_id)
        .where(
            col(GroupEditorRow.group_id) == group_id, col(GroupEditorRow.account_id) == account_id
        )
        .with_for_update(read=True, key_share=True)
    )
    return any(db.exec(query).first() for query in (by_organiser, alone))
