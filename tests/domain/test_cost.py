"""What a group costs, as real spreadsheets say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.cost import Cost, parse_cost
from finder.domain.refused import Refused
from finder.domain.vocabulary import CostKind

FREE, DONATION, EACH, BLOCK = CostKind


@pytest.mark.parametrize(
    ("typed", "cost"),
    [
        ("£1.50", Cost(EACH, 150)),
        ("1.50", Cost(EACH, 150)),
        ("50p", Cost(EACH, 50)),
        ("free", Cost(FREE)),
        ("FOC", Cost(FREE)),
        ("donation", Cost(DONATION)),
        ("donation £1", Cost(DONATION, 100)),
        ("suggested donation £1.50", Cost(DONATION, 150)),
        ("£3 per session", Cost(EACH, 300)),
        ("£2.50 (siblings £1)", Cost(EACH, 250, 100)),
        ("£36 for 6 weeks", Cost(BLOCK, 3600, block_sessions=6)),
    ],
)
def test_a_cost_is_read_as_it_is_written(typed: str, cost: Cost) -> None:
    assert parse_cost(typed) == cost


@pytest.mark.parametrize("typed", ["", "£2-£4", "varies", "see website"])
def test_a_cost_that_could_mean_two_things_is_refused_with_the_reason(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_cost(typed)

    assert refusal.value.message


def test_a_block_is_compared_by_its_price_for_each_visit() -> None:
    assert Cost(BLOCK, 3600, block_sessions=7).each_pence == 515
    assert Cost(FREE).each_pence == Cost(DONATION).each_pence == 0


@given(st.text(max_size=60))
def test_any_text_is_a_cost_or_is_refused(text: str) -> None:
    try:
        assert isinstance(parse_cost(text), Cost)
    except Refused as refusal:
        assert refusal.message
