"""Somebody says that a listing which another added is theirs. A moderator decides."""

from datetime import datetime, timedelta
from uuid import UUID

from finder.accounts.rules import Account
from finder.domain.refused import Refused
from finder.organise import emails as organise_emails
from finder.organise.claims import queries
from finder.organise.claims.rules import Claimable, check_why
from finder.platform.db.database import Db
from finder.platform.mail import queries as mail_queries
from finder.reviews.service import NoSuchGroup

MOST_A_DAY = 20


def find(db: Db, account_id: UUID, group_id: UUID) -> Claimable:
    """A published listing, and how this account's claim to it stands. NoSuchGroup."""
    found = queries.claimable(db, account_id, group_id)
    if found is None:
        raise NoSuchGroup(str(group_id))
    return found


def claim(db: Db, account: Account, group_id: UUID, why: str, now: datetime) -> None:
    """Keep a claim for a moderator, and tell the claimant by mail, in one commit. NoSuchGroup.

    Refused without words, for what is one's own already, and after twenty in a day. Claiming
    twice is claiming once.
    """
    check_why(why)
    found = find(db, account.id, group_id)
    if found.is_own:
        raise Refused("why", "You look after this listing already")
    if queries.count_since(db, account.id, now - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused("why", "You have claimed many listings today. Claim more tomorrow")
    if queries.add(db, group_id, account.id, why, now):
        letter = organise_emails.claim_kept(found.name, found.venue_name)
        mail_queries.queue(db, f"claim:{group_id}:{account.id}", account.email, *letter, now)
    db.commit()
