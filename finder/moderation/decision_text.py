"""What a moderator's decision changed, in words. The log itself keeps states and ids."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from finder.domain.vocabulary import Labelled, ListingState
from finder.listings.duplicates.rules import DuplicateState
from finder.moderation.reports.rules import ReportKind, ReportState
from finder.organise.claims.rules import ClaimState
from finder.reviews.rules import ReviewState

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
_WORDS: Mapping[tuple[str, str], type[Labelled]] = {
    ("reviews", "state"): ReviewState,
    ("listings", "state"): ListingState,
    ("reports", "state"): ReportState,
    ("reports", "kind"): ReportKind,
    ("claims", "state"): ClaimState,
    ("duplicates", "state"): DuplicateState,
}


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """What differs between how things stood before and after, a line each, in a fixed order.

    "Review: waiting for a moderator, then published". More than one of a kind are numbered.
    """
    return tuple(_lines(before, after))


def _lines(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for kind, thing in _THINGS.items():
        old, new = before.get(kind, {}), after.get(kind, {})
        ids = sorted(old.keys() | new.keys())
        for number, thing_id in enumerate(ids, 1):
            name = f"{thing} {number}" if len(ids) > 1 else thing
            was, became = _fields(kind, old.get(thing_id)), _fields(kind, new.get(thing_id))
            for field in sorted(was.keys() | became.keys()):
                if was.get(field) != became.get(field):
                    aspect = f", {_ASPECTS[field]}" if field in _ASPECTS else ""
                    yield f"{name}{aspect}: {_change(kind, field, was, became)}"


def _fields(kind: str, value: Any) -> Mapping[str, Any]:
    """The fields of a thing; those kept as one word only are told as one field."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return value
    return {"suspended" if kind == "suspended" else "state": value}


def _change(kind: str, field: str, was: Mapping[str, Any], became: Mapping[str, Any]) -> str:
    old, new = was.get(field), became.get(field)
    if field == "group" and old and new:
        return "moved to another"
    return f"{_said(kind, field, old)}, then {_said(kind, field, new)}"


def _said(kind: str, field: str, value: Any) -> str:
    if field == "merged_into":
        return "yes" if value else "no"
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.endswith(("_on", "_since")):
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    if field == "group":
        return "a group"
    for word in _WORDS.get((kind, field), ()):
        if word.value == value:
            return word.label[:1].lower() + word.label[1:]
    return str(value)
