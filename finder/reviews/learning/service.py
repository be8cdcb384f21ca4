"""The rating learns from all reviews, and all levels are worked out anew."""

from datetime import datetime

from finder.domain.talking.learning import learn_tables
from finder.listings import learned
from finder.platform.db.database import Db
from finder.reviews.learning import queries


def learn(db: Db, now: datetime) -> tuple[int, int]:
    """Learn the model's tables from all published reviews, and rebuild every level by them.

    Gives how many groups taught it, and how many were rebuilt.
    """
    evidence = list(queries.evidence_of_groups(db, now))
    learned.keep_tables(db, learn_tables(evidence), len(evidence), now)
    db.commit()
    return len(evidence), rebuild_levels(db, now)


def rebuild_levels(db: Db, now: datetime) -> int:
    """Work out every group's levels and facts anew from its reviews. Gives how many groups.

    Gives the numbers that the reviews gave one by one, but for their fading until now.
    """
    count, last = 0, None
    while ids := queries.rebuild_some(db, last, now, learned.tables_in_use(db)):
        db.commit()
        count, last = count + len(ids), ids[-1]
    db.rollback()
    return count
