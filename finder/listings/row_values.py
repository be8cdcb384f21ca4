"""Turns drafts into the columns of rows and back, without loss."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import lru_cache
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from pydantic import TypeAdapter

from finder.domain.cost import Cost
from finder.domain.facts import Answers, Fact
from finder.domain.groups import GettingIn, GroupDraft, Place, Step, VenueDraft
from finder.domain.schedule.sessions import Session
from finder.domain.vocabulary import CostKind, Repeats, TalkingLevel, Weekday
from finder.listings.rules import SESSION_COLUMNS, formats_in, traits_mask
from finder.listings.tables import (
    LONGEST_KEY,
    GroupFactRow,
    GroupRow,
    StepRow,
    VenueFactRow,
    VenueRow,
)
from finder.places.rules import name_key
from finder.platform.db.database import Db


class SessionColumns(Protocol):
    """A row with the columns of a session, from the table or from a query."""

    weekday: Weekday
    starts: time
    ends: time
    repeats: Repeats
    first_on: date | None
    last_on: date | None
    is_term_time_only: bool
    runs_on_bank_holidays: bool


class CostColumns(Protocol):
    """A row with the columns of a cost."""

    cost_kind: CostKind
    cost_pence: int | None
    sibling_pence: int | None
    block_sessions: int | None
    is_first_free: bool


_DRAFTS = TypeAdapter(GroupDraft)
LEVELS = {level.value: level for level in TalkingLevel}
_GETTING_IN = ("door", "pram", "bring", "say_at_door", "if_asleep_or_crying", "how_to_pay")
_SAME_NAMES = (
    "ref",
    "name",
    "summary",
    "booking",
    "age_from_months",
    "age_to_months",
    "size",
    "noise",
    "busy",
    "booking_url",
    "booking_phone",
    "website",
    "is_example",
)


def to_json(draft: GroupDraft) -> str:
    """The whole draft. Words are kept by their value, dates and times in ISO form."""
    return _DRAFTS.dump_json(draft).decode()


def from_json(text: str) -> GroupDraft:
    """The draft that was kept. pydantic's ValidationError where this release can't read it."""
    return _DRAFTS.validate_json(text)


def locality_key(locality: str) -> str:
    """What a venue keeps of its area's name: `name_key`, cut to what an index can hold.

    A ligature can become eighteen letters; no place has so long a name.
    """
    return name_key(locality)[:LONGEST_KEY]


def venue_values(venue: VenueDraft) -> dict[str, object]:
    """The columns of a venue."""
    return {
        "name": venue.name,
        "kind": venue.kind,
        "street": venue.street,
        "locality": venue.locality,
        "locality_key": locality_key(venue.locality),
        "postcode": venue.postcode,
        "latitude": venue.place.latitude,
        "longitude": venue.place.longitude,
        "nation": venue.nation,
        "council_code": venue.council_code,
    }


def group_values(draft: GroupDraft) -> dict[str, object]:
    """The columns of a group that hold its organiser's answers."""
    return {
        **{name: getattr(draft, name) for name in _SAME_NAMES},
        **{name: getattr(draft.getting_in, name) for name in _GETTING_IN},
        "main_format": draft.format,
        "formats_mask": traits_mask(draft.formats),
        "cost_kind": draft.cost.kind,
        "cost_pence": draft.cost.pence,
        "sibling_pence": draft.cost.sibling_pence,
        "block_sessions": draft.cost.block_sessions,
        "is_first_free": draft.cost.is_first_free,
        "claimed_level": draft.claimed_level.value if draft.claimed_level else None,
    }


def session_values(session: Session) -> dict[str, object]:
    """The columns of a session."""
    return {name: getattr(session, name) for name in SESSION_COLUMNS}


def session_from(row: SessionColumns) -> Session:
    """The session of a row."""
    return _session(
        row.weekday,
        row.starts,
        row.ends,
        row.repeats,
        row.first_on,
        row.last_on,
        row.is_term_time_only,
        row.runs_on_bank_holidays,
    )


@lru_cache(maxsize=16_384)
def _session(
    weekday: Weekday,
    starts: time,
    ends: time,
    repeats: Repeats,
    first_on: date | None,
    last_on: date | None,
    is_term_time_only: bool,
    runs_on_bank_holidays: bool,
) -> Session:
    # Cached, since thousands of groups meet at the same times.
    return Session(
        *(weekday, starts, ends, repeats),
        *(first_on, last_on, is_term_time_only, runs_on_bank_holidays),
    )


def cost_from(row: CostColumns) -> Cost:
    """The cost of a group's row, or of a query's row with the same columns."""
    return _cost(
        row.cost_kind, row.cost_pence, row.sibling_pence, row.block_sessions, row.is_first_free
    )


@lru_cache(maxsize=4096)
def _cost(
    kind: CostKind,
    pence: int | None,
    sibling_pence: int | None,
    block_sessions: int | None,
    is_first_free: bool,
) -> Cost:
    return Cost(kind, pence, sibling_pence, block_sessions, is_first_free)


def venue_from(row: VenueRow, facts: Mapping[Fact, bool]) -> VenueDraft:
    """The venue of a row, with its facts."""
    return VenueDraft(
        name=row.name,
        kind=row.kind,
        street=row.street,
        locality=row.locality,
        postcode=row.postcode,
        place=Place(row.latitude, row.longitude),
        nation=row.nation,
        council_code=row.council_code,
        facts=dict(facts),
    )


def step_from(row: StepRow) -> Step:
    """The step of a row."""
    return Step(row.minutes_from_start, row.what, row.expected)


def draft_from(
    group: GroupRow,
    organiser: str,
    venue: VenueDraft,
    sessions: Iterable[Session],
    steps: Iterable[Step],
    facts: Mapping[Fact, bool],
) -> GroupDraft:
    """The draft that was saved."""
    return GroupDraft(
        **{name: getattr(group, name) for name in _SAME_NAMES},
        organiser=organiser,
        venue=venue,
        format=group.main_format,
        other_formats=formats_in(group.formats_mask) - {group.main_format},
        sessions=tuple(sessions),
        cost=cost_from(group),
        claimed_level=LEVELS.get(group.claimed_level or 0),
        facts=dict(facts),
        steps=tuple(steps),
        getting_in=GettingIn(**{name: getattr(group, name) for name in _GETTING_IN}),
    )


def facts_known(
    db: Db, group_id: UUID, venue_id: UUID, checked_on: date | None = None
) -> dict[Fact, Answers]:
    """The answers to each fact of a group and its building: the organiser's word, and counts.

    For a fact of the building, the word is stored with the venue and the counts with the group.
    checked_on: the day on which the organiser last said that all is true, so every fact again.
    """
    facts: dict[Fact, Answers] = {}
    for fact, is_yes, said_on, yes, no, parents_on in db.execute(
        _FACTS, {"id": group_id, "venue_id": venue_id}
    ):
        known = facts.get(fact, Answers())
        if is_yes is not None:
            days = [day for day in (said_on, checked_on) if day]
            known = known._replace(organiser=is_yes, organiser_on=max(days, default=None))
        if yes or no:
            known = known._replace(parents_yes=yes, parents_no=no, parents_on=parents_on)
        facts[fact] = known
    return facts


_FACT, _OF_VENUE = (sa.inspect(row).local_table.c for row in (GroupFactRow, VenueFactRow))
_NONE = sa.literal_column("0", sa.Integer())
_FACTS: sa.CompoundSelect[Fact, bool | None, date | None, int, int, date | None] = sa.union_all(
    sa.select(
        *(_FACT.fact, _FACT.is_yes, _FACT.said_on),
        *(_FACT.parents_yes, _FACT.parents_no, _FACT.parents_on),
    ).where(_FACT.group_id == sa.bindparam("id")),
    sa.select(
        *(_OF_VENUE.fact, _OF_VENUE.is_yes, _OF_VENUE.said_on),
        *(_NONE, _NONE, sa.cast(sa.null(), sa.Date())),
    ).where(_OF_VENUE.venue_id == sa.bindparam("venue_id")),
)
