"""What somebody does who writes a listing: begin, save each step, come back, give up."""

from datetime import datetime
from uuid import UUID

from finder.accounts.service import NotYours
from finder.domain.groups import Place
from finder.domain.refused import Refused
from finder.organise import venues
from finder.organise.rules import MOST_UNFINISHED, NEAR_VENUE_M, NearVenue, Typed, Unfinished
from finder.organise.wizard import queries
from finder.platform.db.database import Db


def begin(db: Db, account_id: UUID, part: str, typed: Typed, now: datetime) -> UUID:
    """Begin a listing with what was typed into its first step. Refused for very many."""
    if len(queries.of_account(db, account_id)) >= MOST_UNFINISHED:
        db.rollback()
        raise Refused("send", "You have many unfinished listings. Finish or remove one of them")
    made = queries.add(db, account_id, now, {part: typed})
    db.commit()
    return made


def unfinished_of(db: Db, account_id: UUID) -> tuple[Unfinished, ...]:
    """An account's unfinished listings, the newest change first."""
    return queries.of_account(db, account_id)


def find(db: Db, account_id: UUID, unfinished_id: UUID) -> Unfinished:
    """An unfinished listing of this account. NotYours."""
    found = queries.one(db, account_id, unfinished_id)
    if found is None:
        raise NotYours
    return found


def keep(
    db: Db, account_id: UUID, unfinished_id: UUID, part: str, typed: Typed, now: datetime
) -> Unfinished:
    """Keep what was typed into one step, right or wrong, so that nothing is lost. NotYours."""
    found = queries.keep(db, account_id, unfinished_id, part, typed, now)
    if found is None:
        db.rollback()
        raise NotYours
    db.commit()
    return found


def give_up(db: Db, account_id: UUID, unfinished_id: UUID) -> None:
    """Forget an unfinished listing. NotYours."""
    count = queries.remove(db, account_id, unfinished_id)
    db.commit()
    if not count:
        raise NotYours


def venues_near(db: Db, place: Place) -> tuple[NearVenue, ...]:
    """Venues within 300 m where published groups meet, nearest first."""
    return venues.near(db, place, NEAR_VENUE_M)
