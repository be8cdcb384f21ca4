"""One thing that waits for a moderator, whole: what it says, whose it is, what came before."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select

from finder.accounts import queries as accounts_queries
from finder.accounts import rights
from finder.accounts.tables import AccountRow
from finder.domain.vocabulary import Labelled, ListingState, TalkingLevel
from finder.listings.duplicates.rules import DuplicateState
from finder.listings.tables import GroupRow, VenueRow
from finder.listings.tables_history import DuplicateRow
from finder.moderation import listing_item, log
from finder.moderation.log import stamp_of
from finder.moderation.rules import (
    ACTIONS,
    Action,
    Beside,
    Item,
    ItemKind,
    actions_on_listing,
    actions_on_report,
    actions_on_review,
    last_standing,
)
from finder.moderation.tables import ReportRow
from finder.organise.claims.rules import ClaimScope
from finder.organise.tables import ClaimRow
from finder.platform.db.database import Db
from finder.reviews import queries as reviews_queries
from finder.reviews.group_reviews import network_pattern
from finder.reviews.hold_rules import Rule
from finder.reviews.rules import ReviewState, Visit, season
from finder.reviews.tables import ReviewFactRow, ReviewRow

MOST_EARLIER = 20
_LEVELS = tuple(TalkingLevel)
Lines = tuple[tuple[str, str], ...]


class _Found(NamedTuple):
    """What one kind of thing has of its own. more: ids whose decisions are shown with its own."""

    state: Labelled
    changed_at: datetime | None
    since: datetime
    group_id: UUID | None
    lines: Lines
    actions: tuple[Action, ...]
    author_id: UUID | None = None
    author: str = ""
    more: tuple[UUID, ...] = ()
    rules: tuple[Rule, ...] = ()
    pair: tuple[tuple[UUID, str], ...] = ()
    about: str = ""
    version: int = 0
    beside: tuple[Beside, ...] = ()
    more_beside: int = 0


def find_item(db: Db, kind: ItemKind, item_id: UUID) -> Item | None:
    """The thing as it stands; None where there is none of this kind and id."""
    db.expire_all()
    found = _FINDS[kind](db, item_id)
    if found is None:
        return None
    group_id, author_id = found.group_id, found.author_id
    history = log.of_items(db, (item_id, *found.more, *log.reports_on(db, item_id)))
    own = [line for line in history if (line.item_kind, line.item_id) == (kind, item_id)]
    undoable = last_standing(own)
    if undoable and log.take_snapshot(db, log.scope_in(undoable.after)) != undoable.after:
        undoable = None  # something else happened since
    lines = tuple(line for line in found.lines if line[1])
    text = f"{found.state.value}|{found.changed_at}|{group_id}|{undoable and undoable.id}"
    return Item(
        kind=kind,
        id=item_id,
        state=found.state.label,
        stamp=stamp_of(found.version, text, lines, own),
        about=found.about or name_of(db, group_id),
        group_id=group_id,
        lines=lines,
        rules=found.rules,
        author_id=author_id,
        author=found.author,
        is_suspended=author_id is not None and accounts_queries.is_suspended(db, author_id),
        earlier=_earlier_of(db, author_id, item_id) if author_id else (),
        history=history,
        pair=found.pair,
        actions=(*found.actions, Action.UNDO) if undoable else found.actions,
        since=found.since,
        is_listed=state_of_listing(db, group_id) is ListingState.PUBLISHED,
        undoable=undoable,
        changed=listing_item.changed_after(db, item_id, own[0].at) if found.version and own else (),
        beside=found.beside,
        more_beside=found.more_beside,
    )


def _review(db: Db, review_id: UUID) -> _Found | None:
    row = db.get(ReviewRow, review_id)
    if row is None or row.state is ReviewState.UNCONFIRMED:
        return None
    return _Found(
        row.state,
        row.updated_at,
        row.confirmed_at or row.created_at,
        row.group_id,
        _review_lines(db, row),
        actions_on_review(row.state),
        *_author_of(db, row),
        rules=reviews_queries.rules_of(db, review_id),
    )


def _report(db: Db, report_id: UUID) -> _Found | None:
    row = db.get(ReportRow, report_id)
    if row is None:
        return None
    lines = [("Number", row.number), ("What is wrong", row.kind.label), ("Words", row.words)]
    lines.append(("Wants an answer", "Yes, by email" if row.email else "No"))
    review = db.get(ReviewRow, row.review_id) if row.review_id else None
    if review:
        lines += [(f"The review: {name}", text) for name, text in _review_lines(db, review)]
    if decision := log.by_id(db, row.decision_id) if row.decision_id else None:
        lines.append(("Against", f"{decision.action.label}: {decision.reason.label}"))
        lines.append(("We said", decision.words))
    return _Found(
        row.state,
        row.answered_at,
        row.created_at,
        row.group_id,
        tuple(lines),
        () if row.answered_at else actions_on_report(row.kind, row.group_id, row.review_id),
        *(_author_of(db, review) if review else (None, "")),
        more=tuple(x for x in (row.review_id, row.group_id, row.decision_id) if x),
    )


def _claim(db: Db, claim_id: UUID) -> _Found | None:
    row = db.get(ClaimRow, claim_id)
    if row is None:
        return None
    editors = ", ".join(editors_of(db, [row.group_id]).values()) or "Nobody"
    asked = ClaimScope.ORGANISER if row.of_organiser else ClaimScope.GROUP
    return _Found(
        row.state,
        row.decided_at,
        row.created_at,
        row.group_id,
        (
            ("They ask for", asked.label),
            ("Why it is theirs", row.why),
            ("Who looks after it now", editors),
        ),
        () if row.decided_at else ACTIONS[ItemKind.CLAIM],
        row.account_id,
        db.get_one(AccountRow, row.account_id).email,
    )


def _listing(db: Db, group_id: UUID) -> _Found | None:
    row = db.get(GroupRow, group_id)
    if row is None:
        return None
    is_waiting = row.state is ListingState.WAITING
    beside, more = listing_item.beside_of(db, row) if is_waiting else ((), 0)
    author_id, author = next(iter(editors_of(db, [group_id]).items()), (None, ""))
    return _Found(
        row.state,
        row.updated_at,
        row.created_at,
        group_id,
        listing_item.lines_of(db, [row])[group_id],
        actions_on_listing(row.state),
        author_id,
        author,
        version=row.version,
        beside=beside,
        more_beside=more,
    )


def _duplicate(db: Db, duplicate_id: UUID) -> _Found | None:
    row = db.get(DuplicateRow, duplicate_id)
    if row is None:
        return None
    pair = ((row.group_id, name_of(db, row.group_id)), (row.other_id, name_of(db, row.other_id)))
    groups = [db.get_one(GroupRow, group_id) for group_id, _ in pair]
    said = listing_item.lines_of(db, groups)
    lines = tuple(
        (f"{number}: {name}", text)
        for number, (group_id, group) in enumerate(pair, 1)
        for name, text in (("Name", group), *said[group_id])
    )
    return _Found(
        row.state,
        None,
        row.found_at,
        row.group_id,
        (("Why", row.why), *lines),
        ACTIONS[ItemKind.DUPLICATE] if row.state is DuplicateState.WAITING else (),
        more=(row.group_id, row.other_id),
        pair=pair,
        about=" and ".join(name for _, name in pair),
    )


_FINDS: Mapping[ItemKind, Callable[[Db, UUID], _Found | None]] = {
    ItemKind.REVIEW: _review,
    ItemKind.REPORT: _report,
    ItemKind.CLAIM: _claim,
    ItemKind.LISTING: _listing,
    ItemKind.DUPLICATE: _duplicate,
}


def _earlier_of(db: Db, account_id: UUID, but: UUID) -> tuple[str, ...]:
    """What somebody did before, newest first, a line each."""
    reviews = db.exec(
        select(ReviewRow, GroupRow.name)
        .join(GroupRow, col(GroupRow.id) == col(ReviewRow.group_id))
        .where(col(ReviewRow.account_id) == account_id, col(ReviewRow.id) != but)
        .order_by(col(ReviewRow.created_at).desc())
        .limit(MOST_EARLIER)
    ).all()
    claims = db.exec(
        select(ClaimRow, GroupRow.name)
        .join(GroupRow, col(GroupRow.id) == col(ClaimRow.group_id))
        .where(col(ClaimRow.account_id) == account_id, col(ClaimRow.id) != but)
        .order_by(col(ClaimRow.created_at).desc())
        .limit(MOST_EARLIER)
    ).all()
    lines = [
        f"Review of {name}: {_LEVELS[row.level - 1].label}. {row.state.label}."
        + (f" “{row.words}”" if row.words else "")
        for row, name in reviews
    ]
    return (*lines, *[f"Claim of {name}. {row.state.label}." for row, name in claims])


def _author_of(db: Db, review: ReviewRow) -> tuple[UUID | None, str]:
    """Who wrote a review: account and address; nothing where the account is gone."""
    author = db.get(AccountRow, review.account_id) if review.account_id else None
    return (author.id, author.email) if author else (None, "")


def editors_of(db: Db, group_ids: Collection[UUID]) -> dict[UUID, str]:
    """Who may edit any of these listings: addresses by account, the first to come first."""
    return {account_id: email for _, account_id, email in rights.of_groups(db, group_ids)}


def name_of(db: Db, group_id: UUID | None) -> str:
    """A listing's name and venue; nothing where there is none."""
    if group_id is None:
        return ""
    where = col(GroupRow.id) == group_id
    venue = col(VenueRow.id) == col(GroupRow.venue_id)
    found = db.exec(select(GroupRow.name, VenueRow.name).join(VenueRow, venue).where(where)).first()
    return ", ".join(found) if found else ""


def state_of_listing(db: Db, group_id: UUID | None) -> ListingState | None:
    """Where a listing stands; None where there is none."""
    return row.state if group_id and (row := db.get(GroupRow, group_id)) else None


def _review_lines(db: Db, row: ReviewRow) -> Lines:
    facts = db.exec(select(ReviewFactRow).where(col(ReviewFactRow.review_id) == row.id))
    pattern = network_pattern(db, row.id)
    told = (
        ("Came alone", row.came_alone),
        ("Was it their first time", row.was_first_time),
        ("Would go again", row.would_go_again),
        *[(fact.fact.question, fact.is_yes) for fact in facts],
    )
    return (
        ("Level", _LEVELS[row.level - 1].label),
        ("Visit", season(Visit(row.visit_year, row.visit_month))),
        ("Words", row.words),
        ("To the next parent", row.advice),
        ("The baby’s age", row.baby_age.label if row.baby_age else ""),
        *[(name, "Yes" if is_yes else "No") for name, is_yes in told if is_yes is not None],
        ("May its words be printed", "Yes" if row.print_words else "No, only counted"),
        ("From where it came", str(pattern) if pattern.reviews else ""),
    )
