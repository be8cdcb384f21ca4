"""What a decision changed is said in words: no ids, no names of columns."""

from typing import Any

import pytest

from finder.moderation.decision_text import changes_between

A, B = "a" * 36, "b" * 36


def listing(**more: Any) -> dict[str, Any]:
    kept = {
        "state": "published",
        "maybe_closed_on": None,
        "silent_since": None,
        "merged_into": None,
    }
    return {"listings": {A: kept | more}}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            {"reviews": {A: {"state": "held", "group": B}}},
            {"reviews": {A: {"state": "published", "group": B}}},
            "Review: waiting for a moderator, then published",
        ),
        (
            {"reviews": {A: {"state": "held", "group": B}}},
            {"reviews": {A: {"state": "held", "group": A}}},
            "Review, its group: moved to another",
        ),
        (
            {"reports": {A: {"state": "waiting", "kind": "closed"}}},
            {"reports": {A: {"state": "answered", "kind": "closed"}}},
            "Report: waiting for a moderator, then answered",
        ),
        (listing(), listing(state="hidden"), "Listing: published, then hidden"),
        (
            listing(maybe_closed_on="2026-05-03"),
            listing(),
            "Listing, note that it may have closed: 3 May 2026, then nothing",
        ),
        (
            listing(),
            listing(silent_since="2026-05-03"),
            "Listing, not heard from since: nothing, then 3 May 2026",
        ),
        (listing(), listing(merged_into=B), "Listing, put together with another: no, then yes"),
        (
            {"claims": {A: {"state": "waiting", "is_editor": False}}},
            {"claims": {A: {"state": "waiting", "is_editor": True}}},
            "Claim, its sender looks after the listing: no, then yes",
        ),
        (
            {"duplicates": {A: "waiting"}},
            {"duplicates": {A: "apart"}},
            "Suspected duplicate: waiting for a moderator, then two groups",
        ),
        ({"suspended": {A: False}}, {"suspended": {A: True}}, "Account, suspended: no, then yes"),
    ],
)
def test_each_change_is_said_in_words(
    before: dict[str, Any], after: dict[str, Any], said: str
) -> None:
    assert changes_between(before, after) == (said,)
    assert changes_between(before, before) == ()


def test_several_of_a_kind_are_numbered_alike_before_and_after() -> None:
    held = {"state": "held", "group": "g"}
    before = {"reviews": {A: held, B: held}}
    after = {"reviews": {B: {"state": "hidden", "group": "g"}}}

    assert changes_between(before, after) == (
        "Review 1, its group: a group, then nothing",
        "Review 1: waiting for a moderator, then nothing",
        "Review 2: waiting for a moderator, then hidden by a moderator",
    )
