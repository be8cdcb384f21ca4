"""An account's own page, the download of all that we hold, and deleting the account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from finder.accounts import editors, moderators
from finder.accounts import queries as accounts_queries
from finder.accounts.rules import Account, OwnOrganiser, SignedIn
from finder.domain.refused import Refused
from finder.listings.tables import GroupRow
from finder.my_account import personal, queries
from finder.my_account.rules import MyReview
from finder.platform.db.database import Db, read_locked
from finder.reviews import queries as reviews_queries


def everything(db: Db, account: Account) -> dict[str, object]:
    """All that we hold of an account, as JSON can say it."""
    return {
        "about": "Everything that Quiet Corner holds about this email address.",
        "email": account.email,
        "held": personal.everything_of(db, account.id, account.email),
        "organisers": [one.name for one in editors.organisers_of(db, account.id)],
    }


def count_waiting_reports(db: Db, account: Account) -> int:
    """How many reports of somebody no moderator has read yet."""
    return personal.count_waiting_reports(db, account.email)


def delete_account(
    db: Db, account: Account, now: datetime, *, keep_reviews: bool, keep_reports: bool = False
) -> None:
    """Forget somebody at once. Listings that they looked after stay, without them.

    keep_reviews: their published reviews go on counting without an author; else they go too.
    keep_reports: the words of their reports stay as far as no moderator has read them yet.
    Refused for the last moderator: reports would wait for nobody. Nothing is left to do where
    another request has deleted the account meanwhile.
    """
    # Lets go of what the request holds: of two that delete, each would wait for the other.
    db.rollback()
    if not accounts_queries.lock(db, account.id):
        return
    moderating = {one[0] for one in moderators.everybody(db, is_locked=True)}
    if moderating == {account.id}:
        db.rollback()
        raise Refused("reviews", "You are the only moderator. Add another one first")
    groups = read_locked(db, lambda: personal.groups_reviewed(db, account.id), GroupRow, set)
    personal.forget_reports(db, account.email, keep_waiting=keep_reports)
    personal.forget(db, account.id, account.email, keep_reviews=keep_reviews)
    for group_id in sorted(set(groups)):
        reviews_queries.recount(db, group_id, now)
    db.commit()
    personal.empty_write_ahead_log(db)


@dataclass(frozen=True)
class AccountPage:
    """What somebody's own page shows."""

    reviews: tuple[MyReview, ...]
    organisers: tuple[OwnOrganiser, ...]
    sign_ins: tuple[SignedIn, ...]


def account_page(db: Db, account_id: UUID, now: datetime) -> AccountPage:
    """What somebody's own page shows: reviews, organisers, and browsers that are signed in."""
    return AccountPage(
        queries.of_account(db, account_id),
        editors.organisers_of(db, account_id),
        accounts_queries.sign_ins_of(db, account_id, now),
    )
