"""A listing as a moderator reads it: all that it says, what changed, and what waits beside it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts.tables import AccountRow
from finder.domain.readable import likeness
from finder.domain.schedule.words import long_date
from finder.domain.vocabulary import ListingState
from finder.listings import history
from finder.listings.changes import ChangedBy, differences
from finder.listings.drafts import draft_of, drafts_of
from finder.listings.drafts import lines_of as rows_of
from finder.listings.fields import FIELDS
from finder.listings.tables import CancelledOccurrenceRow, GroupRow, OrganiserRow, VenueRow
from finder.listings.tables_history import ListingHistoryRow
from finder.moderation import log
from finder.moderation.log import stamp_of
from finder.moderation.rules import Beside, ItemKind
from finder.platform.db.database import Db

MOST_VERSIONS = 20
MOST_BESIDE = 20
"""More than these nobody reads on one page; the next page has the next."""
UNSAID = {"nothing", "not known"}
Lines = tuple[tuple[str, str], ...]


def lines_of(db: Db, groups: Collection[GroupRow]) -> dict[UUID, Lines]:
    """All that some listings say, by name; what is not said is left out."""
    ids = [group.id for group in groups]
    drafts = drafts_of(db, ids)
    off = rows_of(db, CancelledOccurrenceRow, ids, col(CancelledOccurrenceRow.on))
    names = _names_alike(db, {draft.organiser for draft in drafts.values()})
    return {
        group.id: (
            ("Run by", drafts[group.id].organiser),
            ("That name looks like", names[drafts[group.id].organiser]),
            *[
                (field.label, words)
                for field in FIELDS
                if (words := field.words(drafts[group.id])) not in UNSAID
            ],
            ("Cancelled dates", "; ".join(map(_cancelled, off[group.id]))),
            ("What they changed, they say", group.note or ""),
        )
        for group in groups
    }


def _names_alike(db: Db, names: Collection[str]) -> dict[str, str]:
    """Other organisers whose names look like each of these."""
    alike: dict[str, list[str]] = defaultdict(list)
    for other in db.exec(select(OrganiserRow.name).order_by(col(OrganiserRow.name))):
        alike[likeness(other)].append(other)
    return {name: "; ".join(o for o in alike[likeness(name)] if o != name) for name in names}


def _cancelled(row: CancelledOccurrenceRow) -> str:
    note = f" ({row.note})" if row.note else ""
    return f"{long_date(row.on)} {row.on.year}, {row.starts:%H:%M}{note}"


def beside_of(db: Db, group: GroupRow) -> tuple[tuple[Beside, ...], int]:
    """Other listings of the same organiser that wait, oldest first, and how many further ones."""
    found = db.exec(
        select(GroupRow, VenueRow.name)
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(
            col(GroupRow.organiser_id) == group.organiser_id,
            col(GroupRow.state) == ListingState.WAITING,
            col(GroupRow.id) != group.id,
        )
        .order_by(col(GroupRow.created_at), col(GroupRow.id))
    ).all()
    rows = [row for row, _ in found[:MOST_BESIDE]]
    said, beside = lines_of(db, rows), []
    of_any = log.of_items(db, [row.id for row in rows])
    decided = [line for line in of_any if line.item_kind is ItemKind.LISTING]
    for row, venue in found[:MOST_BESIDE]:
        lines = tuple(line for line in said[row.id] if line[1])
        own = [line for line in decided if line.item_id == row.id]
        stamp = stamp_of(row.version, f"{row.state.value}|{row.updated_at}", lines, own)
        beside.append(Beside(row.id, f"{row.name}, {venue}", lines, stamp))
    return tuple(beside), len(found) - len(beside)


def versions_of(db: Db, group_id: UUID) -> tuple[str, ...]:
    """How a listing changed, and who changed it, the newest change first."""
    rows = db.execute(
        sa.select(
            col(ListingHistoryRow.version),
            col(ListingHistoryRow.changed),
            col(ListingHistoryRow.changed_by),
            col(AccountRow.email),
        )
        .outerjoin(AccountRow, col(AccountRow.id) == col(ListingHistoryRow.account_id))
        .where(col(ListingHistoryRow.group_id) == group_id)
        .order_by(col(ListingHistoryRow.version).desc())
        .limit(MOST_VERSIONS)
    )
    return tuple(
        f"Version {version}, by {email or (how or ChangedBy.FILE).label}: {changed}"
        for version, changed, how, email in rows
    )


def changed_after(db: Db, group_id: UUID, at: datetime) -> tuple[str, ...]:
    """What a listing says otherwise than at a moment, a line for each field."""
    its = col(ListingHistoryRow.group_id) == group_id
    seen = db.execute(
        sa.select(sa.func.max(col(ListingHistoryRow.version))).where(
            its, col(ListingHistoryRow.changed_at) <= at
        )
    ).scalar_one()
    return changed_since(db, group_id, seen) if seen else ()


def changed_since(db: Db, group_id: UUID, version: int) -> tuple[str, ...]:
    """What a listing says otherwise than in a version of it, a line for each field."""
    before, now = history.draft_at(db, group_id, version), draft_of(db, group_id)
    return tuple(map(str, differences(before, now))) if before and now else ()
