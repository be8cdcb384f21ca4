"""How often groups' pages were opened, by week: plain counts, nothing of anybody who looked."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.group_page.tables import PageViewsRow
from finder.listings.tables import GroupRow
from finder.platform.db.database import Db
from finder.platform.db.inserting import insert_into


def add(db: Db, counts: Mapping[tuple[UUID, date], int]) -> None:
    """Add to the counts by group and monday; the caller commits. Groups that are gone are left
    out.
    """
    ids = {group_id for group_id, _ in counts}
    there = set(db.exec(select(GroupRow.id).where(col(GroupRow.id).in_(ids))))
    # In one order, so that two processes that count the same pages don't wait for each other.
    for (group_id, monday), times in sorted(counts.items()):
        if group_id in there:
            statement = insert_into(db, PageViewsRow).values(
                group_id=group_id, monday=monday, times=times
            )
            db.exec(
                statement.on_conflict_do_update(
                    index_elements=["group_id", "monday"],
                    set_={"times": col(PageViewsRow.times) + statement.excluded.times},
                )
            )


def weeks_of(db: Db, group_id: UUID, since: date) -> dict[date, int]:
    """The counts of one group's weeks, by their monday; a week without any is left out."""
    rows = db.execute(
        sa.select(col(PageViewsRow.monday), col(PageViewsRow.times)).where(
            col(PageViewsRow.group_id) == group_id, col(PageViewsRow.monday) >= since
        )
    )
    return {row.monday: row.times for row in rows}
