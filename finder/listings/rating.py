"""What was heard of a group: the counts that its rating is made of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from finder.domain.facts import Fact
from finder.domain.talking.rating import Report
from finder.platform.db.database import Db


@dataclass(frozen=True)
class Heard:
    """What parents answered about one group: levels with their age, and yes and no by fact."""

    reports: Sequence[Report] = ()
    facts: Mapping[Fact, tuple[int, int]] = field(default_factory=dict)


HeardOf = Callable[[Db, UUID, date], Heard]
"""What parents answered about a group, as of a day. Reviews are kept by a room above this one."""
