"""How things stand that a decision touches: taken before and after it, kept in the log, restored
when the decision is undone. States and ids only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.accounts.tables import EditorRow
from finder.domain.vocabulary import Labelled, ListingState
from finder.listings.duplicates.rules import DuplicateState
from finder.listings.tables import GroupRow
from finder.listings.tables_history import DuplicateRow, MergedGroupRow
from finder.moderation.reports.rules import ReportState
from finder.moderation.tables import ReportRow
from finder.organise.claims.rules import ClaimState
from finder.organise.tables import ClaimRow
from finder.organise.upkeep import queries as upkeep_queries
from finder.platform.db.database import Db
from finder.reviews.rules import ReviewState
from finder.reviews.tables import ReviewRow

Snapshot = Mapping[str, Any]
Word = TypeVar("Word", bound=Labelled)


@dataclass(frozen=True)
class Scope:
    """What a decision may touch."""

    reviews: tuple[UUID, ...] = ()
    listings: tuple[UUID, ...] = ()
    reports: tuple[UUID, ...] = ()
    claims: tuple[UUID, ...] = ()
    duplicates: tuple[UUID, ...] = ()
    account_id: UUID | None = None


def take(db: Db, scope: Scope) -> dict[str, Any]:
    """How it stands, as JSON can hold it. What is gone has no line."""
    db.expire_all()
    found: dict[str, Any] = {
        "reviews": {
            str(row.id): {"state": row.state.value, "group": str(row.group_id)}
            for row in _rows(db, ReviewRow, scope.reviews)
        },
        "listings": _listings(db, scope.listings),
        "reports": {
            str(r.id): {"state": r.state.value, "kind": r.kind.value}
            for r in _rows(db, ReportRow, scope.reports)
        },
        "claims": {
            str(r.id): {"state": r.state.value, "is_editor": _is_editor(db, r)}
            for r in _rows(db, ClaimRow, scope.claims)
        },
        "duplicates": {str(r.id): r.state.value for r in _rows(db, DuplicateRow, scope.duplicates)},
    }
    if scope.account_id:
        found["suspended"] = {
            str(scope.account_id): accounts_queries.is_suspended(db, scope.account_id)
        }
    return {name: value for name, value in found.items() if value}


def scope_of(snapshot: Snapshot) -> Scope:
    """What a snapshot tells of."""

    def ids(name: str) -> tuple[UUID, ...]:
        return tuple(map(UUID, snapshot.get(name, {})))

    return Scope(
        ids("reviews"),
        ids("listings"),
        ids("reports"),
        ids("claims"),
        ids("duplicates"),
        next(iter(ids("suspended")), None),
    )


def groups_in(*snapshots: Snapshot) -> set[UUID]:
    """The groups whose reviews a decision touched."""
    return {
        UUID(review["group"])
        for snapshot in snapshots
        for review in snapshot.get("reviews", {}).values()
    }


def restore(db: Db, snapshot: Snapshot, now: datetime) -> None:
    """Put everything back as the snapshot has it; the caller commits, and counts anew."""
    for key, review in snapshot.get("reviews", {}).items():
        set_review(db, UUID(key), _word(ReviewState, review["state"]), now, UUID(review["group"]))
    for key, listing in snapshot.get("listings", {}).items():
        set_listing(
            db,
            UUID(key),
            _word(ListingState, listing["state"]),
            now,
            _day(listing["maybe_closed_on"]),
            _day(listing["silent_since"]),
        )
        set_merged(db, UUID(key), UUID(m) if (m := listing["merged_into"]) else None, now)
    for key, report in snapshot.get("reports", {}).items():
        set_report(db, UUID(key), _word(ReportState, report["state"]), now)
    for key, claim in snapshot.get("claims", {}).items():
        set_claim(
            db, UUID(key), _word(ClaimState, claim["state"]), now, is_editor=claim["is_editor"]
        )
    for key, state in snapshot.get("duplicates", {}).items():
        set_duplicate(db, UUID(key), _word(DuplicateState, state))
    for key, is_suspended in snapshot.get("suspended", {}).items():
        if not is_suspended:
            accounts_queries.lift_suspension(db, UUID(key), now)


def set_review(
    db: Db, review_id: UUID, state: ReviewState, now: datetime, group_id: UUID | None = None
) -> None:
    """Move a review to a state, and perhaps to another group."""
    values: dict[str, Any] = {"state": state}
    if group_id:
        values["group_id"] = group_id
    if state is ReviewState.PUBLISHED:
        values["published_at"] = sa.func.coalesce(col(ReviewRow.published_at), now)
    db.exec(sa.update(ReviewRow).where(col(ReviewRow.id) == review_id).values(**values))


def set_listing(
    db: Db,
    group_id: UUID,
    state: ListingState,
    now: datetime,
    maybe_closed_on: date | None = None,
    silent_since: date | None = None,
) -> None:
    """Move a listing to a state, with or without the note that it may have closed.

    silent_since: only in putting back what was hidden for silence; otherwise its organiser could
    show what a moderator has hidden.
    """
    if db.get_one(GroupRow, group_id, populate_existing=True).state is not state:
        upkeep_queries.set_state(db, group_id, state, now)
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
    db.exec(
        sa.update(ReportRow)
        .where(col(ReportRow.id) == report_id)
        .values(state=state, answered_at=answered_at)
    )


def set_claim(db: Db, claim_id: UUID, state: ClaimState, now: datetime, *, is_editor: bool) -> None:
    """Decide a claim: whoever made it looks after the listing from now on, or does not."""
    row = db.get_one(ClaimRow, claim_id)
    organiser_id = db.get_one(GroupRow, row.group_id).organiser_id
    row.state = state
    row.decided_at = None if state is ClaimState.WAITING else now
    db.flush()
    if is_editor:
        editors.add(db, organiser_id, row.account_id, now)
    else:
        editors.remove(db, organiser_id, row.account_id)


def set_duplicate(db: Db, duplicate_id: UUID, state: DuplicateState) -> None:
    """Decide whether two listings are one group."""
    db.exec(sa.update(DuplicateRow).where(col(DuplicateRow.id) == duplicate_id).values(state=state))


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


def _word(kind: type[Word], value: str) -> Word:
    return next(word for word in kind if word.value == value)


def _rows(db: Db, table: Any, ids: Iterable[UUID]) -> list[Any]:
    found = db.execute(sa.select(table).where(col(table.id).in_(list(ids))).order_by(table.id))
    return list(found.scalars())


def _listings(db: Db, ids: tuple[UUID, ...]) -> dict[str, Any]:
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
    organiser_id = db.get_one(GroupRow, claim.group_id).organiser_id
    return db.get(EditorRow, (organiser_id, claim.account_id)) is not None
