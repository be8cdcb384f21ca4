"""Somebody claims a listing that another added. A moderator decides."""

from datetime import datetime, timedelta
from uuid import UUID

from finder.accounts import queries as accounts_queries
from finder.accounts.rules import Account
from finder.domain.refused import Refused
from finder.listings.tables import GroupRow
from finder.organise import emails
from finder.organise.claims import queries
from finder.organise.claims.rules import Claimable, ClaimScope, check_why
from finder.platform.db.database import Db, read_locked
from finder.platform.mail import queries as mail_queries
from finder.reviews.service import NoSuchGroup

MOST_A_DAY = 20


def find(db: Db, account_id: UUID, group_id: UUID) -> Claimable:
    """A published listing, and how this account's claim to it stands. NoSuchGroup."""
    found = queries.claimable(db, account_id, group_id)
    if found is None:
        raise NoSuchGroup(str(group_id))
    return found


def claim(
    db: Db,
    account: Account,
    group_id: UUID,
    why: str,
    now: datetime,
    scope: ClaimScope = ClaimScope.GROUP,
) -> None:
    """Save a claim for a moderator, and queue a mail to the claimant, in one commit. NoSuchGroup.

    scope: what they ask to look after. Refused without a reason, for a listing of one's own, and
    after twenty in a day. A second claim to a listing changes nothing.
    """
    check_why(why)
    # Of two claims at once, each would count without the other.
    accounts_queries.lock_address(db, account.email)
    found = read_locked(
        db, lambda: find(db, account.id, group_id), GroupRow, lambda one: [one.group_id]
    )
    if found.is_own:
        raise Refused("why", "You look after this listing already")
    if queries.count_since(db, account.id, now - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused("why", "You have claimed many listings today. Claim more tomorrow")
    if queries.add(db, group_id, account.id, scope, why, now):
        letter = emails.claim_kept(found.name, found.venue_name)
        mail_queries.queue(db, f"claim:{group_id}:{account.id}", account.email, *letter, now)
    db.commit()
