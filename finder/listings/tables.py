"""The tables of listings: one class for each. Rows never leave the queries.

Annotations must be evaluated here (SQLModel reads them), so no `from __future__ import
annotations`. Drafts validate; the named constraints below are the second guard.
"""

from datetime import date, datetime, time
from typing import ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field

from finder.domain.facts import Fact
from finder.domain.vocabulary import (
    Booking,
    Busy,
    CostKind,
    Expected,
    Format,
    ListingState,
    Nation,
    Noise,
    Repeats,
    Size,
    VenueKind,
    Weekday,
)
from finder.listings.tables_evidence import EvidenceColumns
from finder.platform.db.database import Instant, words
from finder.platform.db.rows import CLUSTERED, Row


class OrganiserRow(Row, table=True):
    """Who runs groups."""

    __tablename__ = "organisers"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str = Field(max_length=120, unique=True)


LONGEST_KEY = 120
"""How many characters of an area's name are compared."""


class VenueRow(Row, table=True):
    """A place where groups meet.

    locality_key: the locality in the form that is compared, see listings/row_values.py. None in
    rows from a release without this column.
    """

    __tablename__ = "venues"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.UniqueConstraint("name", "postcode"),
        sa.CheckConstraint("latitude BETWEEN 49 AND 61.5", name="latitude"),
        sa.CheckConstraint("longitude BETWEEN -9 AND 2.5", name="longitude"),
        sa.Index("ix_venues_locality_key", "locality_key", "locality"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str = Field(max_length=120)
    kind: VenueKind = Field(sa_type=words(VenueKind))
    street: str = Field(max_length=200)
    locality: str = Field(max_length=120)
    locality_key: str | None = Field(default=None, max_length=LONGEST_KEY)
    postcode: str = Field(max_length=8)
    latitude: float
    longitude: float
    nation: Nation = Field(sa_type=words(Nation))
    council_code: str = Field(max_length=9)


class VenueFactRow(Row, table=True):
    """One fact of a building. said_on: the day on which it was said, where that is known."""

    __tablename__ = "venue_facts"
    __table_args__: ClassVar[tuple[object, ...]] = (CLUSTERED,)
    venue_id: UUID = Field(foreign_key="venues.id", primary_key=True)
    fact: Fact = Field(sa_type=words(Fact), primary_key=True)
    is_yes: bool
    said_on: date | None = None


PUBLISHED = sa.text("state = 'published'")
"""The condition of the search index. A search must repeat it exactly, or can't use the index."""

SEARCH_INDEX = (
    "lat_band",
    "longitude",
    "latitude",
    "traits_mask",
    "age_from_months",
    "age_to_months",
    "cost_each_pence",
    "is_talking_known",
    "talking_level",
    "talking_sure_level",
    "talking_agreed_level",
    "facts_yes",
    "facts_no",
    "facts_sure",
    "talking_1",
    "talking_2",
    "id",
    "state",  # SQLite reads the table to check a partial index's own condition unless it is here
)
"""All columns that a search filters by. A search reads one range of this index for each strip of
latitude, and reads the table only for the groups that it shows."""


EMPTY = {"server_default": ""}
"""For columns that a machine with the previous release doesn't write."""


class GroupRow(EvidenceColumns, Row, table=True):
    """One group, with the columns by which search filters and sorts.

    The columns from lat_band on repeat other columns and tables, so that a search reads one index
    and, for each group that it shows, one row. listings/search_columns.py writes them in the same
    transaction.

    talking_version: the version of the tables by which the level was worked out; empty where a
    release before rated it. talking_sentence: the evidence of the level, without a note that the
    reports are old.
    cost_label: the cost in words. schedule: all sessions and cancelled dates, in the format of
    listings/rules.py. point: what the map shows, in the format of the same file.
    """

    __tablename__ = "groups"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.UniqueConstraint("organiser_id", "ref"),
        sa.CheckConstraint(
            "0 <= age_from_months AND age_from_months <= age_to_months", name="ages"
        ),
        sa.CheckConstraint("claimed_level BETWEEN 1 AND 5", name="claimed_level"),
        sa.CheckConstraint("talking_level BETWEEN 1 AND 5", name="talking_level"),
        sa.CheckConstraint(
            "CASE cost_kind WHEN 'free' THEN cost_pence IS NULL"
            " WHEN 'donation' THEN cost_pence IS NULL OR cost_pence > 0"
            " ELSE cost_pence IS NOT NULL AND cost_pence > 0 END",
            name="cost",
        ),
        sa.CheckConstraint("sibling_pence >= 0", name="sibling"),
        sa.CheckConstraint("(cost_kind = 'block') = (block_sessions IS NOT NULL)", name="block"),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.Index(
            "ix_groups_search", *SEARCH_INDEX, sqlite_where=PUBLISHED, postgresql_where=PUBLISHED
        ),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organiser_id: UUID = Field(foreign_key="organisers.id")
    venue_id: UUID = Field(foreign_key="venues.id", index=True)
    ref: str = Field(max_length=120)
    name: str = Field(max_length=120)
    summary: str = Field(max_length=2000)
    main_format: Format = Field(sa_type=words(Format))
    formats_mask: int
    booking: Booking = Field(sa_type=words(Booking))
    cost_kind: CostKind = Field(sa_type=words(CostKind))
    cost_pence: int | None = None
    sibling_pence: int | None = None
    block_sessions: int | None = None
    is_first_free: bool
    age_from_months: int
    age_to_months: int
    size: Size | None = Field(default=None, sa_type=words(Size))
    noise: Noise | None = Field(default=None, sa_type=words(Noise))
    busy: Busy | None = Field(default=None, sa_type=words(Busy))
    claimed_level: int | None = None
    door: str = Field(default="", max_length=200)
    pram: str = Field(default="", max_length=200)
    bring: str = Field(default="", max_length=200)
    say_at_door: str = Field(default="", max_length=200)
    if_asleep_or_crying: str = Field(default="", max_length=200)
    how_to_pay: str = Field(default="", max_length=200)
    booking_url: str = Field(default="", max_length=500)
    booking_phone: str = Field(default="", max_length=40)
    website: str = Field(default="", max_length=500)
    state: ListingState = Field(sa_type=words(ListingState))
    is_example: bool
    version: int = 1
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    checked_on: date | None = None
    maybe_closed_on: date | None = None
    asked_on: date | None = None
    silent_since: date | None = None
    note: str | None = Field(default=None, max_length=300)
    note_on: date | None = None

    lat_band: int
    latitude: float
    longitude: float
    traits_mask: int = Field(sa_type=sa.BigInteger)
    cost_each_pence: int
    facts_yes: int = Field(sa_type=sa.BigInteger)
    facts_no: int = Field(sa_type=sa.BigInteger)
    facts_sure: int = Field(sa_type=sa.BigInteger)
    is_talking_known: bool
    talking_level: int
    talking_sure_level: int
    talking_agreed_level: int
    talking_1: float
    talking_2: float
    talking_3: float
    talking_4: float
    talking_5: float
    talking_version: str = Field(default="", sa_type=sa.Text, sa_column_kwargs=EMPTY)
    reports_1: int = 0
    reports_2: int = 0
    reports_3: int = 0
    reports_4: int = 0
    reports_5: int = 0
    reported_on: date | None = None
    talking_sentence: str = Field(default="", sa_type=sa.Text, sa_column_kwargs=EMPTY)
    cost_label: str = Field(default="", sa_type=sa.Text, sa_column_kwargs=EMPTY)
    schedule: str = Field(default="", sa_type=sa.Text, sa_column_kwargs=EMPTY)
    point: str = Field(default="", sa_type=sa.Text, sa_column_kwargs=EMPTY)


class GroupFactRow(Row, table=True):
    """The answers to one fact of a group: the organiser's word, and parents' counts.

    For a fact of the building, venue_facts has the word, and this table only the counts.
    said_on: the day of the organiser's word. parents_on: the newest answer's, to the month.
    """

    __tablename__ = "group_facts"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.CheckConstraint("parents_yes >= 0 AND parents_no >= 0", name="counts"),
        CLUSTERED,
    )
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    fact: Fact = Field(sa_type=words(Fact), primary_key=True)
    is_yes: bool | None = None
    said_on: date | None = None
    parents_yes: int = 0
    parents_no: int = 0
    parents_on: date | None = None


class SessionRow(Row, table=True):
    """One recurring slot of a group, in Europe/London wall time."""

    __tablename__ = "sessions"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.CheckConstraint("starts < ends", name="ends_after_start"),
        sa.CheckConstraint("first_on <= last_on", name="first_before_last"),
        sa.CheckConstraint(
            "repeats <> 'fortnightly' OR first_on IS NOT NULL", name="fortnightly_has_first_on"
        ),
        CLUSTERED,
    )
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    position: int = Field(primary_key=True)
    weekday: Weekday = Field(sa_type=words(Weekday))
    starts: time
    ends: time
    repeats: Repeats = Field(sa_type=words(Repeats))
    first_on: date | None = None
    last_on: date | None = None
    is_term_time_only: bool
    runs_on_bank_holidays: bool


class CancelledOccurrenceRow(Row, table=True):
    """One cancelled date, with a note such as "half term"."""

    __tablename__ = "cancelled_occurrences"
    __table_args__: ClassVar[tuple[object, ...]] = (CLUSTERED,)
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    on: date = Field(primary_key=True)
    starts: time = Field(primary_key=True)
    note: str = Field(max_length=200)


class StepRow(Row, table=True):
    """One line of 'what happens'."""

    __tablename__ = "steps"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.CheckConstraint("minutes_from_start BETWEEN 0 AND 600", name="minutes"),
        CLUSTERED,
    )
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    position: int = Field(primary_key=True)
    minutes_from_start: int
    what: str = Field(max_length=200)
    expected: Expected = Field(sa_type=words(Expected))
