"""Parents' answers whether a group was on, by date. A page reads them in group_page.py."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from finder.domain.schedule.sessions import london_day
from finder.group_page.tables import WasItOnRow
from finder.group_page.was_it_on.rules import OnAnswer
from finder.platform.db.database import Db
from finder.platform.db.inserting import insert_into


def add(db: Db, group_id: UUID, answer: OnAnswer) -> None:
    """Count one answer; the caller commits. Two at one moment are two."""
    one = {"group_id": group_id, "on": answer.on, "was_on": answer.was_on, "times": 1}
    db.exec(
        insert_into(db, WasItOnRow)
        .values(one)
        .on_conflict_do_update(
            index_elements=["group_id", "on", "was_on"],
            set_={"times": col(WasItOnRow.times) + 1},
        )
    )


def forget(db: Db, before: datetime) -> int:
    """Forget the answers about dates before a day. Gives how many lines; the caller commits."""
    day = london_day(before)
    return db.exec(sa.delete(WasItOnRow).where(col(WasItOnRow.on) < day)).rowcount
