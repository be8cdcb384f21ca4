"""Page views, and answers to "Was it on?"."""

from datetime import date
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from finder.platform.db.rows import CLUSTERED, Row
from finder.platform.tokens import HASH_LENGTH


class WasItOnRow(Row, table=True):
    """How many parents said of one date that a group was on, or that it was not."""

    __tablename__ = "was_it_on"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.CheckConstraint("times >= 1", name="times"),
        CLUSTERED,
    )
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    on: date = Field(primary_key=True, index=True)
    was_on: bool = Field(primary_key=True)
    times: int


class WasItOnNetworkRow(Row, table=True):
    """A network that has answered today about one date of one group.

    Kept as a hash with the site's secret and the day, and forgotten when the day is over.
    """

    __tablename__ = "was_it_on_networks"
    __table_args__: ClassVar[tuple[object, ...]] = (CLUSTERED,)
    day: date = Field(primary_key=True)
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    on: date = Field(primary_key=True)
    network_hash: str = Field(max_length=HASH_LENGTH, primary_key=True)


class PageViewsRow(Row, table=True):
    """How often a group's page was opened in a week, which begins on Monday."""

    __tablename__ = "page_views"
    __table_args__: ClassVar[tuple[object, ...]] = (
        sa.CheckConstraint("times >= 0", name="times"),
        CLUSTERED,
    )
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    monday: date = Field(primary_key=True)
    times: int
