"""Somebody says that a listing is theirs: kept for a moderator, and nothing else changes."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.accounts.rules import Account
from finder.domain.refused import Refused
from finder.domain.vocabulary import ListingState
from finder.organise.claims import service as claims_service
from finder.organise.claims.rules import ClaimState
from finder.organise.tables import ClaimRow
from finder.platform.db.database import Database, Db
from finder.reviews.service import NoSuchGroup
from tests.support.organise_parts import BEN, editor, listing
from tests.support.review_parts import NOW, mails

WHY = "I lead it for the library, as its page says."


def account(db: Db, email: str = BEN) -> Account:
    found = Account(accounts_queries.id_for(db, email, NOW), email, is_moderator=False)
    db.commit()
    return found


def test_a_claim_waits_and_its_claimant_is_told_once(database: Database) -> None:
    with database.writing() as db:
        ben, hers = account(db), listing(db)

        for _ in range(2):
            claims_service.claim(db, ben, hers, WHY, NOW)

        (row,) = db.exec(select(ClaimRow)).all()
        assert (row.group_id, row.account_id, row.why) == (hers, ben.id, WHY)
        assert row.state is ClaimState.WAITING
        (letter,) = mails(db)
        assert (letter.recipient, letter.subject) == (BEN, "You say that a listing is yours")
        assert editors.organisers_of(db, ben.id) == ()
        assert claims_service.find(db, ben.id, hers).state is ClaimState.WAITING


def test_what_is_one_s_own_is_not_claimed(database: Database) -> None:
    with database.writing() as db:
        hers = listing(db)
        editor(db, BEN)

        with pytest.raises(Refused):
            claims_service.claim(db, account(db), hers, WHY, NOW)


@pytest.mark.parametrize("why", ["", "mine", "x" * 1_001])
def test_a_claim_says_why(database: Database, why: str) -> None:
    with database.writing() as db:
        hers = listing(db)

        with pytest.raises(Refused):
            claims_service.claim(db, account(db), hers, why, NOW)


def test_what_is_not_published_is_not_there(database: Database) -> None:
    with database.writing() as db:
        ben = account(db)

        for what in (listing(db, state=ListingState.PAUSED), UUID(int=7)):
            with pytest.raises(NoSuchGroup):
                claims_service.claim(db, ben, what, WHY, NOW)


def test_nobody_claims_everything(database: Database) -> None:
    with database.writing() as db:
        ben = account(db)
        for n in range(claims_service.MOST_A_DAY):
            claims_service.claim(db, ben, listing(db, f"ref {n}"), WHY, NOW)
        last = listing(db, "last")

        with pytest.raises(Refused):
            claims_service.claim(db, ben, last, WHY, NOW)
        claims_service.claim(db, ben, last, WHY, NOW + timedelta(days=1))
