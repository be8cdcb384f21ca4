"""What is kept of parents' answers whether a group was on: plain counts, nothing of anybody.

Annotations must be evaluated here (SQLModel reads them), so no `from __future__ import
annotations`.
"""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from finder.store.tables import CLUSTERED, Row


class WasItOnRow(Row, table=True):
    """How many parents said of one date that a group was on, or that it was not."""

    __tablename__ = "was_it_on"
    __table_args__: ClassVar[Any] = (sa.CheckConstraint("times >= 1", name="times"), CLUSTERED)
    group_id: UUID = Field(foreign_key="groups.id", primary_key=True)
    on: date = Field(primary_key=True, index=True)
    was_on: bool = Field(primary_key=True)
    times: int
