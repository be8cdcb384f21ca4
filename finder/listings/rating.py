"""What was heard of a group: the counts that its rating is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from finder.domain.facts import Fact
from finder.domain.talking.rating import Report


@dataclass(frozen=True)
class Heard:
    """What parents answered about one group: levels with their age, and yes and no by fact."""

    reports: Sequence[Report] = ()
    facts: Mapping[Fact, tuple[int, int]] = field(default_factory=dict)
