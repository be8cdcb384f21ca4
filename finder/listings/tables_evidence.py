"""The columns of a group that hold the evidence of its talking level, beside the search columns."""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

NOBODY = {"server_default": "0"}
"""For counts that a machine with the previous release doesn't write."""


class EvidenceColumns(SQLModel):
    """first_timers_1 to _5: how many parents said each level of those who came for the first time.

    usual_level: what such groups usually ask for; 0 until it is worked out. weighed_most: the
    source on which the level rests most (`Source`); empty until it is worked out. glance_yes,
    glance_no: the facts that a card may tell, without those that only one or two parents said.
    """

    first_timers_1: int = Field(default=0, sa_column_kwargs=NOBODY)
    first_timers_2: int = Field(default=0, sa_column_kwargs=NOBODY)
    first_timers_3: int = Field(default=0, sa_column_kwargs=NOBODY)
    first_timers_4: int = Field(default=0, sa_column_kwargs=NOBODY)
    first_timers_5: int = Field(default=0, sa_column_kwargs=NOBODY)
    usual_level: int = Field(default=0, sa_column_kwargs=NOBODY)
    weighed_most: str = Field(default="", sa_type=sa.Text, sa_column_kwargs={"server_default": ""})
    glance_yes: int = Field(default=0, sa_type=sa.BigInteger, sa_column_kwargs=NOBODY)
    glance_no: int = Field(default=0, sa_type=sa.BigInteger, sa_column_kwargs=NOBODY)
