"""What a group costs: the shape, how it reads, and how people type it."""

from dataclasses import dataclass

from finder.domain.vocabulary import CostKind


@dataclass(frozen=True)
class Cost:
    """What a family pays. All sums are pence.

    pence: the price of one visit, the suggested donation, or the whole block.
    block_sessions: how many visits a block buys; needed for a block, refused otherwise.
    """

    kind: CostKind
    pence: int | None = None
    sibling_pence: int | None = None
    block_sessions: int | None = None
    is_first_free: bool = False

    @property
    def each_pence(self) -> int:
        """What one visit costs. A donation counts as what is suggested."""
        if self.block_sessions:
            return -(-(self.pence or 0) // self.block_sessions)
        return self.pence or 0
