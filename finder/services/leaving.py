"""What somebody does who wants to know what we hold of them, or wants us to forget them."""

from datetime import datetime
from typing import Any

from finder.domain.accounts import Account
from finder.domain.refused import Refused
from finder.store import editors, moderated_lines, personal, reviews
from finder.store.database import Db


def everything(db: Db, account: Account) -> dict[str, Any]:
    """All that we hold of an account, as JSON can say it."""
    return {
        "about": "Everything that Quiet Corner holds about this email address.",
        "email": account.email,
        "held": personal.everything_of(db, account.id, account.email),
        "organisers": [one.name for one in editors.organisers_of(db, account.id)],
    }


def delete_account(db: Db, account: Account, now: datetime, *, keep_reviews: bool) -> None:
    """Forget somebody at once. Listings that they looked after stay, without them.

    keep_reviews: their published reviews go on counting without an author; else they go too.
    Refused for the last moderator: reports would wait for nobody.
    """
    if account.is_moderator and moderated_lines.count_moderators(db) < 2:
        raise Refused("reviews", "You are the only moderator. Add another one first")
    groups = sorted(set(personal.groups_reviewed(db, account.id)))
    moderated_lines.lock_groups(db, groups)
    personal.forget(db, account.id, account.email, keep_reviews=keep_reviews)
    for group_id in groups:
        reviews.recount(db, group_id, now)
    db.commit()
    personal.leave_no_trace(db)
