"""The log of moderators' decisions: lines are added and read. Nothing here changes one."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts.tables import AccountRow
from finder.listings.tables import GroupRow, VenueRow
from finder.moderation.reports.rules import ReportKind
from finder.moderation.rules import LOG_A_PAGE, Action, Decision, Figures, ItemKind, LogLine
from finder.moderation.tables import ModerationLogRow
from finder.platform.db.database import Db


def add(
    db: Db,
    moderator_id: UUID,
    kind: ItemKind,
    item_id: UUID,
    group_id: UUID | None,
    decision: Decision,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    now: datetime,
    undoes: UUID | None = None,
) -> UUID:
    """Add a line; the caller commits it with what it tells of. Gives its id."""
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


def of_item(db: Db, kind: ItemKind, item_id: UUID) -> tuple[LogLine, ...]:
    """Every decision on one thing, newest first."""
    return _lines(
        db,
        _NEWEST.where(
            col(ModerationLogRow.item_kind) == kind, col(ModerationLogRow.item_id) == item_id
        ),
    )


def of_items(db: Db, item_ids: list[UUID]) -> tuple[LogLine, ...]:
    """Every decision on some things, newest first."""
    return _lines(db, _NEWEST.where(col(ModerationLogRow.item_id).in_(item_ids)))


def by_id(db: Db, line_id: UUID) -> LogLine | None:
    """One line."""
    return next(iter(_lines(db, _NEWEST.where(col(ModerationLogRow.id) == line_id))), None)


def last_standing(db: Db, kind: ItemKind, item_id: UUID) -> LogLine | None:
    """The newest decision on a thing that is neither an undoing nor undone."""
    lines = of_item(db, kind, item_id)
    undone = {line.undoes for line in lines if line.undoes}
    return next((x for x in lines if x.action is not Action.UNDO and x.id not in undone), None)


def page(db: Db, number: int) -> tuple[tuple[LogLine, ...], bool]:
    """One page of the whole log, newest first, and whether an older one follows."""
    skipped = (max(1, number) - 1) * LOG_A_PAGE
    found = _lines(db, _NEWEST.offset(skipped).limit(LOG_A_PAGE + 1))
    return found[:LOG_A_PAGE], len(found) > LOG_A_PAGE


def figures(db: Db, year: int) -> Figures:
    """What was decided in a year, counted from the log and from nothing else."""
    begins, ends = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    within = sa.and_(col(ModerationLogRow.at) >= begins, col(ModerationLogRow.at) < ends)
    decided: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    rows = db.execute(
        sa.select(
            col(ModerationLogRow.item_kind),
            col(ModerationLogRow.action),
            col(ModerationLogRow.reason),
            sa.func.count(),
        )
        .where(within)
        .group_by(
            col(ModerationLogRow.item_kind),
            col(ModerationLogRow.action),
            col(ModerationLogRow.reason),
        )
    ).all()
    for kind, action, reason, count in rows:
        decided[f"{kind.value} {action.value}"] += count
        if action is Action.HIDE:
            hidden[reason.value] += count
    appeals = _appeals(db, within)
    return Figures(
        year,
        dict(sorted(decided.items())),
        dict(sorted(hidden.items())),
        appeals=sum(appeals.values()),
        appeals_upheld=sum(n for action, n in appeals.items() if action is not Action.KEEP),
        undone=sum(n for name, n in decided.items() if name.endswith(" undo")),
    )


def _appeals(db: Db, within: Any) -> Counter[Action]:
    found = db.execute(
        sa.select(col(ModerationLogRow.action), col(ModerationLogRow.before)).where(
            within,
            col(ModerationLogRow.item_kind) == ItemKind.REPORT,
            col(ModerationLogRow.action) != Action.UNDO,
        )
    )
    return Counter(action for action, before in found if _is_of_appeal(json.loads(before)))


def _is_of_appeal(before: Mapping[str, Any]) -> bool:
    reports = before.get("reports", {}).values()
    return any(report["kind"] == ReportKind.APPEAL.value for report in reports)


_NEWEST = (
    select(ModerationLogRow, AccountRow.email, GroupRow.name, VenueRow.name)
    .outerjoin(AccountRow, col(AccountRow.id) == col(ModerationLogRow.moderator_id))
    .outerjoin(GroupRow, col(GroupRow.id) == col(ModerationLogRow.group_id))
    .outerjoin(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
    .order_by(col(ModerationLogRow.at).desc(), col(ModerationLogRow.id))
)


def _lines(db: Db, query: Any) -> tuple[LogLine, ...]:
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
