"""What people type about ages becomes months, or is refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.ages import OLDEST_MONTHS, ages_label, parse_ages
from finder.domain.refused import Refused


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        ("0-18m", (0, 18)),
        ("0 – 18 months", (0, 18)),
        ("0-5 yrs", (0, 60)),
        ("2-5 years", (24, 60)),
        ("birth to 2 years", (0, 24)),
        ("Newborn - 6 months", (0, 6)),
        ("Ages: 6 months to 3 years", (6, 36)),
        ("6m-3y", (6, 36)),
        ("6 mths – 3 yrs", (6, 36)),
        ("18 months to 4", (18, 48)),
        ("2½ to 5 years", (30, 60)),
        ("6 weeks to 6 months", (1, 6)),
        ("under 5s", (0, 60)),
        ("Under-5s", (0, 60)),
        ("Under 2’s", (0, 24)),
        ("6m+", (6, 60)),
        ("from 6 months", (6, 60)),
        ("5 years and over", (60, 84)),
        ("up to 18 months", (0, 18)),
        ("walking to 4", (12, 48)),
        ("Walkers", (12, 60)),
        ("Pre-walkers", (0, 12)),
        ("babies", (0, 12)),
        ("Toddlers", (12, 36)),
        ("Babies & toddlers", (0, 36)),
    ],
)
def test_ages_are_read_as_people_type_them(typed, months):
    assert parse_ages(typed) == months


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("0-2", "in months or in years"),
        ("0-18", "in months or in years"),
        ("3 months to 12", "12 months or years"),
        ("3+", "3 months or years"),
        ("18 months", "from this age, or up to it"),
        ("12-Jun", "made a date"),
        ("Jun-12", "made a date"),
        ("06/12/2026", "made a date"),
        ("5-2 years", "youngest age comes first"),
        ("0-99 years", "7 years"),
        ("all ages", "can’t read"),
        ("pre-school", "can’t read"),
        ("", "which ages"),
        ("1" * 120, "at most 100"),
    ],
)
def test_ages_that_may_be_two_things_are_refused_with_the_reason(typed, why):
    with pytest.raises(Refused, match=why) as refusal:
        parse_ages(typed)

    assert refusal.value.field == "ages"


WORDS = st.sampled_from(
    [
        "0",
        "2",
        "18",
        "84",
        "5",
        "1/2",
        "½",
        "m",
        "months",
        "years",
        "yrs",
        "weeks",
        "-",
        "to",
        "+",
        "under",
        "5s",
        "birth",
        "walking",
        "from",
        "up",
        "and",
        "babies",
        "only",
        ".",
        ",",
        "12-Jun",
    ]
)


@given(st.text(max_size=120) | st.lists(WORDS, max_size=7).map(" ".join))
def test_any_text_is_two_ages_or_a_refusal(typed):
    try:
        youngest, oldest = parse_ages(typed)
    except Refused:
        return

    assert 0 <= youngest <= oldest <= OLDEST_MONTHS


def test_all_ages_as_they_are_shown_can_be_typed_back():
    pairs = [(a, b) for b in range(OLDEST_MONTHS + 1) for a in range(b + 1)]

    assert [parse_ages(ages_label(*pair)) for pair in pairs] == pairs


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ((0, 24), "Birth to 2 years"),
        ((0, 12), "Birth to 12 months"),
        ((6, 36), "6 months to 3 years"),
        ((6, 18), "6 to 18 months"),
        ((12, 36), "1 to 3 years"),
        ((18, 60), "18 months to 5 years"),
        ((36, 36), "3 years only"),
        ((0, 0), "Newborn only"),
    ],
)
def test_ages_are_said_as_people_say_them(months, said):
    assert ages_label(*months) == said
