"""What the log keeps of a decision: how things stood before and after, and what changed, in words.

A snapshot holds states and ids only. Its words here are those that the database keeps.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from typing_extensions import TypedDict

from finder.domain.vocabulary import Labelled, ListingState
from finder.listings.duplicates.rules import DuplicateState
from finder.moderation.reports.rules import ReportKind, ReportState
from finder.organise.claims.rules import ClaimState
from finder.reviews.rules import ReviewState


class ReviewSnapshot(TypedDict):
    """How a review stood, and of which group it was."""

    state: str
    group: str


class ListingSnapshot(TypedDict):
    """How a listing stood. Dates are ISO dates; merged_into: the id of another listing."""

    state: str
    maybe_closed_on: str | None
    silent_since: str | None
    merged_into: str | None


class ReportSnapshot(TypedDict):
    """How a report stood."""

    state: str
    kind: str


class ClaimSnapshot(TypedDict):
    """How a claim stood, and whether whoever made it could edit the listing."""

    state: str
    is_editor: bool


class Snapshot(TypedDict, total=False):
    """How the things stood that a decision touches, by id. Other kinds are left out.

    duplicates: their states. suspended: whether an account was.
    """

    reviews: dict[str, ReviewSnapshot]
    listings: dict[str, ListingSnapshot]
    reports: dict[str, ReportSnapshot]
    claims: dict[str, ClaimSnapshot]
    duplicates: dict[str, str]
    suspended: dict[str, bool]


Fields = Mapping[str, object]

NOTHING = "nothing"
_THINGS = {
    "reviews": "Review",
    "listings": "Listing",
    "reports": "Report",
    "claims": "Claim",
    "duplicates": "Suspected duplicate",
    "suspended": "Account",
}
_ASPECTS = {
    "group": "its group",
    "maybe_closed_on": "note that it may have closed",
    "silent_since": "not heard from since",
    "merged_into": "put together with another",
    "kind": "what it is about",
    "is_editor": "its sender looks after the listing",
    "suspended": "suspended",
}
_VOCABULARY: Mapping[tuple[str, str], type[Labelled]] = {
    ("reviews", "state"): ReviewState,
    ("listings", "state"): ListingState,
    ("reports", "state"): ReportState,
    ("reports", "kind"): ReportKind,
    ("claims", "state"): ClaimState,
    ("duplicates", "state"): DuplicateState,
}


def changes_between(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """What differs between two snapshots, a line each, in a fixed order.

    "Review: waiting for a moderator, then published". More than one of a kind are numbered.
    """
    return tuple(
        line
        for kind in _THINGS
        for line in _changes_of_kind(kind, _things(before, kind), _things(after, kind))
    )


def _things(snapshot: Fields, kind: str) -> Fields:
    things = snapshot.get(kind)
    return things if isinstance(things, Mapping) else {}


def _changes_of_kind(kind: str, before: Fields, after: Fields) -> Iterator[str]:
    ids = sorted(before.keys() | after.keys())
    for number, thing_id in enumerate(ids, 1):
        name = f"{_THINGS[kind]} {number}" if len(ids) > 1 else _THINGS[kind]
        old, new = _fields(kind, before.get(thing_id)), _fields(kind, after.get(thing_id))
        for field in sorted(old.keys() | new.keys()):
            if old.get(field) != new.get(field):
                aspect = f", {_ASPECTS[field]}" if field in _ASPECTS else ""
                yield f"{name}{aspect}: {_change(kind, field, old.get(field), new.get(field))}"


def _fields(kind: str, thing: object) -> Fields:
    """The fields of a thing. One that is kept as a single value has a single field."""
    if thing is None:
        return {}
    if isinstance(thing, Mapping):
        return thing
    return {"suspended" if kind == "suspended" else "state": thing}


def _change(kind: str, field: str, old: object, new: object) -> str:
    if field == "group" and old and new:
        return "moved to another"
    return f"{_value_text(kind, field, old)}, then {_value_text(kind, field, new)}"


def _value_text(kind: str, field: str, value: object) -> str:
    if field == "merged_into":
        return "yes" if value else "no"
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.endswith(("_on", "_since")):
        day = date.fromisoformat(str(value))
        return f"{day.day} {day:%B %Y}"
    if field == "group":
        return "a group"
    for word in _VOCABULARY.get((kind, field), ()):
        if word.value == value:
            return word.label[:1].lower() + word.label[1:]
    return str(value)
