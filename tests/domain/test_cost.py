"""What a group costs."""

from finder.domain.cost import Cost
from finder.domain.vocabulary import CostKind


def test_a_free_group_has_no_price() -> None:
    assert Cost(CostKind.FREE).pence is None


def test_costs_with_the_same_words_are_the_same() -> None:
    assert Cost(CostKind.EACH_TIME, 250) == Cost(CostKind.EACH_TIME, 250)
