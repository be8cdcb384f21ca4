"""The one queue of what waits for a moderator, oldest first, whatever it is."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from finder.domain.vocabulary import ListingState, TalkingLevel
from finder.listings.duplicates.rules import DuplicateState
from finder.listings.tables import GroupRow, VenueRow
from finder.listings.tables_history import DuplicateRow
from finder.moderation.reports.rules import ReportKind, ReportState
from finder.moderation.rules import ITEMS_A_PAGE, Action, ItemKind, Queue, QueueItem
from finder.moderation.tables import ModerationLogRow, ReportRow
from finder.organise.claims.rules import ClaimState
from finder.organise.tables import ClaimRow
from finder.platform.db.column_types import Instant
from finder.platform.db.database import Db
from finder.reviews.hold_rules import Rule
from finder.reviews.rules import ReviewState
from finder.reviews.tables import ReviewHoldRow, ReviewRow

_KINDS = {kind.value: kind for kind in ItemKind}
_LEVELS = {str(int(level)): level.label for level in TalkingLevel}
_REPORTS = {kind.value: kind.label for kind in ReportKind}
_OTHER = aliased(GroupRow)
_NOTHING = sa.literal_column("''", sa.String())


def _undone() -> Any:
    line = aliased(ModerationLogRow)
    return sa.exists().where(col(line.undoes) == col(ModerationLogRow.id))


def _is_asked(item_id: Any, changed_at: Any) -> Any:
    """Whether its author was asked for a change, and has not made one since."""
    return sa.exists().where(
        col(ModerationLogRow.item_id) == item_id,
        col(ModerationLogRow.action) == Action.ASK,
        col(ModerationLogRow.at) >= changed_at,
        ~_undone(),
    )


def _line(
    kind: ItemKind, item_id: Any, since: Any, detail: Any, asked: Any, name: Any = None
) -> Any:
    return sa.select(
        sa.literal(kind.value, sa.String()).label("kind"),
        item_id.label("id"),
        sa.type_coerce(since, Instant()).label("since"),
        sa.func.coalesce(col(GroupRow.name), "").label("name"),
        sa.func.coalesce(name if name is not None else col(VenueRow.name), "").label("place"),
        sa.cast(detail, sa.String()).label("detail"),
        asked.label("asked"),
    )


def _placed(query: Any, table: Any, group_id: Any) -> Any:
    return (
        query.select_from(table)
        .outerjoin(GroupRow, col(GroupRow.id) == group_id)
        .outerjoin(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
    )


def _reviews() -> Any:
    since = sa.func.coalesce(col(ReviewRow.confirmed_at), col(ReviewRow.created_at))
    asked = _is_asked(col(ReviewRow.id), col(ReviewRow.updated_at))
    line = _line(ItemKind.REVIEW, col(ReviewRow.id), since, col(ReviewRow.level), asked)
    return _placed(line, ReviewRow, col(ReviewRow.group_id)).where(
        col(ReviewRow.state) == ReviewState.HELD
    )


def _reports() -> Any:
    kind = sa.type_coerce(col(ReportRow.kind), sa.String())
    line = _line(ItemKind.REPORT, col(ReportRow.id), col(ReportRow.created_at), kind, sa.false())
    return _placed(line, ReportRow, col(ReportRow.group_id)).where(
        col(ReportRow.state) == ReportState.WAITING
    )


def _claims() -> Any:
    line = _line(ItemKind.CLAIM, col(ClaimRow.id), col(ClaimRow.created_at), _NOTHING, sa.false())
    return _placed(line, ClaimRow, col(ClaimRow.group_id)).where(
        col(ClaimRow.state) == ClaimState.WAITING
    )


def _listings() -> Any:
    asked = _is_asked(col(GroupRow.id), col(GroupRow.updated_at))
    line = _line(ItemKind.LISTING, col(GroupRow.id), col(GroupRow.created_at), _NOTHING, asked)
    return line.join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id)).where(
        col(GroupRow.state) == ListingState.WAITING
    )


def _duplicates() -> Any:
    return (
        _line(
            ItemKind.DUPLICATE,
            col(DuplicateRow.id),
            col(DuplicateRow.found_at),
            col(DuplicateRow.why),
            sa.false(),
            name=col(_OTHER.name),
        )
        .select_from(DuplicateRow)
        .join(GroupRow, col(GroupRow.id) == col(DuplicateRow.group_id))
        .join(_OTHER, col(_OTHER.id) == col(DuplicateRow.other_id))
        .where(col(DuplicateRow.state) == DuplicateState.WAITING)
    )


def _waiting() -> Any:
    """Everything that waits, in one shape."""
    kinds = (_reviews(), _reports(), _claims(), _listings(), _duplicates())
    return sa.union_all(*kinds).subquery("waiting")


def page(db: Db, kind: ItemKind | None, number: int, *, asked: bool = False) -> Queue:
    """One page of the queue, oldest first; a page past the last gives the last.

    asked: those whose author was asked for a change and has not made it yet, and no others.
    """
    lines = _waiting()
    counts: dict[ItemKind, int] = {}
    waiting_for_author = 0
    totals = sa.select(lines.c.kind, lines.c.asked, sa.func.count())
    for word, is_asked, count in db.execute(totals.group_by(lines.c.kind, lines.c.asked)):
        waiting_for_author += count if is_asked else 0
        if bool(is_asked) is asked:
            counts[_KINDS[word]] = count
    queue = Queue((), counts, waiting_for_author, kind)
    number = max(1, min(number, queue.pages))
    query = sa.select(lines).where(lines.c.asked.is_(asked) if asked else ~lines.c.asked)
    if kind:
        query = query.where(lines.c.kind == kind.value)
    rows = db.execute(
        query.order_by(lines.c.since, lines.c.id)
        .offset((number - 1) * ITEMS_A_PAGE)
        .limit(ITEMS_A_PAGE)
    ).all()
    rules = _rules(db, [row.id for row in rows if row.kind == ItemKind.REVIEW.value])
    items = tuple(_item(row, rules) for row in rows)
    return Queue(items, counts, waiting_for_author, kind, number)


def first_id(db: Db, kind: ItemKind | None) -> tuple[ItemKind, UUID] | None:
    """What is next: the oldest that waits, of a kind or of all."""
    items = page(db, kind, 1).items
    return (items[0].kind, items[0].id) if items else None


def _rules(db: Db, review_ids: list[UUID]) -> Mapping[UUID, list[str]]:
    found: dict[UUID, list[Rule]] = {}
    for review_id, rule in db.execute(
        sa.select(col(ReviewHoldRow.review_id), col(ReviewHoldRow.rule)).where(
            col(ReviewHoldRow.review_id).in_(review_ids)
        )
    ):
        found.setdefault(review_id, []).append(rule)
    return {one: [rule.label for rule in Rule if rule in held] for one, held in found.items()}


def _item(row: Any, rules: Mapping[UUID, list[str]]) -> QueueItem:
    kind = _KINDS[row.kind]
    about = f"{row.name}, {row.place}" if row.name and row.place else row.name
    detail = row.detail or ""
    if kind is ItemKind.REVIEW:
        detail = ". ".join(rules.get(row.id, [_LEVELS.get(detail, "")]))
    elif kind is ItemKind.REPORT:
        detail = _REPORTS[detail]
    elif kind is ItemKind.DUPLICATE:
        about = f"{row.name} and {row.place}"
    return QueueItem(kind, row.id, about, detail, row.since, bool(row.asked))
