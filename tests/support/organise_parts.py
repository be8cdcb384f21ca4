"""Organisers, their editors and listings for tests."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.domain.vocabulary import ListingState
from finder.listings.tables import GroupRow, OrganiserRow
from finder.platform.db.database import Db
from finder.reviews.saving import save
from tests.support.examples import group
from tests.support.review_parts import NOW

ANNA, BEN, CAROL = "anna@example.org", "ben@example.org", "carol@example.org"


@dataclass(frozen=True)
class Kept:
    """What a listing's row says."""

    state: ListingState
    version: int
    checked_on: date | None
    silent_since: date | None
    asked_on: date | None
    note: str | None
    note_on: date | None
    name: str


def listing(
    db: Db, ref: str = "songs", organiser: str = "Hill Library", now: Any = NOW, **changes: Any
) -> UUID:
    """A published listing of an organiser, listed at a moment."""
    state = changes.pop("state", None)
    checked_on = changes.pop("checked_on", None)
    draft = group(ref, organiser=organiser, **changes)
    saved = save(db, draft, at=now, state=state, checked_on=checked_on)
    db.commit()
    return saved.public_id


def editor(db: Db, email: str = ANNA, organiser: str = "Hill Library") -> UUID:
    """The account of an address, an editor from now on."""
    account_id = accounts_queries.id_for(db, email, NOW)
    editors.found(db, organiser, account_id, NOW)
    db.commit()
    return account_id


def organiser_id(db: Db, name: str = "Hill Library") -> UUID:
    found = db.exec(select(OrganiserRow.id).where(col(OrganiserRow.name) == name)).one()
    db.rollback()
    return found


def kept(db: Db, group_id: UUID) -> Kept:
    db.expire_all()
    row = db.get_one(GroupRow, group_id)
    found = Kept(**{name: getattr(row, name) for name in Kept.__dataclass_fields__})
    db.rollback()
    return found
