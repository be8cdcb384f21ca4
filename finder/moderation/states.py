"""Sets how a listing, a report, a claim or a pair of listings stands, by a moderator's decision.

effects.py says which decision sets what.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from finder.accounts import editors, rights
from finder.domain.vocabulary import ListingState
from finder.listings.changes import ChangedBy
from finder.listings.duplicates.rules import DuplicateState
from finder.listings.tables import GroupRow
from finder.listings.tables_history import DuplicateRow, MergedGroupRow
from finder.moderation.reports.rules import ReportState
from finder.moderation.tables import ReportRow
from finder.organise.claims.rules import ClaimState
from finder.organise.tables import ClaimRow
from finder.organise.upkeep import queries as upkeep_queries
from finder.platform.db.database import Db


def set_listing(
    db: Db,
    group_id: UUID,
    state: ListingState,
    now: datetime,
    maybe_closed_on: date | None = None,
    silent_since: date | None = None,
    by: UUID | None = None,
) -> None:
    """Move a listing to a state, with or without the note that it may have closed.

    silent_since: only in putting back what was hidden for silence; otherwise its organiser could
    show what a moderator has hidden. by: the moderator.
    """
    if db.get_one(GroupRow, group_id, populate_existing=True).state is not state:
        upkeep_queries.set_state(db, group_id, state, now, by=by, how=ChangedBy.MODERATOR)
    db.exec(
        sa.update(GroupRow)
        .where(col(GroupRow.id) == group_id)
        .values(maybe_closed_on=maybe_closed_on, silent_since=silent_since)
    )


def set_merged(db: Db, group_id: UUID, into_id: UUID | None, now: datetime) -> None:
    """Let a listing's address lead to another, or to itself again."""
    db.exec(sa.delete(MergedGroupRow).where(col(MergedGroupRow.group_id) == group_id))
    if into_id:
        db.add(MergedGroupRow(group_id=group_id, into_id=into_id, at=now))
    db.flush()


def set_report(db: Db, report_id: UUID, state: ReportState, now: datetime) -> None:
    """Answer a report, or open it again."""
    answered_at = now if state is ReportState.ANSWERED else None
    values = {"state": state, "answered_at": answered_at}
    db.exec(sa.update(ReportRow).where(col(ReportRow.id) == report_id).values(values))


def set_claim(db: Db, claim_id: UUID, state: ClaimState, now: datetime) -> None:
    """Decide a claim. Accepted, it gives what it asked for: one listing, or its organiser's all.

    Any other state takes away what this claim gave, and nothing that an invitation gave.
    """
    row = db.get_one(ClaimRow, claim_id)
    organiser_id = db.get_one(GroupRow, row.group_id).organiser_id
    if state is not ClaimState.ACCEPTED:
        rights.remove_from_group(db, row.group_id, row.account_id)
        if row.decided_at:
            rights.remove_if_since(db, organiser_id, row.account_id, row.decided_at)
    elif row.of_organiser:
        editors.add(db, organiser_id, row.account_id, now)
    else:
        rights.add_to_group(db, row.group_id, row.account_id, now)
    row.state = state
    row.decided_at = None if state is ClaimState.WAITING else now
    db.flush()


def set_duplicate(db: Db, duplicate_id: UUID, state: DuplicateState) -> None:
    """Decide whether two listings are one group."""
    db.exec(sa.update(DuplicateRow).where(col(DuplicateRow.id) == duplicate_id).values(state=state))
