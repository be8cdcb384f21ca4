"""Two listings that may be one group: close by, alike in name, on at the same time.

One comparison, asked in two ways. Whoever lists a group is asked whether a listing is theirs
when the name or the time agrees: they know the answer, and "no" costs one press. A moderator is
asked only when the name agrees and one thing more: two groups often share a hall and an hour,
and nobody at a desk can tell them apart. Whatever a moderator is asked, the organiser was asked.
tests/listings/test_duplicate_rules.py holds the pairs by which the thresholds were chosen.
"""

from dataclasses import dataclass

from rapidfuzz import fuzz, utils

from finder.domain.groups import GroupDraft
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import Labelled, ListingState
from finder.places.rules import kilometres_between

NEAR_M = 150
"""Farther apart than this, two listings are two groups: a pin and the middle of its postcode
are nearer."""
SAME_PLACE_M = 100
"""An hour shared with a group of another name says something only in one building."""
ALIKE = 82
"""Of 100: names this alike may be one group's."""
LISTED = (ListingState.PUBLISHED, ListingState.WAITING, ListingState.PAUSED)
"""States of listings that another may be a second of."""


class DuplicateState(Labelled):
    """Where the suspicion stands."""

    WAITING = "waiting", "Waiting for a moderator"
    MERGED = "merged", "Put together"
    APART = "apart", "Two groups"


@dataclass(frozen=True)
class _Likeness:
    """What two listings have in common. names: of 100, whatever the order of the words."""

    metres: int
    names: int
    has_same_format: bool
    is_at_same_time: bool

    @property
    def has_like_name(self) -> bool:
        return self.metres <= NEAR_M and self.names >= ALIKE


def why_ask(one: GroupDraft, other: GroupDraft) -> str:
    """Why to ask an organiser whether two listings are one group; nothing where they differ."""
    found = _likeness(one, other)
    if found.has_like_name:
        return "It has nearly the same name."
    if found.is_at_same_time and found.metres <= SAME_PLACE_M:
        return "It is on there at the same time."
    return ""


def why_suspect(one: GroupDraft, other: GroupDraft) -> str:
    """Why a moderator should look at two listings; nothing where they don't look like one."""
    found = _likeness(one, other)
    shared = ["the same format"] if found.has_same_format else []
    shared += ["on at the same time"] if found.is_at_same_time else []
    if not (found.has_like_name and shared):
        return ""
    return (
        f"{found.metres} metres apart, names {found.names} per cent alike, {' and '.join(shared)}"
    )


def _likeness(one: GroupDraft, other: GroupDraft) -> _Likeness:
    return _Likeness(
        metres=round(kilometres_between(one.venue.place, other.venue.place) * 1_000),
        names=round(fuzz.token_set_ratio(_plain(one.name), _plain(other.name))),
        has_same_format=one.format is other.format,
        is_at_same_time=any(_overlap(a, b) for a in one.sessions for b in other.sessions),
    )


def _plain(name: str) -> str:
    """A name without what people write in several ways: case, signs, apostrophes, & for and."""
    spelled = name.replace("&", " and ").replace("'", "").replace("’", "")
    return utils.default_process(spelled)


def _overlap(one: Session, other: Session) -> bool:
    is_same_day = one.weekday is other.weekday
    return is_same_day and one.starts < other.ends and other.starts < one.ends
