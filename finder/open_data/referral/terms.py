"""Our vocabulary as Open Referral's taxonomies and terms. docs/open-data.md describes it.

Ids are made from the words, so they are the same on every site and for ever.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NotRequired
from uuid import NAMESPACE_URL, uuid5

from typing_extensions import TypedDict

from finder.domain.facts import Fact
from finder.domain.vocabulary import Format, TalkingLevel, VenueKind
from finder.open_data.rules import Term

HOME = "https://quiet-corner.example/openreferral"
"""A namespace for ids. Nothing is ever fetched from it."""

DETAILS = {
    "ref": "The reference that its organiser gave it",
    "ages_months": "Youngest and oldest age in months, like 0-24",
    "booking": "How to get a place: drop_in, book_ahead, phone_only or referral_only",
    "booking_url": "Where to book",
    "booking_phone": "The number to phone for a place",
    "website": "The group’s own website",
    "size": "How many families come: small (up to 8), medium (9 to 20), large",
    "noise": "How loud it gets: calm, lively or loud",
    "busy": "How full it gets: room_to_spare, busy or packed",
    "step": "What happens, in order: minutes from the start | talk, sing or neither | what",
    "door": "Which door",
    "pram": "Where the pram goes",
    "bring": "What to bring",
    "say_at_door": "What to say at the door",
    "if_asleep_or_crying": "If the baby is asleep or crying",
    "how_to_pay": "How to pay",
    "example": "yes: a made-up group that shows how listings look",
    "talking_sentence": "How much talking, and who says so, in words",
    "street": "The line of the address above the town; may be empty",
    "nation": "england, scotland, wales or northern_ireland",
    "council": "The ONS code of the council",
}


class TermShape(TypedDict):
    """One term, as HSDS-UK 3.0 has it."""

    id: str
    name: str
    description: str
    taxonomy: str
    term: str


class TaxonomyShape(TypedDict):
    """One taxonomy, as HSDS-UK 3.0 has it; in a list, without its terms."""

    id: str
    name: str
    description: str
    version: str
    taxonomy_terms: NotRequired[list[TermShape]]


@dataclass(frozen=True)
class Taxonomy:
    """A list of our words: value, label, description, and what the word is in our code.

    A plain detail is nothing in our code: None.
    """

    name: str
    description: str
    words: tuple[tuple[str, str, str, Term | None], ...]

    @property
    def id(self) -> str:
        """The same for ever."""
        return id_of("taxonomy", self.name)


def id_of(*names: str) -> str:
    """A UUID of a name."""
    return str(uuid5(NAMESPACE_URL, "/".join((HOME, *names))))


FORMATS = Taxonomy(
    "Quiet Corner: formats",
    "What you do at a baby or toddler group.",
    tuple((f.value, f.label, f"{f.label}: what you do there.", f) for f in Format),
)
VENUE_KINDS = Taxonomy(
    "Quiet Corner: venue kinds",
    "What sort of place a group meets in.",
    tuple((k.value, k.label, f"{k.label}: where it is.", k) for k in VenueKind),
)
TALKING = Taxonomy(
    "Quiet Corner: talking required",
    "How much a parent will be made to talk, from 1 (not at all) to 5 (introductions).",
    tuple((str(level.value), level.label, level.promise, level) for level in TalkingLevel),
)
FACTS = Taxonomy(
    "Quiet Corner: facts",
    "Questions about a group that are answered yes or no.",
    tuple((fact.value, fact.yes, f"{fact.yes}. If not: {fact.no}.", fact) for fact in Fact),
)
OTHER_DETAILS = Taxonomy(
    "Quiet Corner: details",
    "What else is known of a group or its place, each with its value.",
    tuple((word, word.replace("_", " "), says, None) for word, says in DETAILS.items()),
)
TAXONOMIES = (FORMATS, VENUE_KINDS, TALKING, FACTS, OTHER_DETAILS)
VERSION = "1"


@cache
def term(taxonomy: Taxonomy, word: str) -> TermShape:
    """The term of a word. Don't change it: it is cached."""
    for name, label, description, _ in taxonomy.words:
        if name == word:
            return {
                "id": id_of("term", taxonomy.name, word),
                "name": label,
                "description": description,
                "taxonomy": taxonomy.name,
                "term": word,
            }
    raise KeyError(word)


def all_terms() -> Iterator[TermShape]:
    """Every term of every taxonomy."""
    for taxonomy in TAXONOMIES:
        for word, *_ in taxonomy.words:
            yield term(taxonomy, word)


def taxonomies() -> Iterator[TaxonomyShape]:
    """Every taxonomy, without its terms."""
    for one in TAXONOMIES:
        yield {"id": one.id, "name": one.name, "description": one.description, "version": VERSION}


def taxonomy_by_id(id_: str) -> TaxonomyShape | None:
    """A taxonomy with its terms."""
    for one, shape in zip(TAXONOMIES, taxonomies(), strict=True):
        if one.id == id_:
            return {**shape, "taxonomy_terms": [term(one, word) for word, *_ in one.words]}
    return None


def term_by_id(id_: str) -> TermShape | None:
    """A term."""
    return next((one for one in all_terms() if one["id"] == id_), None)


def meant_by_term(id_: str) -> tuple[Term, ...]:
    """What a term's id asks for; nothing where it is not one that listings can be found by."""
    return tuple(
        means
        for one in TAXONOMIES
        for word, _, _, means in one.words
        if means is not None and id_of("term", one.name, word) == id_
    )


def meant_by_taxonomy(id_: str) -> tuple[Term, ...]:
    """All that a taxonomy's terms ask for."""
    return tuple(
        means for one in TAXONOMIES if one.id == id_ for *_, means in one.words if means is not None
    )
