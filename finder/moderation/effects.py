"""What each decision does to what it is about, and how an undoing puts all back.

The caller (service.py) commits, writes the log and queues the letters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from finder.accounts import queries as accounts_queries
from finder.domain.refused import Refused
from finder.domain.vocabulary import Labelled, ListingState
from finder.listings.duplicates.rules import DuplicateState
from finder.moderation.decision_text import Snapshot
from finder.moderation.item import state_of_listing
from finder.moderation.queries import held_of, reviews_to_move, waiting_with
from finder.moderation.reports.rules import Report, ReportKind, ReportState
from finder.moderation.rules import Action, Decision, Item, ItemKind, LogLine
from finder.moderation.states import (
    set_claim,
    set_duplicate,
    set_listing,
    set_merged,
    set_report,
)
from finder.organise.claims.rules import ClaimState
from finder.platform.db.database import Db
from finder.reviews import queries as reviews_queries
from finder.reviews.rules import ReviewState, move
from finder.reviews.tables import ReviewRow


@dataclass(frozen=True)
class Case:
    """An item, what is to be done with it, and what it is a report or an appeal of."""

    item: Item
    decision: Decision
    now: datetime
    report: Report | None = None
    appealed: LogLine | None = None
    moderator_id: UUID | None = None

    @property
    def review_id(self) -> UUID | None:
        """The review that is decided on, if it is one."""
        if self.report:
            return self.report.review_id
        return self.item.id if self.item.kind is ItemKind.REVIEW else None

    @property
    def undone(self) -> LogLine | None:
        """The decision that this one takes back, if it takes one back."""
        return self.item.undoable if self.decision.action is Action.UNDO else None

    @property
    def loser_id(self) -> UUID:
        """Of two listings that are put together, the one that goes."""
        return next(group_id for group_id, _ in self.item.pair if group_id != self.decision.target)


State = TypeVar("State", bound=Labelled)
Effect = Callable[[Db, Case], None]


def carry_out(db: Db, case: Case) -> None:
    """Do what was decided. Refused for what can't be done."""
    _EFFECTS[case.item.kind, case.decision.action](db, case)
    if case.report:
        set_report(db, case.item.id, ReportState.ANSWERED, case.now)


def _set_review(state: ReviewState) -> Effect:
    def effect(db: Db, case: Case) -> None:
        own = reviews_queries.by_id(db, case.review_id) if case.review_id else None
        if own is None:
            raise Refused("action", "There is no review here")
        set_review(db, own.id, move(own.state, state), case.now)

    return effect


def _move_review(db: Db, case: Case) -> None:
    target, review_id = case.decision.target, case.review_id
    own = reviews_queries.by_id(db, review_id) if review_id else None
    if target is None or own is None:
        raise Refused("target", "Choose the group")
    if state_of_listing(db, target) is not ListingState.PUBLISHED:
        raise Refused("target", "There is no such published group")
    is_there = own.account_id and reviews_queries.of_account(db, own.account_id, target)
    if target == own.group_id or is_there:
        raise Refused("target", "Its author has a review of that group already")
    set_review(db, own.id, own.state, case.now, target)


def _suspend(db: Db, case: Case) -> None:
    author_id, review_id = case.item.author_id, case.review_id
    if author_id is None:
        raise Refused("action", "Nobody is known whose account could be suspended")
    network = reviews_queries.network_of(db, review_id) if review_id else None
    if not case.item.is_suspended:
        accounts_queries.suspend(db, author_id, network, case.now)
    for held in held_of(db, author_id):
        set_review(db, held, ReviewState.HIDDEN, case.now)
    if case.report and review_id:
        set_review(db, review_id, ReviewState.HIDDEN, case.now)
    if case.item.kind is ItemKind.CLAIM:
        set_claim(db, case.item.id, ClaimState.REFUSED, case.now)
    if case.item.kind is ItemKind.LISTING:
        for group_id in waiting_with(db, case.item.id):
            set_listing(db, group_id, ListingState.HIDDEN, case.now, by=case.moderator_id)


def _set_listing(state: ListingState) -> Effect:
    def effect(db: Db, case: Case) -> None:
        if case.item.group_id is None:
            raise Refused("action", "There is no listing here")
        set_listing(db, case.item.group_id, state, case.now, by=case.moderator_id)

    return effect


def _list(db: Db, case: Case) -> None:
    """A new organiser is read once. Those that wait with this listing are listed as far as they
    were shown and ticked.
    """
    for group_id in (case.item.id, *case.decision.also):
        set_listing(db, group_id, ListingState.PUBLISHED, case.now, by=case.moderator_id)


def _leave(db: Db, case: Case) -> None:
    """Nothing changes, but for a note that the group may have closed: it is open after all."""
    if case.report and case.report.kind is ReportKind.CLOSED and case.item.group_id:
        state = state_of_listing(db, case.item.group_id)
        state = state or ListingState.PUBLISHED
        set_listing(db, case.item.group_id, state, case.now, by=case.moderator_id)


def _of_reported(review: Effect, listing: Effect) -> Effect:
    def effect(db: Db, case: Case) -> None:
        (review if case.review_id else listing)(db, case)

    return effect


def _put_up_again(db: Db, case: Case) -> None:
    if case.appealed is None:
        raise Refused("action", "There is no decision to take back")
    restore(db, case.appealed.before, case.now, case.moderator_id)
    review_id = case.appealed.item_id
    if str(review_id) in case.appealed.before.get("reviews", {}):
        own = reviews_queries.by_id(db, review_id)
        if own and own.state is ReviewState.HELD:
            set_review(db, review_id, ReviewState.PUBLISHED, case.now)


def _set_claim(state: ClaimState) -> Effect:
    def effect(db: Db, case: Case) -> None:
        set_claim(db, case.item.id, state, case.now)

    return effect


def _merge(db: Db, case: Case) -> None:
    kept = case.decision.target
    if kept is None or kept not in {group_id for group_id, _ in case.item.pair}:
        raise Refused("target", "Choose one of the two")
    for review_id in reviews_to_move(db, case.loser_id, kept):
        own = reviews_queries.by_id(db, review_id)
        if own:
            set_review(db, review_id, own.state, case.now, kept)
    set_listing(db, case.loser_id, ListingState.HIDDEN, case.now, by=case.moderator_id)
    set_merged(db, case.loser_id, kept, case.now)
    set_duplicate(db, case.item.id, DuplicateState.MERGED)


def _apart(db: Db, case: Case) -> None:
    set_duplicate(db, case.item.id, DuplicateState.APART)


_EFFECTS: Mapping[tuple[ItemKind, Action], Effect] = {
    (ItemKind.REVIEW, Action.PUBLISH): _set_review(ReviewState.PUBLISHED),
    (ItemKind.REVIEW, Action.HIDE): _set_review(ReviewState.HIDDEN),
    (ItemKind.REVIEW, Action.ASK): _set_review(ReviewState.HELD),
    (ItemKind.REVIEW, Action.MOVE): _move_review,
    (ItemKind.REVIEW, Action.SUSPEND): _suspend,
    (ItemKind.REPORT, Action.KEEP): _leave,
    (ItemKind.REPORT, Action.HIDE): _of_reported(
        _set_review(ReviewState.HIDDEN), _set_listing(ListingState.HIDDEN)
    ),
    (ItemKind.REPORT, Action.ASK): _of_reported(_set_review(ReviewState.HELD), _leave),
    (ItemKind.REPORT, Action.PUBLISH): _put_up_again,
    (ItemKind.REPORT, Action.NOTE): _set_listing(ListingState.ENDED),
    (ItemKind.REPORT, Action.MOVE): _move_review,
    (ItemKind.REPORT, Action.SUSPEND): _suspend,
    (ItemKind.CLAIM, Action.ACCEPT): _set_claim(ClaimState.ACCEPTED),
    (ItemKind.CLAIM, Action.REFUSE): _set_claim(ClaimState.REFUSED),
    (ItemKind.CLAIM, Action.SUSPEND): _suspend,
    (ItemKind.LISTING, Action.PUBLISH): _list,
    (ItemKind.LISTING, Action.HIDE): _set_listing(ListingState.HIDDEN),
    (ItemKind.LISTING, Action.ASK): _set_listing(ListingState.WAITING),
    (ItemKind.LISTING, Action.SUSPEND): _suspend,
    (ItemKind.DUPLICATE, Action.MERGE): _merge,
    (ItemKind.DUPLICATE, Action.APART): _apart,
}


def restore(db: Db, snapshot: Snapshot, now: datetime, by: UUID | None = None) -> None:
    """Put everything back as the snapshot has it. The caller counts ratings anew."""
    for key, review in snapshot.get("reviews", {}).items():
        set_review(db, UUID(key), _state(ReviewState, review["state"]), now, UUID(review["group"]))
    for key, listing in snapshot.get("listings", {}).items():
        group_id, into_id = UUID(key), listing["merged_into"]
        closed_on, silent_since = _day(listing["maybe_closed_on"]), _day(listing["silent_since"])
        state = _state(ListingState, listing["state"])
        set_listing(db, group_id, state, now, closed_on, silent_since, by)
        set_merged(db, group_id, UUID(into_id) if into_id else None, now)
    for key, report in snapshot.get("reports", {}).items():
        set_report(db, UUID(key), _state(ReportState, report["state"]), now)
    for key, claim in snapshot.get("claims", {}).items():
        set_claim(db, UUID(key), _state(ClaimState, claim["state"]), now)
    for key, value in snapshot.get("duplicates", {}).items():
        set_duplicate(db, UUID(key), _state(DuplicateState, value))
    for key, is_suspended in snapshot.get("suspended", {}).items():
        if not is_suspended:
            accounts_queries.lift_suspension(db, UUID(key), now)


def set_review(
    db: Db, review_id: UUID, state: ReviewState, now: datetime, group_id: UUID | None = None
) -> None:
    """Move a review to a state, and perhaps to another group."""
    values: dict[str, object] = {"state": state}
    if group_id:
        values["group_id"] = group_id
    if state is ReviewState.PUBLISHED:
        values["published_at"] = sa.func.coalesce(col(ReviewRow.published_at), now)
    db.exec(sa.update(ReviewRow).where(col(ReviewRow.id) == review_id).values(**values))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _state(states: type[State], value: str) -> State:
    return next(state for state in states if state.value == value)
