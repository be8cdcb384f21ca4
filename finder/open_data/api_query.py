"""The parameters of the API, as pydantic models: they read a query, and describe themselves."""

from collections.abc import Iterable
from datetime import time
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import ErrorDetails

from finder.domain.vocabulary import Weekday
from finder.open_data.referral.terms import meant_by_taxonomy, meant_by_term
from finder.open_data.rules import (
    FURTHEST_PROXIMITY_M,
    LAST_PAGE,
    MOST_PER_PAGE,
    PER_PAGE,
    USUAL_PROXIMITY_M,
    OpenDataQuery,
    Term,
)

CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
POSTCODE = r"^[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?([0-9]([A-Za-z]{2})?)?$"
OLDEST_YEARS = 120
NAMES_OF_DAYS = {day.label.upper(): day.value[:2].upper() for day in Weekday}
DAYS = {day.value[:2].upper(): day for day in Weekday}


def _short(day: object) -> object:
    """`Monday` and `mo` are MO."""
    return NAMES_OF_DAYS.get(day.upper(), day.upper()) if isinstance(day, str) else day


Text = Annotated[str, Field(max_length=200)]
Day = Annotated[Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"], BeforeValidator(_short)]
Years = Annotated[float, Field(ge=0, le=OLDEST_YEARS, allow_inf_nan=False)]


class PageQuery(BaseModel):
    """Which page of a list."""

    model_config = ConfigDict(extra="ignore")

    page: int = Field(1, ge=1, le=LAST_PAGE, description="Page number, from 1.")
    per_page: int = Field(PER_PAGE, ge=1, le=MOST_PER_PAGE, description="Items on a page.")


class ListingQuery(PageQuery):
    """Which groups. All conditions must hold."""

    search: Text | None = Field(
        None,
        description="Words, each of which must be in the name, description, organiser or place.",
    )
    taxonomy_term_id: Text | None = Field(None, description="Only groups with this term.")
    taxonomy_id: Text | None = Field(None, description="Only groups with a term of this taxonomy.")
    minimum_age: Years | None = Field(None, description="Youngest age is at least this, years.")
    maximum_age: Years | None = Field(None, description="Oldest age is at most this, years.")
    start_time: str | None = Field(
        None, pattern=CLOCK, description="A session starts no earlier, UK time: 09:30."
    )
    end_time: str | None = Field(
        None, pattern=CLOCK, description="A session ends no later, UK time: 12:00."
    )
    day: Day | None = Field(
        None, description="A session is on this day. Names like Monday are read too."
    )
    postcode: str | None = Field(
        None, pattern=POSTCODE, max_length=8, description="A UK postcode, or the first part of one."
    )
    proximity: float = Field(
        USUAL_PROXIMITY_M,
        ge=0,
        le=FURTHEST_PROXIMITY_M,
        allow_inf_nan=False,
        description="Metres from the postcode; asks for nothing without one.",
    )

    def query(self) -> OpenDataQuery:
        """The same query in our own vocabulary."""
        return OpenDataQuery(
            search=(self.search or "").replace("\0", " "),  # PostgreSQL takes no NUL
            terms=self._terms(),
            age_from_months_at_least=_months(self.minimum_age),
            age_to_months_at_most=_months(self.maximum_age),
            starts_at_or_after=_clock(self.start_time),
            ends_at_or_before=_clock(self.end_time),
            day=DAYS[self.day] if self.day else None,
            within_m=self.proximity,
            page=self.page,
            per_page=self.per_page,
        )

    def _terms(self) -> tuple[Term, ...] | None:
        """Terms of which one must apply: those that both the term and the taxonomy ask for."""
        wanted: list[tuple[Term, ...]] = []
        if self.taxonomy_term_id:
            wanted.append(meant_by_term(self.taxonomy_term_id))
        if self.taxonomy_id:
            wanted.append(meant_by_taxonomy(self.taxonomy_id))
        if not wanted:
            return None
        first, *others = ({(type(term), term) for term in terms} for terms in wanted)
        return tuple(term for _, term in first.intersection(*others))


def _months(years: float | None) -> float | None:
    # Ages are sent with four decimals: what was sent out must be found when it comes back.
    return None if years is None else round(years * 12, 2)


def _clock(typed: str | None) -> time | None:
    return time.fromisoformat(typed) if typed else None


def wrong_in(errors: Iterable[ErrorDetails]) -> list[dict[str, str]]:
    """What is wrong with a query: each parameter and why, but never what was sent."""
    return [
        {"parameter": ".".join(map(str, error["loc"])), "message": str(error["msg"])}
        for error in errors
    ]
