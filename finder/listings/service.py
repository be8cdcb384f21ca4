"""What our own venues' areas are found by."""

from finder.listings.venue_areas import renew_keys
from finder.platform.db.database import Db


def renew_areas(db: Db) -> int:
    """Let every area be found by its name, also where another release wrote it.

    Gives how many venues kept another name than today's rule makes, or none.
    """
    renewed = renew_keys(db.connection())
    db.commit()
    return renewed
