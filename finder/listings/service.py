"""Keeps the areas of venues searchable by name."""

from finder.listings.venue_areas import renew_keys
from finder.platform.db.database import Db


def renew_areas(db: Db) -> int:
    """Compute the search keys of all areas again, since another release may have other rules.

    Returns how many venues had a different key or none.
    """
    renewed = renew_keys(db.connection())
    db.commit()
    return renewed
