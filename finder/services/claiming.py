"""Somebody says that a listing which another added is theirs. A moderator decides."""

from datetime import datetime, timedelta
from uuid import UUID

from finder.domain.accounts import LONGEST_CLAIM, Account, Claimable
from finder.domain.refused import Refused
from finder.services import keeping_letters
from finder.services.reviewing import NoSuchGroup
from finder.store import claims, outbox
from finder.store.database import Db

MOST_A_DAY = 20
SHORTEST = 10


def find(db: Db, account_id: UUID, group_id: UUID) -> Claimable:
    """A published listing, and how this account's claim to it stands. NoSuchGroup."""
    found = claims.claimable(db, account_id, group_id)
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
    if claims.count_since(db, account.id, now - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused("why", "You have claimed many listings today. Claim more tomorrow")
    if claims.add(db, group_id, account.id, why, now):
        letter = keeping_letters.claim_kept(found.name, found.venue_name)
        outbox.queue(db, f"claim:{group_id}:{account.id}", account.email, *letter, now)
    db.commit()


def check_why(why: str) -> None:
    """Refuse a claim that tells a moderator nothing, or too much."""
    if len(why.strip()) < SHORTEST:
        raise Refused("why", "Say in a sentence how you belong to this group")
    if len(why) > LONGEST_CLAIM:
        raise Refused("why", f"Use {LONGEST_CLAIM:,} characters or fewer")
