"""What each decision does to what it is about. Who is told, and the log: moderating.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from finder.accounts import queries as accounts_queries
from finder.domain.refused import Refused
from finder.domain.vocabulary import ListingState
from finder.listings.duplicates.rules import DuplicateState
from finder.moderation import lines, snapshots
from finder.moderation.reports.rules import Report, ReportKind, ReportState
from finder.moderation.rules import Action, Decision, Item, ItemKind, LogLine
from finder.moderation.snapshots import Scope
from finder.organise.claims.rules import ClaimState
from finder.platform.db.database import Db
from finder.reviews import queries as reviews_queries
from finder.reviews.rules import ReviewState, move


@dataclass(frozen=True)
class Case:
    """An item, what is to be done with it, and what it is a report or an appeal of."""

    item: Item
    decision: Decision
    now: datetime
    report: Report | None = None
    appealed: LogLine | None = None

    @property
    def review_id(self) -> UUID | None:
        """The review that is decided on, if it is one."""
        if self.report:
            return self.report.review_id
        return self.item.id if self.item.kind is ItemKind.REVIEW else None

    @property
    def loser_id(self) -> UUID:
        """Of two listings that are put together, the one that goes."""
        return next(group_id for group_id, _ in self.item.pair if group_id != self.decision.target)


def scope_of(db: Db, case: Case) -> Scope:
    """All that a decision may touch, so that it can be kept as it was before and after."""
    item, action = case.item, case.decision.action
    review_ids = (case.review_id,) if case.review_id else ()
    listings: tuple[UUID, ...] = (item.group_id,) if item.group_id else ()
    if case.review_id:
        listings = ()
    if item.kind is ItemKind.LISTING and action in {Action.PUBLISH, Action.SUSPEND}:
        listings = lines.waiting_with(db, item.id)
    account_id = item.author_id if action is Action.SUSPEND else None
    if account_id:
        review_ids = tuple({*review_ids, *lines.held_of(db, account_id)})
    if case.appealed and action is Action.PUBLISH:
        before = snapshots.scope_of(case.appealed.before)
        return Scope(
            before.reviews, before.listings, reports=(item.id,), account_id=before.account_id
        )
    if item.kind is ItemKind.DUPLICATE:
        moving: tuple[UUID, ...] = ()
        if action is Action.MERGE and case.decision.target:
            moving = lines.reviews_to_move(db, case.loser_id, case.decision.target)
        pair = tuple(group_id for group_id, _ in item.pair)
        return Scope(moving, pair, duplicates=(item.id,))
    return Scope(
        review_ids,
        () if item.kind is ItemKind.CLAIM else listings,
        reports=(item.id,) if item.kind is ItemKind.REPORT else (),
        claims=(item.id,) if item.kind is ItemKind.CLAIM else (),
        account_id=account_id,
    )


def carry_out(db: Db, case: Case) -> None:
    """Do what was decided; the caller commits, logs and tells. Refused for what can't be done."""
    _EFFECTS[case.item.kind, case.decision.action](db, case)
    if case.report:
        snapshots.set_report(db, case.item.id, ReportState.ANSWERED, case.now)


def _set_review(state: ReviewState) -> Callable[[Db, Case], None]:
    def effect(db: Db, case: Case) -> None:
        if case.review_id is None:
            raise Refused("action", "There is no review here")
        own = reviews_queries.by_id(db, case.review_id)
        if own is None:
            raise Refused("action", "The review is gone")
        snapshots.set_review(db, own.id, move(own.state, state), case.now)

    return effect


def _move_review(db: Db, case: Case) -> None:
    target, review_id = case.decision.target, case.review_id
    own = reviews_queries.by_id(db, review_id) if review_id else None
    if target is None or own is None:
        raise Refused("target", "Choose the group")
    if lines.state_of_listing(db, target) is not ListingState.PUBLISHED:
        raise Refused("target", "There is no such published group")
    is_there = own.account_id and reviews_queries.of_account(db, own.account_id, target)
    if target == own.group_id or is_there:
        raise Refused("target", "Its author has a review of that group already")
    snapshots.set_review(db, own.id, own.state, case.now, target)


def _suspend(db: Db, case: Case) -> None:
    author_id, review_id = case.item.author_id, case.review_id
    if author_id is None:
        raise Refused("action", "Nobody is known whose account could be suspended")
    network = reviews_queries.network_of(db, review_id) if review_id else None
    if not case.item.is_suspended:
        accounts_queries.suspend(db, author_id, network, case.now)
    for held in lines.held_of(db, author_id):
        snapshots.set_review(db, held, ReviewState.HIDDEN, case.now)
    if case.report and review_id:
        snapshots.set_review(db, review_id, ReviewState.HIDDEN, case.now)
    if case.item.kind is ItemKind.CLAIM:
        snapshots.set_claim(db, case.item.id, ClaimState.REFUSED, case.now, is_editor=False)
    if case.item.kind is ItemKind.LISTING:
        for group_id in lines.waiting_with(db, case.item.id):
            snapshots.set_listing(db, group_id, ListingState.HIDDEN, case.now)


def _set_listing(state: ListingState) -> Callable[[Db, Case], None]:
    def effect(db: Db, case: Case) -> None:
        if case.item.group_id is None:
            raise Refused("action", "There is no listing here")
        snapshots.set_listing(db, case.item.group_id, state, case.now)

    return effect


def _let_organiser_list(db: Db, case: Case) -> None:
    """A new organiser is read once: with the first listing, the others that wait are listed."""
    for group_id in lines.waiting_with(db, case.item.id):
        snapshots.set_listing(db, group_id, ListingState.PUBLISHED, case.now)


def _leave(db: Db, case: Case) -> None:
    """Nothing changes, but for a note that the group may have closed: it is open after all."""
    if case.report and case.report.kind is ReportKind.CLOSED and case.item.group_id:
        state = lines.state_of_listing(db, case.item.group_id)
        snapshots.set_listing(db, case.item.group_id, state or ListingState.PUBLISHED, case.now)


def _of_reported(
    review: Callable[[Db, Case], None], listing: Callable[[Db, Case], None]
) -> Callable[[Db, Case], None]:
    def effect(db: Db, case: Case) -> None:
        (review if case.review_id else listing)(db, case)

    return effect


def _put_up_again(db: Db, case: Case) -> None:
    if case.appealed is None:
        raise Refused("action", "There is no decision to take back")
    snapshots.restore(db, case.appealed.before, case.now)
    for review_id in snapshots.scope_of(case.appealed.before).reviews:
        own = reviews_queries.by_id(db, review_id)
        if own and own.state is ReviewState.HELD and case.appealed.item_id == review_id:
            snapshots.set_review(db, review_id, ReviewState.PUBLISHED, case.now)


def _accept(db: Db, case: Case) -> None:
    snapshots.set_claim(db, case.item.id, ClaimState.ACCEPTED, case.now, is_editor=True)


def _refuse(db: Db, case: Case) -> None:
    snapshots.set_claim(db, case.item.id, ClaimState.REFUSED, case.now, is_editor=False)


def _merge(db: Db, case: Case) -> None:
    kept = case.decision.target
    if kept not in {group_id for group_id, _ in case.item.pair} or kept is None:
        raise Refused("target", "Choose one of the two")
    for review_id in lines.reviews_to_move(db, case.loser_id, kept):
        own = reviews_queries.by_id(db, review_id)
        if own:
            snapshots.set_review(db, review_id, own.state, case.now, kept)
    snapshots.set_listing(db, case.loser_id, ListingState.HIDDEN, case.now)
    snapshots.set_merged(db, case.loser_id, kept, case.now)
    snapshots.set_duplicate(db, case.item.id, DuplicateState.MERGED)


def _apart(db: Db, case: Case) -> None:
    snapshots.set_duplicate(db, case.item.id, DuplicateState.APART)


_EFFECTS: Mapping[tuple[ItemKind, Action], Callable[[Db, Case], None]] = {
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
    (ItemKind.CLAIM, Action.ACCEPT): _accept,
    (ItemKind.CLAIM, Action.REFUSE): _refuse,
    (ItemKind.CLAIM, Action.SUSPEND): _suspend,
    (ItemKind.LISTING, Action.PUBLISH): _let_organiser_list,
    (ItemKind.LISTING, Action.HIDE): _set_listing(ListingState.HIDDEN),
    (ItemKind.LISTING, Action.ASK): _set_listing(ListingState.WAITING),
    (ItemKind.LISTING, Action.SUSPEND): _suspend,
    (ItemKind.DUPLICATE, Action.MERGE): _merge,
    (ItemKind.DUPLICATE, Action.APART): _apart,
}
