"""Attributes of a group and of its venue, for what the standard has no field for."""

from collections.abc import Iterator
from uuid import UUID, uuid5

from finder.domain.facts import VENUE_FACTS, Answers
from finder.domain.talking.evidence import FEWEST_COUNTED
from finder.open_data.listed import Listed
from finder.open_data.referral.shapes import AttributeShape
from finder.open_data.referral.terms import (
    FACTS,
    FORMATS,
    OTHER_DETAILS,
    TALKING,
    VENUE_KINDS,
    Taxonomy,
    term,
)

YES_NO = {True: "yes", False: "no"}
GETTING_IN = ("door", "pram", "bring", "say_at_door", "if_asleep_or_crying", "how_to_pay")
CHOICES = ("booking", "size", "noise", "busy")
PLAIN = ("ref", "booking_url", "booking_phone", "website")


def attributes_of(one: Listed) -> list[AttributeShape]:
    """Statements about a group, each with who makes it (`link_type`) and its value, if any."""
    return [*_formats(one), *_talking(one), *_facts(one), *_details(one)]


def building_of(one: Listed) -> list[AttributeShape]:
    """Statements about a venue: its kind, facts of the building, where it is."""
    venue, id_ = one.draft.venue, one.venue_id
    return [
        attribute(id_, VENUE_KINDS, venue.kind.value, "main"),
        *(
            attribute(id_, FACTS, fact.value, "organiser", YES_NO[is_yes])
            for fact, is_yes in venue.facts.items()
        ),
        attribute(id_, OTHER_DETAILS, "street", "detail", venue.street),
        attribute(id_, OTHER_DETAILS, "nation", "detail", venue.nation.value),
        attribute(id_, OTHER_DETAILS, "council", "detail", venue.council_code),
    ]


def attribute(
    owner: UUID,
    taxonomy: Taxonomy,
    word: str,
    link_type: str,
    value: str | None = None,
    nth: int = 0,
) -> AttributeShape:
    """One attribute. nth: where a word comes more than once."""
    named = term(taxonomy, word)
    shape: AttributeShape = {
        "id": str(uuid5(owner, f"{taxonomy.name} {word} {link_type} {nth}")),
        "link_id": str(owner),
        "taxonomy_term_id": named["id"],
        "link_type": link_type,
        "taxonomy_term": named,
    }
    if value is not None:
        shape["value"] = value
    return shape


def _formats(one: Listed) -> Iterator[AttributeShape]:
    yield attribute(one.public_id, FORMATS, one.draft.format.value, "main")
    for other in sorted(one.draft.other_formats):
        yield attribute(one.public_id, FORMATS, other.value, "other")


def _talking(one: Listed) -> Iterator[AttributeShape]:
    """The level shown, how many parents said each, the organiser's claim, and who says so.

    Below three parents there are no counts. No chance stands here: counts are what people said.
    """
    talking, id_ = one.talking, one.public_id
    if talking.is_known:
        yield attribute(id_, TALKING, str(talking.level.value), "shown")
    if talking.parents >= FEWEST_COUNTED:
        for level, count in enumerate(talking.counts, 1):
            yield attribute(id_, TALKING, str(level), "parents", str(count))
    if one.draft.claimed_level:
        yield attribute(id_, TALKING, str(one.draft.claimed_level.value), "organiser")
    yield attribute(id_, OTHER_DETAILS, "talking_sentence", "detail", talking.sentence)


def _facts(one: Listed) -> Iterator[AttributeShape]:
    for fact, answers in one.facts.items():
        if answers.organiser is not None and fact not in VENUE_FACTS:
            word = YES_NO[answers.organiser]
            yield attribute(one.public_id, FACTS, fact.value, "organiser", word)
        if words := counted(answers):
            yield attribute(one.public_id, FACTS, fact.value, "parents", words)


def counted(answers: Answers) -> str:
    """How many parents answered yes and no; below three, only that there are one or two."""
    parents = answers.parents_yes + answers.parents_no
    if parents < FEWEST_COUNTED:
        return "one or two parents" if parents else ""
    return f"{answers.parents_yes} yes, {answers.parents_no} no"


def _details(one: Listed) -> Iterator[AttributeShape]:
    draft = one.draft
    details = {name: getattr(draft, name) for name in (*PLAIN, *CHOICES)}
    details |= {name: getattr(draft.getting_in, name) for name in GETTING_IN}
    details["ages_months"] = f"{draft.age_from_months}-{draft.age_to_months}"
    details["example"] = "yes" if draft.is_example else ""
    for word, value in details.items():
        if value:
            yield attribute(one.public_id, OTHER_DETAILS, word, "detail", str(value))
    for nth, step in enumerate(draft.steps):
        words = f"{step.minutes_from_start}|{step.expected.value}|{step.what}"
        yield attribute(one.public_id, OTHER_DETAILS, "step", "detail", words, nth)
