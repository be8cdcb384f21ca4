"""Queries on organisers: their names, what they list, and new ones."""

from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.vocabulary import ListingState
from finder.listings.tables import GroupRow, OrganiserRow
from finder.platform.db.database import Db


def is_taken(db: Db, name: str) -> bool:
    """Whether an organiser has this name, in upper or lower case."""
    query = select(OrganiserRow.name).where(
        sa.func.lower(col(OrganiserRow.name)).in_({name.lower(), name.casefold()})
    )
    return db.exec(query).first() is not None


def add(db: Db, name: str) -> UUID:
    """A new organiser; the caller commits. IntegrityError where the name was taken meanwhile."""
    row = OrganiserRow(id=uuid4(), name=name)
    db.add(row)
    db.flush()
    return row.id


def is_known(db: Db, name: str) -> bool:
    """Whether the site has accepted a listing of this organiser."""
    query = (
        select(GroupRow.id)
        .join(OrganiserRow, col(OrganiserRow.id) == col(GroupRow.organiser_id))
        .where(
            col(OrganiserRow.name) == name,
            sa.or_(
                col(GroupRow.state).in_(
                    (ListingState.PUBLISHED, ListingState.PAUSED, ListingState.ENDED)
                ),
                col(GroupRow.silent_since).is_not(None),
            ),
        )
    )
    return db.exec(query).first() is not None


def refs_of(db: Db, organiser_id: UUID) -> frozenset[str]:
    """The refs of all its groups, whatever their state."""
    return frozenset(
        db.exec(select(GroupRow.ref).where(col(GroupRow.organiser_id) == organiser_id))
    )
