"""The shape of one promise: what is kept, and for how long."""

from dataclasses import dataclass
from datetime import timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class RetentionRule:
    """One kind of thing that is forgotten in time. how_long: from when, in words."""

    key: str
    what: str
    lasts: timedelta
    how_long: str
