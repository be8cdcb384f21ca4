"""An accepted claim gives what it asked for; taking it back takes that away and nothing else."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts import editors, rights
from finder.accounts import queries as accounts_queries
from finder.accounts.rules import Account
from finder.listings.tables import GroupRow
from finder.moderation.rules import Action, ItemKind, Reason
from finder.organise.claims import service as claims_service
from finder.organise.claims.rules import ClaimScope, ClaimState
from finder.organise.tables import ClaimRow
from finder.platform.db.database import Db
from tests.support.moderation_parts import PARENT, claim, decide, found
from tests.support.review_parts import NOW, add_group

CLAIM = ItemKind.CLAIM


def account(db: Db, email: str = PARENT) -> UUID:
    found = accounts_queries.id_for(db, email, NOW)
    db.commit()
    return found


def may_change(db: Db, account_id: UUID, *groups: UUID) -> list[bool]:
    own = rights.own_among(db, account_id, groups)
    db.rollback()
    return [group in own for group in groups]


def invite(db: Db, account_id: UUID, group: UUID) -> None:
    """An editor of the organiser asks somebody to be another, and they say yes."""
    its = db.exec(select(GroupRow.organiser_id).where(col(GroupRow.id) == group)).one()
    editors.add(db, its, account_id, NOW)
    db.commit()


def test_an_accepted_claim_is_of_one_listing(db: Db, group: UUID, mod: Account) -> None:
    other, parent = add_group(db, "other"), account(db)

    decide(db, mod, CLAIM, claim(db, group), Action.ACCEPT, reason=Reason.OWN)

    assert may_change(db, parent, group, other) == [True, False]
    assert editors.organisers_of(db, parent) == ()


def test_whoever_asks_for_all_of_an_organiser_says_so(db: Db, group: UUID, mod: Account) -> None:
    other, parent = add_group(db, "other"), account(db)
    person = Account(parent, PARENT, is_moderator=False)
    claims_service.claim(db, person, group, "I run all of it.", NOW, ClaimScope.ORGANISER)
    claimed = db.exec(select(ClaimRow.id)).one()
    db.rollback()
    assert dict(found(db, CLAIM, claimed).lines)["They ask for"] == "All that this organiser lists"

    decide(db, mod, CLAIM, claimed, Action.ACCEPT, reason=Reason.OWN)
    assert may_change(db, parent, group, other) == [True, True]
    decide(db, mod, CLAIM, claimed, Action.UNDO, reason=Reason.MISTAKE)

    assert may_change(db, parent, group, other) == [False, False]


def test_refusing_an_old_claim_leaves_an_editor_who_was_invited_since(
    db: Db, group: UUID, mod: Account
) -> None:
    claimed, parent = claim(db, group), account(db)
    invite(db, parent, group)

    decide(db, mod, CLAIM, claimed, Action.REFUSE, reason=Reason.NOT_OWN)

    assert may_change(db, parent, group) == [True]


def test_taking_back_an_accepted_claim_leaves_what_an_invitation_gave(
    db: Db, group: UUID, mod: Account
) -> None:
    claimed, parent = claim(db, group), account(db)
    decide(db, mod, CLAIM, claimed, Action.ACCEPT, reason=Reason.OWN)
    invite(db, parent, group)

    decide(db, mod, CLAIM, claimed, Action.UNDO, reason=Reason.MISTAKE)

    assert may_change(db, parent, group) == [True]
    assert found(db, CLAIM, claimed).state == ClaimState.WAITING.label


def test_a_claim_of_before_took_the_organiser_and_gives_that_back(
    db: Db, group: UUID, mod: Account
) -> None:
    other, parent, claimed = add_group(db, "other"), account(db), claim(db, group)
    line = decide(db, mod, CLAIM, claimed, Action.ACCEPT, reason=Reason.OWN)
    as_before(db, claimed, group, parent)
    assert may_change(db, parent, group, other) == [True, True]

    undone = decide(db, mod, CLAIM, claimed, Action.UNDO, reason=Reason.MISTAKE)

    assert undone.undoes == line.id
    assert may_change(db, parent, group, other) == [False, False]


def as_before(db: Db, claimed: UUID, group: UUID, account_id: UUID) -> None:
    """Make an accepted claim one of the first release: it gave the whole organiser."""
    at = db.exec(select(ClaimRow.decided_at).where(col(ClaimRow.id) == claimed)).one()
    its = db.exec(select(GroupRow.organiser_id).where(col(GroupRow.id) == group)).one()
    assert at is not None
    rights.remove_from_group(db, group, account_id)
    editors.add(db, its, account_id, at)
    db.commit()


def test_suspending_a_claimant_takes_nothing_that_others_gave(
    db: Db, group: UUID, mod: Account
) -> None:
    claimed, parent = claim(db, group), account(db)
    invite(db, parent, group)

    decide(db, mod, CLAIM, claimed, Action.SUSPEND, reason=Reason.NOT_OWN)

    assert may_change(db, parent, group) == [True]
    assert db.execute(sa.select(sa.func.count()).select_from(ClaimRow)).scalar_one() == 1
