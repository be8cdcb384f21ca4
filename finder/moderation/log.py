"""The log of decisions: its lines, and the snapshots in them of what a decision touches.

Lines are added and read; nothing changes one. A snapshot is taken before and after a decision.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid4
from zlib import crc32

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from finder.accounts import queries as accounts_queries
from finder.accounts import rights
from finder.accounts.tables import AccountRow
from finder.listings.tables import GroupRow, VenueRow
from finder.listings.tables_history import DuplicateRow, MergedGroupRow
from finder.moderation.decision_text import ListingSnapshot, Snapshot
from finder.moderation.rules import LOG_A_PAGE, Decision, ItemKind, LogLine
from finder.moderation.tables import ModerationLogRow, ReportRow
from finder.organise.tables import ClaimRow
from finder.platform.db.database import Db
from finder.reviews.tables import ReviewRow

_NEWEST = (
    select(ModerationLogRow, AccountRow.email, GroupRow.name, VenueRow.name)
    .outerjoin(AccountRow, col(AccountRow.id) == col(ModerationLogRow.moderator_id))
    .outerjoin(GroupRow, col(GroupRow.id) == col(ModerationLogRow.group_id))
    .outerjoin(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
    .order_by(col(ModerationLogRow.at).desc(), col(ModerationLogRow.id))
)

Kept = TypeVar("Kept", ReviewRow, ReportRow, ClaimRow, DuplicateRow)


def add(
    db: Db,
    moderator_id: UUID,
    kind: ItemKind,
    item_id: UUID,
    group_id: UUID | None,
    decision: Decision,
    before: Snapshot,
    after: Snapshot,
    now: datetime,
    undoes: UUID | None = None,
) -> UUID:
    """Add a line. The caller commits it together with what it describes. Gives its id."""
    row = ModerationLogRow(
        id=uuid4(),
        at=now,
        moderator_id=moderator_id,
        item_kind=kind,
        item_id=item_id,
        group_id=group_id,
        action=decision.action,
        reason=decision.reason,
        words=decision.words,
        before=json.dumps(before, sort_keys=True),
        after=json.dumps(after, sort_keys=True),
        undoes=undoes,
    )
    db.add(row)
    db.flush()
    return row.id


def of_items(db: Db, item_ids: Collection[UUID]) -> tuple[LogLine, ...]:
    """Every decision on some things, newest first."""
    return _lines(db, _NEWEST.where(col(ModerationLogRow.item_id).in_(item_ids)))


def by_id(db: Db, line_id: UUID) -> LogLine | None:
    """One line."""
    return next(iter(_lines(db, _NEWEST.where(col(ModerationLogRow.id) == line_id))), None)


def page(db: Db, number: int) -> tuple[tuple[LogLine, ...], bool]:
    """One page of the whole log, newest first, and whether an older one follows."""
    skipped = (max(1, number) - 1) * LOG_A_PAGE
    found = _lines(db, _NEWEST.offset(skipped).limit(LOG_A_PAGE + 1))
    return found[:LOG_A_PAGE], len(found) > LOG_A_PAGE


def _lines(db: Db, query: Select[ModerationLogRow, str, str, str]) -> tuple[LogLine, ...]:
    return tuple(
        LogLine(
            row.id,
            row.at,
            row.moderator_id,
            email or "",
            row.item_kind,
            row.item_id,
            row.action,
            row.reason,
            row.words,
            json.loads(row.before),
            json.loads(row.after),
            row.group_id,
            row.undoes,
            f"{name} at {venue}" if name else "",
        )
        for row, email, name, venue in db.exec(query)
    )


@dataclass(frozen=True)
class Scope:
    """The ids of what a decision may touch."""

    reviews: tuple[UUID, ...] = ()
    listings: tuple[UUID, ...] = ()
    reports: tuple[UUID, ...] = ()
    claims: tuple[UUID, ...] = ()
    duplicates: tuple[UUID, ...] = ()
    account_id: UUID | None = None


def scope_in(snapshot: Snapshot) -> Scope:
    """The ids that a snapshot holds."""
    return Scope(
        tuple(map(UUID, snapshot.get("reviews", ()))),
        tuple(map(UUID, snapshot.get("listings", ()))),
        tuple(map(UUID, snapshot.get("reports", ()))),
        tuple(map(UUID, snapshot.get("claims", ()))),
        tuple(map(UUID, snapshot.get("duplicates", ()))),
        next(map(UUID, snapshot.get("suspended", ())), None),
    )


def groups_in(*snapshots: Snapshot) -> set[UUID]:
    """The groups whose reviews a decision touched."""
    return {
        UUID(review["group"])
        for snapshot in snapshots
        for review in snapshot.get("reviews", {}).values()
    }


def take_snapshot(db: Db, scope: Scope) -> Snapshot:
    """How things stand now. What is gone, and a kind without any, is left out."""
    db.expire_all()
    found: Snapshot = {}
    if reviews := _rows(db, ReviewRow, scope.reviews):
        found["reviews"] = {
            str(row.id): {"state": row.state.value, "group": str(row.group_id)} for row in reviews
        }
    if listings := _listings(db, scope.listings):
        found["listings"] = listings
    if reports := _rows(db, ReportRow, scope.reports):
        found["reports"] = {
            str(row.id): {"state": row.state.value, "kind": row.kind.value} for row in reports
        }
    if claims := _rows(db, ClaimRow, scope.claims):
        found["claims"] = {
            str(row.id): {"state": row.state.value, "is_editor": _is_editor(db, row)}
            for row in claims
        }
    if duplicates := _rows(db, DuplicateRow, scope.duplicates):
        found["duplicates"] = {str(row.id): row.state.value for row in duplicates}
    if account_id := scope.account_id:
        found["suspended"] = {str(account_id): accounts_queries.is_suspended(db, account_id)}
    return found


def _rows(db: Db, table: type[Kept], ids: tuple[UUID, ...]) -> list[Kept]:
    if not ids:
        return []
    return list(db.exec(select(table).where(col(table.id).in_(ids)).order_by(col(table.id))))


def _listings(db: Db, ids: tuple[UUID, ...]) -> dict[str, ListingSnapshot]:
    if not ids:
        return {}
    rows = db.execute(
        sa.select(
            col(GroupRow.id),
            col(GroupRow.state),
            col(GroupRow.maybe_closed_on),
            col(GroupRow.silent_since),
            col(MergedGroupRow.into_id),
        )
        .outerjoin(MergedGroupRow, col(MergedGroupRow.group_id) == col(GroupRow.id))
        .where(col(GroupRow.id).in_(ids))
    )
    return {
        str(group_id): {
            "state": state.value,
            "maybe_closed_on": closed.isoformat() if closed else None,
            "silent_since": silent.isoformat() if silent else None,
            "merged_into": str(into) if into else None,
        }
        for group_id, state, closed, silent, into in rows
    }


def _is_editor(db: Db, claim: ClaimRow) -> bool:
    return claim.group_id in rights.own_among(db, claim.account_id, [claim.group_id])


def stamp_of(
    version: int, text: str, lines: Iterable[tuple[str, str]], decided: Sequence[LogLine]
) -> str:
    """What a form carries, so that a decision is on what was shown and on nothing else.

    version: of a listing, 0 of anything else. text: how it stands. The parts after the second tell
    which lines are new to whoever has an old stamp.
    """
    said = list(lines)
    newest = decided[0].id if decided else ""
    whole = hashlib.sha256(f"{text}|{len(decided)}|{newest}|{said}".encode()).hexdigest()
    return ".".join([str(version), whole[:16], *(f"{crc32(f'{x}'.encode()):x}" for x in said)])


def new_lines(lines: Iterable[tuple[str, str]], stamp: str) -> tuple[str, ...]:
    """The names of those lines that whoever has a stamp has not seen, as they are now."""
    seen = set(stamp.split(".")[2:])
    return tuple(line[0] for line in lines if f"{crc32(f'{line}'.encode()):x}" not in seen)


def reports_on(db: Db, item_id: UUID) -> tuple[UUID, ...]:
    """The reports of a review or a listing, and the appeals against decisions on it."""
    decisions = select(ModerationLogRow.id).where(col(ModerationLogRow.item_id) == item_id)
    is_on_it = sa.or_(
        col(ReportRow.review_id) == item_id,
        sa.and_(col(ReportRow.group_id) == item_id, col(ReportRow.review_id).is_(None)),
        col(ReportRow.decision_id).in_(decisions),
    )
    return tuple(db.exec(select(ReportRow.id).where(is_on_it)))


def lock_item(db: Db, item_id: UUID) -> None:
    """Let others wait who decide on the same thing at this moment. SQLite has one writer anyway."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(str(item_id)))))
