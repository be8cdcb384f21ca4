"""Ages, as real spreadsheets say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.ages import ages_label, parse_ages
from finder.domain.refused import Refused


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        ("0-18m", (0, 18)),
        ("0-5 yrs", (0, 60)),
        ("birth to 2 years", (0, 24)),
        ("under 5s", (0, 60)),
        ("6m+", (6, 60)),
        ("walking to 4", (12, 48)),
        ("babies", (0, 12)),
    ],
)
def test_ages_are_read_as_they_are_written(typed: str, months: tuple[int, int]) -> None:
    assert parse_ages(typed) == months


def test_ages_that_may_be_months_or_years_are_refused() -> None:
    with pytest.raises(Refused, match="months or in years"):
        parse_ages("0-2")


def test_ages_read_as_people_say_them() -> None:
    assert ages_label(0, 24) == "Birth to 2 years"
    assert ages_label(6, 36) == "6 months to 3 years"


@given(st.text(max_size=60))
def test_any_text_is_ages_or_is_refused(text: str) -> None:
    try:
        youngest, oldest = parse_ages(text)
        assert 0 <= youngest <= oldest
    except Refused as refusal:
        assert refusal.message


@given(st.integers(0, 84), st.integers(0, 84))
def test_what_a_page_says_reads_back_as_the_same_ages(a: int, b: int) -> None:
    youngest, oldest = sorted((a, b))

    assert parse_ages(ages_label(youngest, oldest)) == (youngest, oldest)
