"""A rule of retention: what is kept, and for how long."""

from dataclasses import dataclass
from datetime import timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class RetentionRule:
    """One kind of data that is deleted in time. how_long: how long and from when, in words."""

    key: str
    what: str
    lasts: timedelta
    how_long: str
