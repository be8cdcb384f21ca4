"""One thing that waits for a moderator, whole: what it says, whose it is, what came before."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from finder.accounts import queries as accounts_queries
from finder.accounts.tables import AccountRow
from finder.domain.vocabulary import ListingState
from finder.listings.tables import GroupRow
from finder.listings.tables_history import DuplicateRow, ListingHistoryRow
from finder.moderation import log
from finder.moderation.lines import (
    MOST_EARLIER,
    author_of_review,
    earlier_of,
    editors_of,
    listing_lines,
    name_of,
    said_in,
    state_of_listing,
    waiting_with,
)
from finder.moderation.reports.rules import ReportKind
from finder.moderation.rules import ACTIONS, Action, Item, ItemKind
from finder.moderation.tables import ReportRow
from finder.organise.tables import ClaimRow
from finder.platform.db.database import Db
from finder.reviews import queries as reviews_queries
from finder.reviews.rules import ReviewState
from finder.reviews.tables import ReviewRow


def item(db: Db, kind: ItemKind, item_id: UUID) -> Item | None:
    """The thing as it stands; None where there is none of this kind and id."""
    db.expire_all()
    return _FINDS[kind](db, item_id)


def _review(db: Db, review_id: UUID) -> Item | None:
    row = db.get(ReviewRow, review_id)
    if row is None or row.state is ReviewState.UNCONFIRMED:
        return None
    author_id, author = author_of_review(db, review_id)
    return _made(
        db,
        ItemKind.REVIEW,
        review_id,
        row.state,
        row.updated_at,
        row.group_id,
        said_in(db, row),
        rules=reviews_queries.rules_of(db, review_id),
        author_id=author_id,
        author=author,
        actions=_for_review(row.state),
        since=row.confirmed_at or row.created_at,
    )


def _for_review(state: ReviewState) -> tuple[Action, ...]:
    """What can be done with a review as it stands; what its author took back is left alone."""
    if state is ReviewState.WITHDRAWN:
        return ()
    done = {ReviewState.PUBLISHED: Action.PUBLISH, ReviewState.HIDDEN: Action.HIDE}.get(state)
    return tuple(action for action in ACTIONS[ItemKind.REVIEW] if action is not done)


def _report(db: Db, report_id: UUID) -> Item | None:
    row = db.get(ReportRow, report_id)
    if row is None:
        return None
    lines = [("Number", row.number), ("What is wrong", row.kind.label), ("Words", row.words)]
    lines.append(("Wants an answer", "Yes, by email" if row.email else "No"))
    author_id, author = (None, "")
    review = db.get(ReviewRow, row.review_id) if row.review_id else None
    decision = log.by_id(db, row.decision_id) if row.decision_id else None
    if review:
        lines += [(f"The review: {name}", said) for name, said in said_in(db, review)]
        author_id, author = author_of_review(db, review.id)
    if decision:
        lines.append(("Against", f"{decision.action.label}: {decision.reason.label}"))
        lines.append(("We said", decision.words))
    return _made(
        db,
        ItemKind.REPORT,
        report_id,
        row.state,
        row.answered_at,
        row.group_id,
        tuple(lines),
        author_id=author_id,
        author=author,
        actions=_for_report(row, review) if row.answered_at is None else (),
        since=row.created_at,
        more=tuple(x for x in (row.review_id, row.group_id, row.decision_id) if x),
    )


def _for_report(row: ReportRow, review: ReviewRow | None) -> tuple[Action, ...]:
    if row.kind is ReportKind.APPEAL:
        return (Action.KEEP, Action.PUBLISH)
    if row.kind is ReportKind.COMPLAINT or row.group_id is None:
        return (Action.KEEP,)
    if review:
        return (Action.KEEP, Action.HIDE, Action.ASK, Action.MOVE, Action.SUSPEND)
    return (Action.KEEP, Action.HIDE, Action.ASK, Action.NOTE)


def _claim(db: Db, claim_id: UUID) -> Item | None:
    row = db.get(ClaimRow, claim_id)
    if row is None:
        return None
    email = db.get_one(AccountRow, row.account_id).email
    others = ", ".join(e for _, e in editors_of(db, row.group_id)) or "Nobody"
    return _made(
        db,
        ItemKind.CLAIM,
        claim_id,
        row.state,
        row.decided_at,
        row.group_id,
        (("Why it is theirs", row.why), ("Who looks after it now", others)),
        author_id=row.account_id,
        author=email,
        actions=ACTIONS[ItemKind.CLAIM] if row.decided_at is None else (),
        since=row.created_at,
    )


def _listing(db: Db, group_id: UUID) -> Item | None:
    row = db.get(GroupRow, group_id)
    if row is None:
        return None
    author_id, author = next(iter(editors_of(db, group_id)), (None, ""))
    allowed = ACTIONS[ItemKind.LISTING]
    if row.state is not ListingState.WAITING:
        allowed = (Action.PUBLISH if row.state is ListingState.HIDDEN else Action.HIDE,)
    return _made(
        db,
        ItemKind.LISTING,
        group_id,
        row.state,
        row.updated_at,
        group_id,
        (*listing_lines(db, group_id), ("Waits with it", _others(db, row))),
        author_id=author_id,
        author=author,
        actions=allowed,
        since=row.created_at,
    )


def _others(db: Db, row: GroupRow) -> str:
    if row.state is not ListingState.WAITING:
        return ""
    count = len(waiting_with(db, row.id)) - 1
    return f"{count:,} more by this organiser. They are listed with this one" if count else ""


def _duplicate(db: Db, duplicate_id: UUID) -> Item | None:
    row = db.get(DuplicateRow, duplicate_id)
    if row is None:
        return None
    pair = ((row.group_id, name_of(db, row.group_id)), (row.other_id, name_of(db, row.other_id)))
    lines = tuple(
        (f"{number}: {name}", said)
        for number, (group_id, _) in enumerate(pair, 1)
        for name, said in (("Name", name_of(db, group_id)), *listing_lines(db, group_id))
    )
    return _made(
        db,
        ItemKind.DUPLICATE,
        duplicate_id,
        row.state,
        None,
        row.group_id,
        (("Why", row.why), *lines),
        pair=pair,
        actions=ACTIONS[ItemKind.DUPLICATE] if row.state.value == "waiting" else (),
        since=row.found_at,
        about=" and ".join(name for _, name in pair),
        more=(row.group_id, row.other_id),
    )


def _made(
    db: Db,
    kind: ItemKind,
    item_id: UUID,
    state: Any,
    changed_at: datetime | None,
    group_id: UUID | None,
    lines: tuple[tuple[str, str], ...],
    *,
    actions: tuple[Action, ...],
    about: str = "",
    author_id: UUID | None = None,
    more: tuple[UUID, ...] = (),
    **others: Any,
) -> Item:
    history = log.of_items(db, [item_id, *more])
    own = [line for line in history if line.item_id == item_id]
    said = f"{state.value}|{changed_at}|{group_id}|{len(own)}|{own[0].id if own else ''}"
    if log.last_standing(db, kind, item_id):
        actions = (*actions, Action.UNDO)
    return Item(
        kind=kind,
        id=item_id,
        state=state.label,
        stamp=hashlib.sha256(said.encode()).hexdigest()[:16],
        about=about or name_of(db, group_id),
        group_id=group_id,
        is_listed=state_of_listing(db, group_id) is ListingState.PUBLISHED if group_id else False,
        lines=tuple(line for line in lines if line[1]),
        author_id=author_id,
        is_suspended=author_id is not None and accounts_queries.is_suspended(db, author_id),
        earlier=earlier_of(db, author_id, item_id) if author_id else (),
        history=history,
        versions=_versions(db, group_id),
        actions=actions,
        **others,
    )


def _versions(db: Db, group_id: UUID | None) -> tuple[str, ...]:
    rows = db.exec(
        select(ListingHistoryRow)
        .where(col(ListingHistoryRow.group_id) == group_id)
        .order_by(col(ListingHistoryRow.version).desc())
        .limit(MOST_EARLIER)
    )
    return tuple(f"Version {row.version}: {row.changed}" for row in rows)


_FINDS: Mapping[ItemKind, Callable[[Db, UUID], Item | None]] = {
    ItemKind.REVIEW: _review,
    ItemKind.REPORT: _report,
    ItemKind.CLAIM: _claim,
    ItemKind.LISTING: _listing,
    ItemKind.DUPLICATE: _duplicate,
}
