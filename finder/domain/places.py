"""What the gazetteer answers when somebody types where they are."""

from dataclasses import dataclass
from enum import StrEnum

from finder.domain.groups import Place
from finder.domain.vocabulary import Nation


class Covers(StrEnum):
    """How large a thing was found."""

    POSTCODE = "postcode"
    SECTOR = "sector"
    DISTRICT = "district"
    TOWN = "town"


@dataclass(frozen=True)
class Found:
    """A point. is_approximate: the centre of something larger than one postcode."""

    label: str
    place: Place
    covers: Covers
    nation: Nation
    council_code: str = ""

    @property
    def is_approximate(self) -> bool:
        """Whether a full postcode would be better."""
        return self.covers is not Covers.POSTCODE


@dataclass(frozen=True)
class NamedPlace:
    """A town, village or part of a town, as a source of names gives it.

    nation: None when it lies outside the United Kingdom (Jersey, Guernsey, Man).
    postcode: the nearest full one. where: what tells it from its namesakes ("near Telford").
    people: about how many live there; a guess by kind where nobody counted.
    """

    name: str
    place: Place
    nation: Nation | None
    council_code: str = ""
    postcode: str = ""
    where: str = ""
    people: int = 0


@dataclass(frozen=True)
class Suggestion:
    """A place that was perhaps meant: how it reads, and the text that finds it."""

    label: str
    near: str


@dataclass(frozen=True)
class Choices:
    """Several places have the name."""

    typed: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True)
class NotFound:
    """Nothing there: a sentence that says what to do, and near misses ("did you mean")."""

    message: str
    suggestions: tuple[Suggestion, ...] = ()


Answer = Found | Choices | NotFound
