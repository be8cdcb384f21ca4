"""What waits for a moderator, what a decision touches beside its own thing, and yearly figures.

The queue is one, oldest first, whatever kind of thing waits.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from finder.domain.vocabulary import ListingState, TalkingLevel
from finder.listings.duplicates.rules import DuplicateState
from finder.listings.tables import GroupRow, VenueRow
from finder.listings.tables_history import DuplicateRow
from finder.moderation.decision_text import Snapshot
from finder.moderation.queue_rules import ITEMS_A_PAGE, Queue, QueueItem
from finder.moderation.reports.rules import ReportKind, ReportState
from finder.moderation.rules import Action, ItemKind
from finder.moderation.tables import ModerationLogRow, ReportRow
from finder.moderation.transparency import Figures
from finder.organise.claims.rules import ClaimState
from finder.organise.tables import ClaimRow
from finder.platform.db.database import Db, Instant
from finder.reviews.hold_rules import Rule
from finder.reviews.rules import ReviewState
from finder.reviews.tables import ReviewHoldRow, ReviewRow

_KINDS = {kind.value: kind for kind in ItemKind}
_LEVELS = {str(int(level)): level.label for level in TalkingLevel}
_PROBLEMS = {kind.value: kind.label for kind in ReportKind}
_OTHER = aliased(GroupRow)
_NOTHING = sa.literal_column("''", sa.String())
_NOT_ASKED = sa.false()
_VENUE = col(VenueRow.name)

Line = sa.Select[str, UUID, datetime, str, str, str, bool]
"""One line of the queue: kind, id, since when it waits, name, place, detail, is_asked."""


def _is_asked(
    item_id: sa.SQLColumnExpression[UUID], changed_at: sa.SQLColumnExpression[datetime]
) -> sa.ColumnElement[bool]:
    """Whether its author was asked for a change, and has not made one since."""
    undoing = aliased(ModerationLogRow)
    return sa.exists().where(
        col(ModerationLogRow.item_id) == item_id,
        col(ModerationLogRow.action) == Action.ASK,
        col(ModerationLogRow.at) >= changed_at,
        ~sa.exists().where(col(undoing.undoes) == col(ModerationLogRow.id)),
    )


def _line(
    kind: ItemKind,
    item_id: sa.SQLColumnExpression[UUID],
    since: sa.SQLColumnExpression[datetime],
    detail: sa.SQLColumnExpression[str] | sa.SQLColumnExpression[int] = _NOTHING,
    is_asked: sa.ColumnElement[bool] = _NOT_ASKED,
    place: sa.SQLColumnExpression[str] = _VENUE,
) -> Line:
    return sa.select(
        sa.literal(kind.value, sa.String()).label("kind"),
        sa.type_coerce(item_id, sa.Uuid()).label("id"),
        sa.type_coerce(since, Instant()).label("since"),
        sa.func.coalesce(col(GroupRow.name), "").label("name"),
        sa.func.coalesce(place, "").label("place"),
        sa.cast(detail, sa.String()).label("detail"),
        is_asked.label("asked"),
    )


def _at_its_venue(
    line: Line,
    table: type[ReviewRow | ReportRow | ClaimRow],
    group_id: sa.SQLColumnExpression[UUID] | sa.SQLColumnExpression[UUID | None],
) -> Line:
    return (
        line.select_from(table)
        .outerjoin(GroupRow, col(GroupRow.id) == group_id)
        .outerjoin(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
    )


def _reviews() -> Line:
    line = _line(
        ItemKind.REVIEW,
        col(ReviewRow.id),
        sa.func.coalesce(col(ReviewRow.confirmed_at), col(ReviewRow.created_at)),
        col(ReviewRow.level),
        _is_asked(col(ReviewRow.id), col(ReviewRow.updated_at)),
    )
    return _at_its_venue(line, ReviewRow, col(ReviewRow.group_id)).where(
        col(ReviewRow.state) == ReviewState.HELD
    )


def _reports() -> Line:
    kind = sa.type_coerce(col(ReportRow.kind), sa.String())
    line = _line(ItemKind.REPORT, col(ReportRow.id), col(ReportRow.created_at), kind)
    return _at_its_venue(line, ReportRow, col(ReportRow.group_id)).where(
        col(ReportRow.state) == ReportState.WAITING
    )


def _claims() -> Line:
    line = _line(ItemKind.CLAIM, col(ClaimRow.id), col(ClaimRow.created_at))
    return _at_its_venue(line, ClaimRow, col(ClaimRow.group_id)).where(
        col(ClaimRow.state) == ClaimState.WAITING
    )


def _listings() -> Line:
    is_asked = _is_asked(col(GroupRow.id), col(GroupRow.updated_at))
    line = _line(ItemKind.LISTING, col(GroupRow.id), col(GroupRow.created_at), is_asked=is_asked)
    return line.join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id)).where(
        col(GroupRow.state) == ListingState.WAITING
    )


def _duplicates() -> Line:
    """Their place is the other listing's name."""
    return (
        _line(
            ItemKind.DUPLICATE,
            col(DuplicateRow.id),
            col(DuplicateRow.found_at),
            col(DuplicateRow.why),
            place=col(_OTHER.name),
        )
        .select_from(DuplicateRow)
        .join(GroupRow, col(GroupRow.id) == col(DuplicateRow.group_id))
        .join(_OTHER, col(_OTHER.id) == col(DuplicateRow.other_id))
        .where(col(DuplicateRow.state) == DuplicateState.WAITING)
    )


def queue_page(db: Db, kind: ItemKind | None, number: int, *, asked: bool = False) -> Queue:
    """One page of the queue, oldest first; a page past the last gives the last.

    asked: those whose author was asked for a change and has not made it yet, and no others.
    """
    kinds = (_reviews(), _reports(), _claims(), _listings(), _duplicates())
    lines = sa.union_all(*kinds).subquery("waiting")
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
    items = tuple(_item(*row, rules=rules) for row in rows)
    return Queue(items, counts, waiting_for_author, kind, number)


def first_in_queue(db: Db, kind: ItemKind | None) -> tuple[ItemKind, UUID] | None:
    """What is next: the oldest that waits, of a kind or of all."""
    items = queue_page(db, kind, 1).items
    return (items[0].kind, items[0].id) if items else None


def _rules(db: Db, review_ids: Collection[UUID]) -> Mapping[UUID, list[str]]:
    found: dict[UUID, list[Rule]] = {}
    for review_id, rule in db.execute(
        sa.select(col(ReviewHoldRow.review_id), col(ReviewHoldRow.rule)).where(
            col(ReviewHoldRow.review_id).in_(review_ids)
        )
    ):
        found.setdefault(review_id, []).append(rule)
    return {one: [rule.label for rule in Rule if rule in held] for one, held in found.items()}


def _item(
    word: str,
    item_id: UUID,
    since: datetime,
    name: str,
    place: str,
    detail: str,
    is_asked: bool,
    *,
    rules: Mapping[UUID, list[str]],
) -> QueueItem:
    kind = _KINDS[word]
    about = f"{name}, {place}" if name and place else name
    if kind is ItemKind.REVIEW:
        detail = ". ".join(rules.get(item_id, [_LEVELS.get(detail, "")]))
    elif kind is ItemKind.REPORT:
        detail = _PROBLEMS[detail]
    elif kind is ItemKind.DUPLICATE:
        about = f"{name} and {place}"
    return QueueItem(kind, item_id, about, detail, since, bool(is_asked))


def waiting_with(db: Db, group_id: UUID) -> tuple[UUID, ...]:
    """A listing, and those of the same organiser that wait for a moderator too."""
    organiser_id = db.get_one(GroupRow, group_id).organiser_id
    others = db.exec(
        select(GroupRow.id)
        .where(
            col(GroupRow.organiser_id) == organiser_id,
            col(GroupRow.state) == ListingState.WAITING,
            col(GroupRow.id) != group_id,
        )
        .order_by(col(GroupRow.id))
    )
    return (group_id, *others)


def held_of(db: Db, account_id: UUID) -> tuple[UUID, ...]:
    """An account's reviews that wait for a moderator."""
    is_held = col(ReviewRow.state) == ReviewState.HELD
    return tuple(
        db.exec(select(ReviewRow.id).where(col(ReviewRow.account_id) == account_id, is_held))
    )


def reviews_to_move(db: Db, from_id: UUID, into_id: UUID) -> tuple[UUID, ...]:
    """The reviews of one group that can become another's: an author has one of each group."""
    there = select(ReviewRow.account_id).where(
        col(ReviewRow.group_id) == into_id, col(ReviewRow.account_id).is_not(None)
    )
    is_new_there = col(ReviewRow.account_id).is_(None) | col(ReviewRow.account_id).not_in(there)
    return tuple(
        db.exec(select(ReviewRow.id).where(col(ReviewRow.group_id) == from_id, is_new_there))
    )


def figures(db: Db, year: int) -> Figures:
    """What was decided in a year, counted from the log and from nothing else."""
    begins, ends = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    within = sa.and_(col(ModerationLogRow.at) >= begins, col(ModerationLogRow.at) < ends)
    decisions: Counter[str] = Counter()
    hidden: Counter[str] = Counter()
    what = (
        col(ModerationLogRow.item_kind),
        col(ModerationLogRow.action),
        col(ModerationLogRow.reason),
    )
    for kind, action, reason, count in db.execute(
        sa.select(*what, sa.func.count()).where(within).group_by(*what)
    ):
        decisions[f"{kind.value} {action.value}"] += count
        if action is Action.HIDE:
            hidden[reason.value] += count
    appeals = _appeals(db, within)
    return Figures(
        year,
        dict(sorted(decisions.items())),
        dict(sorted(hidden.items())),
        appeals=sum(appeals.values()),
        appeals_upheld=sum(n for action, n in appeals.items() if action is not Action.KEEP),
        undone=sum(n for name, n in decisions.items() if name.endswith(" undo")),
    )


def _appeals(db: Db, within: sa.ColumnElement[bool]) -> Counter[Action]:
    rows = db.execute(
        sa.select(col(ModerationLogRow.action), col(ModerationLogRow.before)).where(
            within,
            col(ModerationLogRow.item_kind) == ItemKind.REPORT,
            col(ModerationLogRow.action) != Action.UNDO,
        )
    )
    return Counter(action for action, before in rows if _is_of_appeal(json.loads(before)))


def _is_of_appeal(before: Snapshot) -> bool:
    reports = before.get("reports", {}).values()
    return any(report["kind"] == ReportKind.APPEAL.value for report in reports)
