"""A draft as JSON and back, for the history: what goes in comes out equal."""

import json
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from finder.domain.cost import Cost
from finder.domain.facts import Fact
from finder.domain.groups import GettingIn, GroupDraft, Place, Step, VenueDraft
from finder.domain.schedule import Session
from finder.domain.vocabulary import (
    Booking,
    Busy,
    CostKind,
    Expected,
    Format,
    Nation,
    Noise,
    Repeats,
    Size,
    TalkingLevel,
    VenueKind,
    Weekday,
)

Word = TypeVar("Word", bound=Enum)


def to_json(draft: GroupDraft) -> str:
    """The whole draft. Words are kept by their value, dates and times in ISO form."""
    return json.dumps(draft, default=_plain, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> GroupDraft:
    """The draft that was kept. KeyError or Refused where this release can't read it."""
    kept: dict[str, Any] = json.loads(text)
    level = kept["claimed_level"]
    return GroupDraft(
        **{
            **kept,
            "venue": _venue(kept["venue"]),
            "format": _word(Format, kept["format"]),
            "other_formats": frozenset(_word(Format, word) for word in kept["other_formats"]),
            "sessions": tuple(map(_session, kept["sessions"])),
            "cost": Cost(**{**kept["cost"], "kind": _word(CostKind, kept["cost"]["kind"])}),
            "booking": _word(Booking, kept["booking"]),
            "size": _word(Size, kept["size"]) if kept["size"] else None,
            "noise": _word(Noise, kept["noise"]) if kept["noise"] else None,
            "busy": _word(Busy, kept["busy"]) if kept["busy"] else None,
            "claimed_level": list(TalkingLevel)[level - 1] if level else None,
            "facts": _facts(kept["facts"]),
            "steps": tuple(
                Step(s["minutes_from_start"], s["what"], _word(Expected, s["expected"]))
                for s in kept["steps"]
            ),
            "getting_in": GettingIn(**kept["getting_in"]),
        }
    )


def _word(kind: type[Word], value: str) -> Word:
    return {member.value: member for member in kind}[value]


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names(type(value))}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"no way to keep {type(value).__name__}")


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _facts(kept: dict[str, bool]) -> dict[Fact, bool]:
    known = {fact.value: fact for fact in Fact}
    return {known[word]: is_yes for word, is_yes in kept.items()}


def _venue(kept: dict[str, Any]) -> VenueDraft:
    return VenueDraft(
        **{
            **kept,
            "kind": _word(VenueKind, kept["kind"]),
            "place": Place(**kept["place"]),
            "nation": _word(Nation, kept["nation"]),
            "facts": _facts(kept["facts"]),
        }
    )


def _session(kept: dict[str, Any]) -> Session:
    return Session(
        **{
            **kept,
            "weekday": _word(Weekday, kept["weekday"]),
            "starts": time.fromisoformat(kept["starts"]),
            "ends": time.fromisoformat(kept["ends"]),
            "repeats": _word(Repeats, kept["repeats"]),
            "first_on": date.fromisoformat(kept["first_on"]) if kept["first_on"] else None,
            "last_on": date.fromisoformat(kept["last_on"]) if kept["last_on"] else None,
        }
    )
