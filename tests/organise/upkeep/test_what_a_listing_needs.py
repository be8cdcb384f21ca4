"""What a listing needs, and what its organiser may do with it."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

import pytest

from finder.domain.refused import Refused
from finder.domain.schedule.sessions import Occurrence
from finder.domain.vocabulary import ListingState
from finder.organise.upkeep.rules import (
    ASKED_FIRST,
    ListingSummary,
    Standing,
    Wish,
    check_note,
    check_range,
    needs,
)

TODAY = date(2026, 11, 24)
FINE = ListingSummary(
    id=UUID(int=1),
    ref="songs",
    name="Songs",
    venue_name="Hall",
    organiser_id=UUID(int=2),
    organiser="Hill Library",
    state=ListingState.PUBLISHED,
    is_example=False,
    next=Occurrence(TODAY, time(10), time(11)),
    created_on=date(2025, 1, 1),
    checked_on=TODAY,
    silent_since=None,
    has_end=True,
    unanswered=0,
    has_level=True,
)
WAITS = {ListingState.WAITING, ListingState.HIDDEN}


def test_a_listing_of_which_all_is_known_needs_nothing() -> None:
    assert needs(FINE, TODAY) == ()


def test_each_thing_that_is_missing_is_said() -> None:
    bare = replace(FINE, next=None, checked_on=None, has_end=False, unanswered=8, has_level=False)

    said = needs(bare, TODAY)

    assert said[0] == "Nobody has checked it yet. Is it still running?"
    assert len(said) == 5
    assert said[-1].startswith(f"None of the {len(ASKED_FIRST)} questions")
    some = needs(replace(FINE, unanswered=7), TODAY)
    assert some[0].startswith(f"7 of the {len(ASKED_FIRST)} questions")


@pytest.mark.parametrize(("days", "is_due"), [(89, False), (90, True)])
def test_it_is_asked_about_after_90_days(days: int, is_due: bool) -> None:
    listing = replace(FINE, checked_on=TODAY - timedelta(days=days))

    assert listing.needs_check(TODAY) is is_due


def test_a_new_listing_that_nobody_has_checked_is_not_asked_about_at_once() -> None:
    assert not replace(FINE, checked_on=None, created_on=TODAY).needs_check(TODAY)


@pytest.mark.parametrize("state", [ListingState.PAUSED, ListingState.ENDED, ListingState.DRAFT])
def test_what_parents_do_not_see_need_not_be_true(state: ListingState) -> None:
    assert not replace(FINE, state=state, checked_on=date(2025, 1, 1)).needs_check(TODAY)


@pytest.mark.parametrize("state", ListingState)
def test_only_what_was_published_once_can_be_published_again(state: ListingState) -> None:
    standing = Standing(UUID(int=1), state, is_silent=False)

    if state in {ListingState.PAUSED, ListingState.ENDED}:
        assert standing.after(Wish.PUBLISH) is ListingState.PUBLISHED
    else:
        with pytest.raises(Refused):
            standing.after(Wish.PUBLISH)


@pytest.mark.parametrize("state", sorted(WAITS))
def test_what_a_moderator_decides_is_not_gone_around(state: ListingState) -> None:
    standing = Standing(UUID(int=1), state, is_silent=False)

    for wish in Wish:
        with pytest.raises(Refused):
            standing.after(wish)
    with pytest.raises(Refused):
        standing.check_copy()
    assert replace(FINE, state=state).wishes == ()


def test_what_was_hidden_for_silence_can_be_brought_back() -> None:
    silent = replace(FINE, state=ListingState.HIDDEN, silent_since=TODAY)

    assert silent.wishes == (Wish.PUBLISH, Wish.END)
    assert silent.needs_check(TODAY)
    assert "Hidden since" in needs(silent, TODAY)[0]


@pytest.mark.parametrize("words", ["Ask for Sarah at the door", "Phone 01632 960 000", "x" * 301])
def test_a_note_is_held_to_the_rules_of_reviews(words: str) -> None:
    with pytest.raises(Refused):
        check_note(words)


def test_a_note_without_names_is_fine() -> None:
    check_note("We don’t go round with names any more, and there is a quiet corner.")


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (TODAY - timedelta(days=1), TODAY, "first"),
        (TODAY, TODAY - timedelta(days=1), "last"),
        (TODAY + timedelta(days=2), TODAY + timedelta(days=1), "last"),
        (TODAY, TODAY + timedelta(days=401), "last"),
    ],
)
def test_days_that_make_no_sense_are_refused(first: date, last: date, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_range(first, last, "half term", TODAY)

    assert refusal.value.field == field


def test_a_note_on_a_date_is_short() -> None:
    with pytest.raises(Refused):
        check_range(TODAY, TODAY, "x" * 201, TODAY)
