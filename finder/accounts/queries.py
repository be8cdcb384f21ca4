"""Queries on accounts: addresses that proved themselves, how they sign in, who is suspended."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts.rules import LINK_LASTS, SIGN_IN_LASTS, Account, SignedIn, SignInLink
from finder.accounts.tables import (
    AccountRow,
    EditorRow,
    GroupEditorRow,
    ModeratorRow,
    SignInLinkRow,
    SignInRow,
    SuspensionRow,
)
from finder.listings.tables import GroupRow
from finder.platform import tokens
from finder.platform.db.database import Db
from finder.platform.db.inserting import insert_into
from finder.platform.emails import mailbox


def id_for(db: Db, email: str, now: datetime) -> UUID:
    """The account of an address that has just proved itself, made if there is none.

    email: in lower case. Two links that prove it at the same moment make one account. Nobody
    deletes it before the commit; where somebody just has, this makes a new one.
    """
    adding = (
        insert_into(db, AccountRow)
        .values(id=uuid4(), email=email, created_at=now)
        .on_conflict_do_nothing(index_elements=["email"])
    )
    its = select(AccountRow.id).where(col(AccountRow.email) == email)
    while True:
        db.exec(adding)
        if found := db.exec(its.with_for_update(read=True, key_share=True)).first():
            return found


def hold(db: Db, account_ids: Iterable[UUID]) -> set[UUID]:
    """Keep accounts from being deleted before the commit. Gives those that are there."""
    its = select(AccountRow.id).where(col(AccountRow.id).in_(sorted(account_ids)))
    ordered = its.order_by(col(AccountRow.id))
    return set(db.exec(ordered.with_for_update(read=True, key_share=True)))


def lock(db: Db, account_id: UUID) -> bool:
    """Let everybody else wait who writes for an account. False where it is gone.

    Call it at the beginning of a transaction: accounts are locked before all else.
    """
    its = select(AccountRow.id).where(col(AccountRow.id) == account_id)
    return db.exec(its.with_for_update()).first() is not None


def of_same_mailbox(account_id: UUID) -> sa.CompoundSelect[UUID]:
    """The ids of all accounts of one person, this one among them, as a part of other queries."""
    own = sa.select(col(AccountRow.mailbox)).where(col(AccountRow.id) == account_id)
    same = sa.select(col(AccountRow.id)).where(col(AccountRow.mailbox) == own.scalar_subquery())
    return sa.select(sa.literal(account_id, sa.Uuid())).union(same)


def is_editor_of(db: Db, email: str, group_id: UUID) -> bool:
    """Whether an address leads to the mailbox of an editor of the group, or of its organiser."""
    of_organiser = (
        select(EditorRow.account_id)
        .join(GroupRow, col(GroupRow.organiser_id) == col(EditorRow.organiser_id))
        .where(col(GroupRow.id) == group_id)
    )
    alone = select(GroupEditorRow.account_id).where(col(GroupEditorRow.group_id) == group_id)
    is_either = sa.or_(col(AccountRow.id).in_(of_organiser), col(AccountRow.id).in_(alone))
    found = db.exec(
        select(AccountRow.id).where(col(AccountRow.mailbox) == mailbox(email), is_either)
    )
    return found.first() is not None


def lock_address(db: Db, email: str) -> None:
    """Make others who ask for the same address wait until this is committed.

    SQLite has one writer anyway. Without it, many requests at one moment would each count the
    links before any of the others added its own.
    """
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(email))))


def count_links(db: Db, email: str, since: datetime, network_mark: str | None = None) -> int:
    """How many links were made for an address since a moment, used or not.

    network_mark: only those that this network asked for.
    """
    return db.exec(
        select(sa.func.count())
        .select_from(SignInLinkRow)
        .where(
            col(SignInLinkRow.email) == email,
            col(SignInLinkRow.created_at) > since,
            sa.true() if network_mark is None else col(SignInLinkRow.network_mark) == network_mark,
        )
    ).one()


def add_link(
    db: Db, email: str, token_hash: str, next_path: str, now: datetime, network_mark: str = ""
) -> None:
    """Keep a link that waits to be opened. network_mark: of who asked for it."""
    row = SignInLinkRow(
        email=email,
        token_hash=token_hash,
        next_path=next_path,
        network_mark=network_mark,
        created_at=now,
    )
    db.add(row)
    db.flush()


def good_link(db: Db, token_hash: str, now: datetime) -> SignInLink | None:
    """A link that was neither used nor is too old. Changes nothing."""
    row = db.exec(select(SignInLinkRow).where(*_is_good(token_hash, now))).first()
    return SignInLink(row.email, row.next_path) if row else None


def use_link(db: Db, token_hash: str, now: datetime) -> SignInLink | None:
    """Mark a good link as used, and give it. Of two requests at one moment, one gets it."""
    found = db.execute(
        sa.update(SignInLinkRow)
        .where(*_is_good(token_hash, now))
        .values(used_at=now)
        .returning(col(SignInLinkRow.email), col(SignInLinkRow.next_path))
        .execution_options(synchronize_session=False)
    ).first()
    return SignInLink(*found) if found else None


def add_sign_in(db: Db, account_id: UUID, secret_hash: str, today: date, now: datetime) -> None:
    """Keep a browser that is signed in from now on."""
    row = SignInRow(account_id=account_id, secret_hash=secret_hash, created_at=now, seen_on=today)
    db.add(row)
    db.flush()


def sign_in_by_secret(
    db: Db, secret_hash: str, now: datetime, *, is_held: bool = False
) -> SignedIn | None:
    """Whose browser this is; None where it never was signed in, or is no longer.

    is_held: the account is not deleted before the commit.
    """
    query = (
        select(SignInRow, AccountRow, ModeratorRow)
        .join(AccountRow, col(AccountRow.id) == col(SignInRow.account_id))
        .outerjoin(ModeratorRow, col(ModeratorRow.account_id) == col(SignInRow.account_id))
        .where(
            col(SignInRow.secret_hash) == secret_hash,
            col(SignInRow.created_at) > now - SIGN_IN_LASTS,
        )
    )
    if is_held:
        query = query.with_for_update(read=True, key_share=True, of=AccountRow)
    found = db.exec(query).first()
    return _signed_in(*found) if found else None


def sign_ins_of(db: Db, account_id: UUID, now: datetime) -> tuple[SignedIn, ...]:
    """Every browser that an account is signed in with, the one used last first."""
    rows = db.exec(
        select(SignInRow, AccountRow, ModeratorRow)
        .join(AccountRow, col(AccountRow.id) == col(SignInRow.account_id))
        .outerjoin(ModeratorRow, col(ModeratorRow.account_id) == col(SignInRow.account_id))
        .where(
            col(SignInRow.account_id) == account_id, col(SignInRow.created_at) > now - SIGN_IN_LASTS
        )
        .order_by(col(SignInRow.seen_on).desc(), col(SignInRow.created_at).desc())
    )
    return tuple(_signed_in(*row) for row in rows)


def mark_seen(db: Db, sign_in_id: UUID, today: date) -> None:
    """Keep the day on which a browser was used last."""
    db.exec(sa.update(SignInRow).where(col(SignInRow.id) == sign_in_id).values(seen_on=today))


def end_by_secret(db: Db, secret_hash: str) -> None:
    """Sign one browser out."""
    db.exec(sa.delete(SignInRow).where(col(SignInRow.secret_hash) == secret_hash))


def end_sign_in(db: Db, account_id: UUID, sign_in_id: UUID) -> int:
    """Sign a browser out that is the account's own. Gives how many there were: 1 or 0."""
    return db.exec(
        sa.delete(SignInRow).where(
            col(SignInRow.account_id) == account_id, col(SignInRow.id) == sign_in_id
        )
    ).rowcount


def end_other_sign_ins(db: Db, account_id: UUID, kept_id: UUID) -> int:
    """Sign out every browser of an account but one. Gives how many."""
    return db.exec(
        sa.delete(SignInRow).where(
            col(SignInRow.account_id) == account_id, col(SignInRow.id) != kept_id
        )
    ).rowcount


def forget_links(db: Db, before: datetime) -> int:
    """Remove links that were made up to a moment. Gives how many."""
    return db.exec(sa.delete(SignInLinkRow).where(col(SignInLinkRow.created_at) <= before)).rowcount


def forget_sign_ins(db: Db, before: datetime) -> int:
    """Remove browsers that signed in up to a moment. Gives how many."""
    return db.exec(sa.delete(SignInRow).where(col(SignInRow.created_at) <= before)).rowcount


def suspend(db: Db, account_id: UUID, network_mark: str | None, now: datetime) -> None:
    """Suspend an account, and reviews from the network by whose mark it wrote."""
    email = db.get_one(AccountRow, account_id).email
    row = SuspensionRow(
        account_id=account_id,
        email_mark=tokens.email_mark(mailbox(email)),
        network_mark=network_mark,
        since_at=now,
    )
    db.add(row)
    db.flush()


def lift_suspension(db: Db, account_id: UUID, now: datetime) -> None:
    """End an account's suspension."""
    db.exec(
        sa.update(SuspensionRow)
        .where(col(SuspensionRow.account_id) == account_id, col(SuspensionRow.lifted_at).is_(None))
        .values(lifted_at=now)
    )


def is_suspended(db: Db, account_id: UUID) -> bool:
    """Whether an account is suspended."""
    found = db.exec(
        select(SuspensionRow.id).where(
            col(SuspensionRow.account_id) == account_id, col(SuspensionRow.lifted_at).is_(None)
        )
    ).first()
    return found is not None


def is_sender_suspended(db: Db, account_id: UUID, email: str, network_mark: str | None) -> bool:
    """Whether an account, one of the same mailbox, or a network is suspended; also an account that
    is gone, by its mark.
    """
    is_in_force = col(SuspensionRow.lifted_at).is_(None)
    matches: list[sa.ColumnElement[bool]]
    matches = [col(SuspensionRow.account_id).in_(of_same_mailbox(account_id))]
    if network_mark:
        matches.append(col(SuspensionRow.network_mark) == network_mark)
    without_account = (is_in_force, col(SuspensionRow.account_id).is_(None))
    if db.exec(select(SuspensionRow.id).where(*without_account)).first():
        # Older marks are of the exact address.
        marks = {tokens.email_mark(one) for one in {email, mailbox(email)}}
        matches.append(col(SuspensionRow.email_mark).in_(marks))
    return (
        db.exec(select(SuspensionRow.id).where(is_in_force, sa.or_(*matches))).first() is not None
    )


def forget_suspensions(db: Db, before: datetime) -> int:
    """Forget suspensions that began up to a moment. Gives how many."""
    return db.exec(sa.delete(SuspensionRow).where(col(SuspensionRow.since_at) <= before)).rowcount


def forget_suspended_networks(db: Db, before: datetime) -> int:
    """Forget the networks that were suspended up to a moment: other people get their addresses."""
    return db.exec(
        sa.update(SuspensionRow)
        .where(col(SuspensionRow.network_mark).is_not(None), col(SuspensionRow.since_at) <= before)
        .values(network_mark=None)
    ).rowcount


def _is_good(token_hash: str, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(SignInLinkRow.token_hash) == token_hash,
        col(SignInLinkRow.used_at).is_(None),
        col(SignInLinkRow.created_at) > now - LINK_LASTS,
    )


def _signed_in(row: SignInRow, account: AccountRow, moderator: ModeratorRow | None) -> SignedIn:
    person = Account(account.id, account.email, moderator is not None)
    return SignedIn(row.id, person, row.created_at, row.seen_on)
