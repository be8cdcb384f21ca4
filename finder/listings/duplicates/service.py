"""Looks for listings that may be one group, so that a moderator can put them together."""

from datetime import datetime
from itertools import islice
from uuid import UUID

from finder.listings.drafts import drafts_of
from finder.listings.duplicates import queries
from finder.listings.duplicates.rules import why_suspect
from finder.platform.db.database import Db

PAIRS_AT_ONCE = 200


def spot(db: Db, now: datetime, only: UUID | None = None) -> int:
    """Keep new suspicions for the queue. Gives how many. The caller commits.

    only: those with this listing. A pair that a moderator has looked at does not come again.
    """
    count, waiting = 0, iter(tuple(queries.near_pairs(db, only)))
    while pairs := tuple(islice(waiting, PAIRS_AT_ONCE)):
        drafts = drafts_of(db, {group_id for pair in pairs for group_id in pair})
        found = [
            (one, other, why)
            for one, other in pairs
            if (why := why_suspect(drafts[one], drafts[other]))
        ]
        queries.add(db, found, now)
        count += len(found)
    return count


def spot_all(db: Db, now: datetime) -> int:
    """The same for all listings, in one commit."""
    count = spot(db, now)
    db.commit()
    return count
