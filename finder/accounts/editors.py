"""Queries on who may change an organiser's listings, and on invitations to do so.

rights.py has those who may change a single listing.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts.rules import (
    INVITATION_LASTS,
    Editor,
    Invitation,
    OwnOrganiser,
    WaitingInvitation,
)
from finder.accounts.tables import AccountRow, EditorRow, InvitationRow
from finder.listings.tables import GroupRow, OrganiserRow
from finder.platform.db.database import Db
from finder.platform.db.inserting import insert_into


def add(db: Db, organiser_id: UUID, account_id: UUID, now: datetime) -> None:
    """Make an account an editor of an organiser; one that is an editor stays one."""
    db.exec(
        insert_into(db, EditorRow)
        .values(organiser_id=organiser_id, account_id=account_id, since_at=now)
        .on_conflict_do_nothing(index_elements=["organiser_id", "account_id"])
    )


def remove(db: Db, organiser_id: UUID, account_id: UUID) -> int:
    """Remove an editor. Gives how many there were: 1 or 0."""
    return db.exec(
        sa.delete(EditorRow).where(
            col(EditorRow.organiser_id) == organiser_id, col(EditorRow.account_id) == account_id
        )
    ).rowcount


def own_organiser(db: Db, account_id: UUID, organiser_id: UUID) -> OwnOrganiser | None:
    """An organiser, if this account is its editor; None otherwise, also for an unknown id."""
    return next(iter(_organisers(db, account_id, organiser_id)), None)


def organisers_of(db: Db, account_id: UUID) -> tuple[OwnOrganiser, ...]:
    """The organisers whose editor an account is, by name."""
    return _organisers(db, account_id)


def emails_of(db: Db, organiser_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """The editors of an organiser: account and address, the longest-standing first."""
    rows = db.exec(
        select(AccountRow.id, AccountRow.email)
        .join(EditorRow, col(EditorRow.account_id) == col(AccountRow.id))
        .where(col(EditorRow.organiser_id) == organiser_id)
        .order_by(col(EditorRow.since_at), col(AccountRow.email))
    )
    return tuple((account_id, email) for account_id, email in rows)


def lock(db: Db, organiser_id: UUID) -> list[Editor]:
    """The editors of an organiser. Nobody else can remove one until the caller commits."""
    its = select(OrganiserRow.id).where(col(OrganiserRow.id) == organiser_id)
    db.exec(its.with_for_update(key_share=True))
    return [Editor(*one) for one in emails_of(db, organiser_id)]


def names_of_others(db: Db, names: Collection[str], account_id: UUID) -> set[str]:
    """Those of these organisers that have editors, but not this account."""
    own = select(EditorRow.organiser_id).where(col(EditorRow.account_id) == account_id)
    rows = (
        select(OrganiserRow.name)
        .join(EditorRow, col(EditorRow.organiser_id) == col(OrganiserRow.id))
        .where(col(OrganiserRow.name).in_(names), col(OrganiserRow.id).not_in(own))
    )
    return set(db.exec(rows))


def names_taken(db: Db, names: Collection[str]) -> set[str]:
    """Those of these names that an organiser has already, whoever its editors are."""
    return set(db.exec(select(OrganiserRow.name).where(col(OrganiserRow.name).in_(names))))


def found(db: Db, name: str, account_id: UUID, now: datetime) -> UUID:
    """Make an account the editor of the organiser of this name, which is made if there is none."""
    row = db.exec(select(OrganiserRow).where(col(OrganiserRow.name) == name)).first()
    if row is None:
        row = OrganiserRow(name=name)
        db.add(row)
        db.flush()
    add(db, row.id, account_id, now)
    return row.id


def waiting_invitations(db: Db, organiser_id: UUID, now: datetime) -> list[WaitingInvitation]:
    """The invitations of an organiser that may still be accepted, oldest first."""
    rows = db.exec(
        select(InvitationRow)
        .where(
            col(InvitationRow.organiser_id) == organiser_id,
            col(InvitationRow.accepted_at).is_(None),
            col(InvitationRow.expires_at) > now,
        )
        .order_by(col(InvitationRow.created_at))
    )
    return [WaitingInvitation(row.id, row.email, row.expires_at) for row in rows]


def take_back(db: Db, organiser_id: UUID, invitation_id: UUID) -> int:
    """Remove an invitation that was not accepted yet. Gives how many there were: 1 or 0."""
    return db.exec(
        sa.delete(InvitationRow).where(
            col(InvitationRow.organiser_id) == organiser_id,
            col(InvitationRow.id) == invitation_id,
            col(InvitationRow.accepted_at).is_(None),
        )
    ).rowcount


def count_invitations(db: Db, organiser_id: UUID, since: datetime) -> int:
    """How many people an organiser's editors invited since a moment."""
    return db.exec(
        select(sa.func.count())
        .select_from(InvitationRow)
        .where(
            col(InvitationRow.organiser_id) == organiser_id, col(InvitationRow.created_at) > since
        )
    ).one()


def add_invitation(
    db: Db, organiser_id: UUID, invited_by: UUID, email: str, token_hash: str, now: datetime
) -> None:
    """Keep an invitation that waits to be accepted."""
    row = InvitationRow(
        id=uuid4(),
        organiser_id=organiser_id,
        invited_by=invited_by,
        email=email,
        token_hash=token_hash,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    db.add(row)
    db.flush()


def good_invitation(db: Db, token_hash: str, now: datetime) -> Invitation | None:
    """An invitation that was neither accepted nor is too old.

    It ends when whoever sent it is no longer an editor.
    """
    found = db.exec(
        select(InvitationRow, OrganiserRow.name)
        .join(OrganiserRow, col(OrganiserRow.id) == col(InvitationRow.organiser_id))
        .join(
            EditorRow,
            sa.and_(
                col(EditorRow.organiser_id) == col(InvitationRow.organiser_id),
                col(EditorRow.account_id) == col(InvitationRow.invited_by),
            ),
        )
        .where(
            col(InvitationRow.token_hash) == token_hash,
            col(InvitationRow.accepted_at).is_(None),
            col(InvitationRow.expires_at) > now,
        )
    ).first()
    if found is None:
        return None
    row, organiser = found
    return Invitation(row.id, row.organiser_id, organiser, row.email)


def use_up(db: Db, invitation_id: UUID, now: datetime) -> int:
    """Mark an invitation as accepted. Gives 0 where somebody did so meanwhile."""
    return db.exec(
        sa.update(InvitationRow)
        .where(col(InvitationRow.id) == invitation_id, col(InvitationRow.accepted_at).is_(None))
        .values(accepted_at=now)
    ).rowcount


def forget_invitations(db: Db, now: datetime) -> int:
    """Remove invitations that have run out. Gives how many."""
    return db.exec(sa.delete(InvitationRow).where(col(InvitationRow.expires_at) <= now)).rowcount


def _organisers(
    db: Db, account_id: UUID, organiser_id: UUID | None = None
) -> tuple[OwnOrganiser, ...]:
    query = (
        select(OrganiserRow.id, OrganiserRow.name, sa.func.count(col(GroupRow.id)))
        .join(EditorRow, col(EditorRow.organiser_id) == col(OrganiserRow.id))
        .outerjoin(GroupRow, col(GroupRow.organiser_id) == col(OrganiserRow.id))
        .where(col(EditorRow.account_id) == account_id)
        .group_by(col(OrganiserRow.id), col(OrganiserRow.name))
        .order_by(col(OrganiserRow.name))
    )
    if organiser_id is not None:
        query = query.where(col(OrganiserRow.id) == organiser_id)
    return tuple(OwnOrganiser(*found) for found in db.exec(query))
