"""Queries on claims that a listing is somebody's own. A moderator decides on them."""

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from finder.accounts import rights
from finder.accounts.queries import of_same_mailbox
from finder.domain.vocabulary import ListingState
from finder.listings.tables import GroupRow, OrganiserRow, VenueRow
from finder.organise.claims.rules import Claimable, ClaimScope, ClaimState
from finder.organise.tables import ClaimRow
from finder.platform.db.database import Db
from finder.platform.db.inserting import insert_into


def claimable(db: Db, account_id: UUID, group_id: UUID) -> Claimable | None:
    """A published listing for an account that may claim it, and how its claim stands."""
    other = aliased(GroupRow)
    listed = (
        sa.select(sa.func.count())
        .select_from(other)
        .where(
            col(other.organiser_id) == col(GroupRow.organiser_id),
            col(other.state) == ListingState.PUBLISHED,
        )
        .scalar_subquery()
    )
    found = db.execute(
        sa.select(
            col(GroupRow.name),
            col(VenueRow.name),
            col(OrganiserRow.name),
            col(GroupRow.id).in_(rights.groups_of(account_id)),
            col(ClaimRow.state),
            listed,
        )
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .outerjoin(
            ClaimRow,
            sa.and_(
                col(ClaimRow.group_id) == col(GroupRow.id), col(ClaimRow.account_id) == account_id
            ),
        )
        .where(col(GroupRow.id) == group_id, col(GroupRow.state) == ListingState.PUBLISHED)
    ).first()
    if found is None:
        return None
    name, venue, organiser, is_own, state, count = found
    return Claimable(group_id, name, venue, organiser, is_own, state, count)


def count_since(db: Db, account_id: UUID, since: datetime) -> int:
    """How many listings a person claimed since a moment, by any address of one mailbox."""
    return db.exec(
        select(sa.func.count())
        .select_from(ClaimRow)
        .where(
            col(ClaimRow.account_id).in_(of_same_mailbox(account_id)),
            col(ClaimRow.created_at) > since,
        )
    ).one()


def add(
    db: Db, group_id: UUID, account_id: UUID, scope: ClaimScope, why: str, now: datetime
) -> bool:
    """Save a claim that waits. False where the account has claimed it before."""
    added = db.execute(
        insert_into(db, ClaimRow)
        .values(
            id=uuid4(),
            group_id=group_id,
            account_id=account_id,
            why=why,
            of_organiser=scope is ClaimScope.ORGANISER,
            state=ClaimState.WAITING,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["group_id", "account_id"])
        .returning(col(ClaimRow.id))
    ).first()
    return added is not None
