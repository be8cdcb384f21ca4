"""What a listing is made of, field by field, as its editors see it: in histories and conflicts.

Things that only make sense together are one field: a price and its block, an address and its
pin. So any mixture of two editors' fields is a listing that makes sense.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from finder.domain.ages import ages_label
from finder.domain.facts import VENUE_FACTS, Fact
from finder.domain.groups import GettingIn, GroupDraft, Step
from finder.domain.schedule.sessions import Session
from finder.domain.schedule.words import sentence

NOTHING = "nothing"
_GETTING_IN = {
    "door": "Which door",
    "pram": "Shoes and the pram",
    "bring": "What to bring",
    "say_at_door": "What to say at the door",
    "if_asleep_or_crying": "If the baby is asleep or crying",
    "how_to_pay": "How and when to pay",
}
_ADDRESS = ("name", "street", "locality", "postcode", "place", "nation", "council_code")


@dataclass(frozen=True)
class ListingField:
    """One thing that an editor may change. value: compares and can be put into another draft.

    unsaid: how to say that two differ that read alike, like an address with another pin.
    """

    key: str
    label: str
    value: Callable[[GroupDraft], Any]
    put: Callable[[GroupDraft, Any], GroupDraft]
    say: Callable[[Any], str]
    unsaid: str = ""

    def words(self, draft: GroupDraft) -> str:
        """How the field reads in a draft; "nothing" where nothing is said."""
        return self.say(self.value(draft)) or NOTHING

    def both(self, one: GroupDraft, other: GroupDraft) -> tuple[str, str]:
        """How the field reads in two drafts that differ in it, be it in what has no words."""
        said, then = self.words(one), self.words(other)
        return (said, then) if said != then else (said, then + self.unsaid)


def _several(
    key: str, label: str, names: tuple[str, ...], say: Callable[[Any], str]
) -> ListingField:
    return ListingField(
        key,
        label,
        lambda draft: tuple(getattr(draft, name) for name in names),
        lambda draft, values: replace(draft, **dict(zip(names, values, strict=True))),
        say,
    )


def _one(name: str, label: str, say: Callable[[Any], str] = str) -> ListingField:
    return ListingField(
        name,
        label,
        lambda draft: getattr(draft, name),
        lambda draft, value: replace(draft, **{name: value}),
        say,
    )


def _line(name: str, label: str) -> ListingField:
    def put(draft: GroupDraft, value: str) -> GroupDraft:
        way: GettingIn = replace(draft.getting_in, **{name: value})
        return replace(draft, getting_in=way)

    return ListingField(name, label, lambda draft: getattr(draft.getting_in, name), put, str)


def _fact(fact: Fact) -> ListingField:
    def put(draft: GroupDraft, answer: bool | None) -> GroupDraft:
        return replace(draft, facts=with_answer(draft.facts, fact, answer))

    return ListingField(fact.value, fact.yes, lambda draft: draft.facts.get(fact), put, answer_word)


def _of_building(fact: Fact) -> ListingField:
    def put(draft: GroupDraft, answer: bool | None) -> GroupDraft:
        venue = replace(draft.venue, facts=with_answer(draft.venue.facts, fact, answer))
        return replace(draft, venue=venue)

    return ListingField(
        fact.value, fact.yes, lambda draft: draft.venue.facts.get(fact), put, answer_word
    )


def with_answer(facts: Mapping[Fact, bool], fact: Fact, answer: bool | None) -> dict[Fact, bool]:
    """The facts with another answer to one of them; None takes the answer out."""
    others = {kept: is_yes for kept, is_yes in facts.items() if kept is not fact}
    return others if answer is None else {**others, fact: answer}


def answer_word(answer: bool | None) -> str:
    """An answer as people read it."""
    return {True: "yes", False: "no", None: "not known"}[answer]


def _address(draft: GroupDraft) -> tuple[object, ...]:
    return tuple(getattr(draft.venue, name) for name in _ADDRESS)


def _put_address(draft: GroupDraft, values: tuple[Any, ...]) -> GroupDraft:
    return replace(draft, venue=replace(draft.venue, **dict(zip(_ADDRESS, values, strict=True))))


def _say_address(values: tuple[Any, ...]) -> str:
    """Without the pin: nobody reads a place off two numbers."""
    return ", ".join(filter(None, values[:4]))


def _say_formats(values: tuple[Any, ...]) -> str:
    main, others = values
    return ", also ".join(
        filter(None, (main.label, ", ".join(sorted(other.label for other in others))))
    )


def _say_sessions(sessions: tuple[Session, ...]) -> str:
    return "; ".join(map(_say_session, sessions))


def _say_session(session: Session) -> str:
    parts = [sentence(session)]
    if session.first_on:
        parts.append(f"from {session.first_on.isoformat()}")
    if session.last_on:
        parts.append(f"until {session.last_on.isoformat()}")
    return ", ".join(parts)


def _say_steps(steps: tuple[Step, ...]) -> str:
    return "; ".join(f"{s.minutes_from_start} min: {s.what} ({s.expected.label})" for s in steps)


def _say_booking(values: tuple[Any, ...]) -> str:
    booking, url, phone = values
    return ", ".join(filter(None, (booking.label, url, phone)))


def _label(word: Any) -> str:
    return word.label if word else "not known"


FIELDS: tuple[ListingField, ...] = (
    ListingField(
        "venue", "Where it is", _address, _put_address, _say_address, ", with the pin elsewhere"
    ),
    ListingField(
        "venue_kind",
        "What sort of place",
        lambda draft: draft.venue.kind,
        lambda draft, kind: replace(draft, venue=replace(draft.venue, kind=kind)),
        _label,
    ),
    *(_of_building(fact) for fact in VENUE_FACTS),
    _one("name", "Name"),
    _several("formats", "What you do there", ("format", "other_formats"), _say_formats),
    _several("ages", "Ages", ("age_from_months", "age_to_months"), lambda ages: ages_label(*ages)),
    _one("size", "How many come", _label),
    _one("summary", "In short"),
    _one("website", "Web page"),
    _one("sessions", "When it is on", _say_sessions),
    _one("cost", "Cost", lambda cost: cost.label()),
    _several("booking", "Booking", ("booking", "booking_url", "booking_phone"), _say_booking),
    _one("claimed_level", "Talking required", _label),
    _one("noise", "Noise", _label),
    _one("busy", "How full it gets", _label),
    *(_fact(f) for f in Fact if f.is_asked_of_organisers and f not in VENUE_FACTS),
    _one("steps", "What happens", _say_steps),
    *(_line(name, label) for name, label in _GETTING_IN.items()),
)
"""Every field, in the order of the steps by which a listing is written."""
