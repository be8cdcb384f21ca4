"""What a review may say, where it may stand, what is asked, and how it is shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.domain.refused import Refused
from finder.domain.vocabulary import TalkingLevel
from finder.reviews.rules import (
    MOVES,
    ReviewDraft,
    ReviewsPage,
    ReviewState,
    Visit,
    move,
    parents_in_words,
    recent_visits,
    season,
    state_once_confirmed,
)

TODAY = date(2026, 11, 24)


def draft(visit: Visit = Visit(2026, 10), words: str = "", advice: str = "") -> ReviewDraft:  # noqa: B008
    return ReviewDraft(TalkingLevel.HELLO, visit, today=TODAY, words=words, advice=advice)


def test_a_visit_this_month_and_one_two_years_ago_are_welcome() -> None:
    assert draft(Visit(2026, 11)).visit.month == 11
    assert draft(Visit(2024, 11)).visit.year == 2024


@pytest.mark.parametrize("visit", [Visit(2026, 12), Visit(2027, 1), Visit(2024, 10)])
def test_a_visit_to_come_or_long_ago_is_refused(visit: Visit) -> None:
    with pytest.raises(Refused) as refused:
        draft(visit)

    assert refused.value.field == "visit"


def test_there_is_no_thirteenth_month() -> None:
    with pytest.raises(Refused):
        Visit(2026, 13)


@pytest.mark.parametrize(("field", "longest"), [("words", 1_000), ("advice", 300)])
def test_words_have_a_longest_length(field: str, longest: int) -> None:
    assert draft(**{field: "a" * longest})

    with pytest.raises(Refused) as refused:
        draft(**{field: "a" * (longest + 1)})
    assert refused.value.field == field
    assert f"{longest:,}" in refused.value.message


@pytest.mark.parametrize("field", ["words", "advice"])
def test_a_phone_number_is_refused_beside_its_field(field: str) -> None:
    with pytest.raises(Refused, match="leave out phone numbers") as refused:
        draft(**{field: "ring 01632 960 000"})

    assert refused.value.field == field


def test_every_month_that_may_be_chosen_makes_a_review() -> None:
    months = recent_visits(TODAY)

    assert len(months) == 25
    assert months[0] == Visit(2026, 11)
    assert months[-1] == Visit(2024, 11)
    assert all(draft(visit) for visit in months)


@pytest.mark.parametrize(
    ("year", "month", "words"),
    [
        (2026, 3, "spring 2026"),
        (2026, 5, "spring 2026"),
        (2026, 8, "summer 2026"),
        (2026, 11, "autumn 2026"),
        (2025, 12, "winter 2025 to 2026"),
        (2026, 2, "winter 2025 to 2026"),
    ],
)
def test_a_visit_is_shown_as_a_season(year: int, month: int, words: str) -> None:
    assert season(Visit(year, month)) == words


def test_a_review_s_age_is_never_negative() -> None:
    assert Visit(2026, 11).age_days(date(2026, 11, 1)) == 0
    assert Visit(2026, 10).age_days(date(2026, 11, 15)) == 31


@given(st.sampled_from(ReviewState), st.sampled_from(ReviewState))
def test_nothing_goes_back_to_unconfirmed(old: ReviewState, new: ReviewState) -> None:
    if new is old or new in MOVES[old]:
        assert move(old, new) is new
        assert new is not ReviewState.UNCONFIRMED or old is new
        return
    with pytest.raises(Refused):
        move(old, new)


def test_an_author_cannot_withdraw_and_so_lift_what_a_moderator_hid() -> None:
    assert ReviewState.WITHDRAWN not in MOVES[ReviewState.HIDDEN]
    assert state_once_confirmed(ReviewState.HIDDEN) is ReviewState.HELD
    assert state_once_confirmed(ReviewState.HELD) is ReviewState.HELD


@pytest.mark.parametrize("earlier", [None, ReviewState.PUBLISHED, ReviewState.WITHDRAWN])
def test_a_confirmed_review_is_published(earlier: ReviewState | None) -> None:
    assert state_once_confirmed(earlier) is ReviewState.PUBLISHED


def test_one_parent_is_never_told_from_two() -> None:
    assert parents_in_words(1) == parents_in_words(2) == "one or two parents"
    assert parents_in_words(3) == "3 parents"
    assert parents_in_words(0) == "no parents yet"


def test_reviews_are_shown_from_the_third() -> None:
    assert not ReviewsPage(published=2).are_shown
    assert ReviewsPage(published=3).are_shown
    assert ReviewsPage(published=30, with_words=21).pages == 3
