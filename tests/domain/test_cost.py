"""What people type about money becomes one cost, or is refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.cost import Cost, parse_cost, pounds
from finder.domain.refused import Refused
from finder.domain.vocabulary import CostKind

FREE = Cost(CostKind.FREE)


def each(pence, sibling=None, **more):
    return Cost(CostKind.EACH_TIME, pence, sibling, **more)


def donation(pence=None, sibling=None):
    return Cost(CostKind.DONATION, pence, sibling)


def block(pence, sessions, sibling=None, **more):
    return Cost(CostKind.BLOCK, pence, sibling, sessions, **more)


@pytest.mark.parametrize(
    ("typed", "cost"),
    [
        ("£1.50", each(150)),
        ("1.50", each(150)),
        ("1.5", each(150)),
        ("£1.50p", each(150)),
        ("50p", each(50)),
        ("£3 per session", each(300)),
        ("£3.00 per child", each(300)),
        ("£3 a week", each(300)),
        ("free", FREE),
        ("FOC", FREE),
        ("Free of charge", FREE),
        ("No charge.", FREE),
        ("£0.00", FREE),
        ("0", FREE),
        ("donation", donation()),
        ("Free, donations welcome", donation()),
        ("Voluntary contribution", donation()),
        ("donation £1", donation(100)),
        ("suggested donation £1.50", donation(150)),
        ("£1 (suggested donation)", donation(100)),
        ("£2.50 (siblings £1)", each(250, 100)),
        ("£3 / £1 sibling", each(300, 100)),
        ("£4 per child, siblings free", each(400, 0)),
        ("£5 per child, £2 for each additional child", each(500, 200)),
        ("£3 first child, £1.50 siblings", each(300, 150)),
        ("£3 per family", each(300, 0)),
        ("£36 for 6 weeks", block(3600, 6)),
        ("6 weeks £36", block(3600, 6)),
        ("block of 6: £36", block(3600, 6)),
        ("£60 for a 10-week course", block(6000, 10)),
        ("£36 for 6 sessions (£30 siblings)", block(3600, 6, 3000)),
        ("First session free, then £5", each(500, is_first_free=True)),
        ("£48 for 8 weeks, free trial", block(4800, 8, is_first_free=True)),
    ],
)
def test_a_price_is_read_as_people_type_it(typed, cost):
    assert parse_cost(typed) == cost


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("£2-£4", "we found two"),
        ("£2 to £4", "we found two"),
        ("£3/£5", "we found two"),
        ("varies", "varies"),
        ("see website", "Say the price here"),
        ("www.example.org/prices", "Say the price here"),
        ("TBC", "Say the price here"),
        ("£12 a month", "memberships"),
        ("£36 per term", "how many sessions"),
        ("£6 per session, block of 6", "whole block"),
        ("£40 for 1 session", "2 to 60"),
        ("150", "pounds or pence"),
        ("£1,50", "can’t tell"),
        ("from £4", "can’t tell"),
        ("free for members, £3", "memberships"),
        ("free / £3", "or is there a price"),
        ("£3 (siblings £4)", "sibling"),
        ("£1.999", "can’t tell"),
        ("a tenner", "can’t tell"),
        ("£", "can’t tell"),
        ("£5000", "£1,000"),
        ("", "Say what it costs"),
        ("9" * 300, "at most 200"),
    ],
)
def test_a_price_that_may_be_two_things_is_refused_with_the_reason(typed, why):
    with pytest.raises(Refused, match=why) as refusal:
        parse_cost(typed)

    assert refusal.value.field == "cost"


def outcome(typed):
    try:
        return parse_cost(typed)
    except Refused as refusal:
        return refusal


@given(st.text(max_size=220))
def test_any_text_is_a_cost_or_a_refusal(typed):
    assert isinstance(outcome(typed), Cost | Refused)


WORDS = st.sampled_from(
    [
        "£",
        "1.50",
        "50p",
        "3",
        "£4",
        "36",
        "free",
        "donation",
        "for",
        "6",
        "weeks",
        "per",
        "session",
        "sibling",
        "siblings",
        "(",
        ")",
        "/",
        "-",
        ",",
        "£2-£4",
        "term",
        "block",
        "of",
        "first",
        "family",
        "1000",
        "£0",
        "varies",
    ]
)


@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_any_jumble_of_the_words_of_prices_is_a_cost_or_a_refusal(typed):
    assert isinstance(outcome(typed), Cost | Refused)


@st.composite
def costs(draw):
    kind = draw(st.sampled_from(CostKind))
    if kind is CostKind.FREE:
        return FREE
    pence = draw(st.integers(1, 100_000))
    if kind is CostKind.DONATION and draw(st.booleans()):
        return Cost(kind, is_first_free=draw(st.booleans()))
    sibling = draw(st.none() | st.integers(0, pence))
    sessions = draw(st.integers(2, 60)) if kind is CostKind.BLOCK else None
    return Cost(kind, pence, sibling, sessions, draw(st.booleans()))


@given(costs())
def test_a_cost_as_it_is_shown_can_be_typed_back(cost):
    assert parse_cost(cost.label()) == cost


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        (FREE, "Free"),
        (donation(), "Donation"),
        (donation(150), "Donation, £1.50 suggested"),
        (each(450), "£4.50 each time"),
        (each(450, 100), "£4.50 each time, £1 a sibling"),
        (each(450, 0, is_first_free=True), "£4.50 each time, siblings free, first visit free"),
        (block(3600, 6), "£36 for 6 sessions"),
    ],
)
def test_a_cost_is_said_in_one_short_line(cost, said):
    assert cost.label() == said


def test_sums_are_written_as_on_a_church_hall_notice():
    assert [pounds(p) for p in (0, 5, 99, 100, 150, 3605)] == [
        "£0", "5p", "99p", "£1", "£1.50", "£36.05",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cost", "pence"),
    [(FREE, 0), (donation(), 0), (donation(150), 150), (each(450), 450), (block(3601, 6), 601)],
)
def test_groups_are_compared_by_what_one_visit_costs(cost, pence):
    assert cost.each_pence == pence


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ((CostKind.FREE, 100), "pence"),
        ((CostKind.FREE, None, 100), "sibling_pence"),
        ((CostKind.FREE, None, None, None, True), "pence"),
        ((CostKind.EACH_TIME,), "pence"),
        ((CostKind.EACH_TIME, 0), "pence"),
        ((CostKind.EACH_TIME, -5), "pence"),
        ((CostKind.EACH_TIME, 100_001), "pence"),
        ((CostKind.EACH_TIME, 300, 301), "sibling_pence"),
        ((CostKind.EACH_TIME, 300, -1), "sibling_pence"),
        ((CostKind.EACH_TIME, 300, None, 6), "block_sessions"),
        ((CostKind.BLOCK, 3600), "block_sessions"),
        ((CostKind.BLOCK, 3600, None, 1), "block_sessions"),
        ((CostKind.BLOCK, None, None, 6), "pence"),
    ],
)
def test_a_cost_that_nobody_could_pay_is_refused_with_its_field(parts, field):
    with pytest.raises(Refused) as refusal:
        Cost(*parts)

    assert refusal.value.field == field
