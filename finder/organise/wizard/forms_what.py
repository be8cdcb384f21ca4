"""The steps "What is it?" and "What does it cost?"."""

from dataclasses import replace

from wtforms import Field, ValidationError

from finder.domain.ages import ages_label, parse_ages
from finder.domain.cost import Cost, parse_cost, pounds
from finder.domain.groups import LONGEST_NAME, LONGEST_TEXT, GroupDraft
from finder.domain.refused import Refused
from finder.domain.vocabulary import Booking, CostKind, Format, Size
from finder.organise import rules as organise_rules
from finder.organise.rules import Typed
from finder.organise.wizard.fields import (
    DONT_KNOW,
    Around,
    PartForm,
    chosen,
    chosen_or_unknown,
    line,
    or_unknown,
    pick,
    radios,
    text,
    tick,
    ticks,
)

NEW = "new"
LONGEST_AGES, LONGEST_SUM, LONGEST_ADDRESS, LONGEST_PHONE = 100, 20, 500, 40
MOST_FORMATS = 5


class WhatForm(PartForm):
    """Name, what you do there, ages, size, in short, and who runs it."""

    slug = "what"

    name = line("Name of the group", LONGEST_NAME, "Type the name of the group")
    format = pick("What do you do there?", Format, "The main thing. There is room for more below.")
    other_formats = ticks("Anything else?", Format, "Tick what is part of it too.")
    ages = line(
        "Which ages is it for?",
        LONGEST_AGES,
        "Say which ages it is for, like 0-18 months",
        "Like 0-18 months, 6 months to 3 years, or under 5s",
    )
    size = radios("How many families usually come?", or_unknown(Size), default=DONT_KNOW)
    summary = text(
        "Who is it for, and what is it like?",
        LONGEST_TEXT,
        "Two or three sentences, as you would tell a friend. No phone numbers, please.",
    )
    website = line("Its web page, if it has one", LONGEST_ADDRESS, hint="It begins with https://")
    organiser_id = radios("Who runs it?", {})
    organiser = line(
        "Name of whoever runs it",
        LONGEST_NAME,
        hint="Like Harbour Lane Library, or St Example’s Church. Parents see it.",
    )

    def prepare(self, around: Around) -> None:
        """Offer the organisers that this account edits. Who runs it is not changed later."""
        super().prepare(around)
        if around.is_edit:
            del self.organiser_id, self.organiser
            return
        own = {str(one.id): one.name for one in around.organisers}
        self.organiser_id.choices = own | {NEW: "Somebody else"}
        if self.organiser_id.data not in self.organiser_id.choices:
            self.organiser_id.data = next(iter(own), NEW)

    def validate_organiser(self, field: Field) -> None:
        """A new organiser needs a name."""
        if self.organiser_id.data != NEW:
            return
        if not field.data:
            raise ValidationError("Say who runs it")
        if self.around.is_taken(field.data):
            raise ValidationError(organise_rules.TAKEN)

    def put(self, draft: GroupDraft) -> GroupDraft:
        """The draft with these words."""
        youngest, oldest = parse_ages(self.ages.data)
        main = chosen(Format, self.format.data)
        others = {word for word in Format if word.value in (self.other_formats.data or ())}
        if len(others - {main}) > MOST_FORMATS:
            raise Refused("other_formats", f"Tick at most {MOST_FORMATS}")
        changed = replace(
            draft,
            name=self.name.data,
            format=main,
            other_formats=frozenset(others - {main}),
            age_from_months=youngest,
            age_to_months=oldest,
            size=chosen_or_unknown(Size, self.size.data),
            summary=self.summary.data,
            website=self.website.data,
        )
        if "organiser" not in self:
            return changed
        names = {str(one.id): one.name for one in self.around.organisers}
        return replace(changed, organiser=names.get(self.organiser_id.data, self.organiser.data))

    @classmethod
    def typed_of(cls, draft: GroupDraft) -> Typed:
        """The group's own words."""
        return {
            "name": [draft.name],
            "format": [draft.format.value],
            "other_formats": sorted(word.value for word in draft.other_formats),
            "ages": [ages_label(draft.age_from_months, draft.age_to_months)],
            "size": [draft.size.value if draft.size else DONT_KNOW],
            "summary": [draft.summary],
            "website": [draft.website],
        }


class CostForm(PartForm):
    """What it costs, and how to get a place."""

    slug = "cost"

    cost = radios("How do parents pay?", {kind.value: kind.label for kind in CostKind}, default="")
    pence = line(
        "Price", LONGEST_SUM, hint="Like £1.50. For a donation, what you suggest, if anything."
    )
    block_sessions = line("How many sessions does that buy?", 3, hint="Only for a block or term")
    sibling_pence = line("Price for a sibling", LONGEST_SUM, hint="0 if siblings are free")
    is_first_free = tick("The first visit is free")
    booking = radios(
        "How do parents get a place?", {word.value: word.label for word in Booking}, default=""
    )
    booking_url = line("Web page to book on", LONGEST_ADDRESS, hint="It begins with https://")
    booking_phone = line("Number to phone", LONGEST_PHONE)

    def put(self, draft: GroupDraft) -> GroupDraft:
        """The draft with this cost and booking. A price is not asked of a free group."""
        kind = chosen(CostKind, self.cost.data)
        is_free = kind is CostKind.FREE
        cost = Cost(
            kind,
            None if is_free else _pence("pence", self.pence.data),
            None if is_free else _pence("sibling_pence", self.sibling_pence.data),
            self._sessions() if kind is CostKind.BLOCK else None,
            bool(self.is_first_free.data) and not is_free,
        )
        return replace(
            draft,
            cost=cost,
            booking=chosen(Booking, self.booking.data),
            booking_url=self.booking_url.data,
            booking_phone=self.booking_phone.data,
        )

    def _sessions(self) -> int | None:
        typed = self.block_sessions.data
        return int(typed) if typed.isascii() and typed.isdigit() else None

    @classmethod
    def typed_of(cls, draft: GroupDraft) -> Typed:
        """The cost and booking as somebody would type them."""
        cost = draft.cost
        return {
            "cost": [cost.kind.value],
            "pence": [_typed_sum(cost.pence)],
            "block_sessions": [str(cost.block_sessions or "")],
            "sibling_pence": [_typed_sum(cost.sibling_pence)],
            **({"is_first_free": ["y"]} if cost.is_first_free else {}),
            "booking": [draft.booking.value],
            "booking_url": [draft.booking_url],
            "booking_phone": [draft.booking_phone],
        }


def _typed_sum(pence: int | None) -> str:
    if pence is None:
        return ""
    return pounds(pence) if pence else "0"


def _pence(field: str, typed: str) -> int | None:
    """Pence of one sum: "£1.50", "50p", "2". Nothing for an empty box."""
    if not typed:
        return None
    try:
        cost = parse_cost(typed)
    except Refused as refused:
        raise Refused(field, refused.message) from None
    if cost.kind is CostKind.FREE:
        return 0
    if cost != Cost(CostKind.EACH_TIME, cost.pence):
        raise Refused(field, "Type one sum, like £1.50")
    return cost.pence
