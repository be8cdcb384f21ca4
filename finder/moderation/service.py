"""What a moderator does: looks through the queue, decides with a reason, undoes.

A decision is one commit: what it changes, one line in the log with before and after, and letters
to the people concerned, which say how to appeal.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from finder.accounts import moderators
from finder.accounts import queries as accounts_queries
from finder.accounts.rules import Account
from finder.domain.refused import NothingThere, Refused
from finder.domain.schedule.sessions import london_day
from finder.listings.tables import GroupRow
from finder.moderation import emails, log, queries
from finder.moderation.decision_text import Snapshot
from finder.moderation.effects import Case, carry_out, restore
from finder.moderation.item import editors_of, find_item, name_of
from finder.moderation.queue_rules import Queue
from finder.moderation.reports import queries as reports_queries
from finder.moderation.rules import Action, Decision, Item, ItemKind, LogLine
from finder.moderation.transparency import Figures
from finder.platform.db.database import Db, read_locked
from finder.platform.emails import normal_email
from finder.platform.mail import queries as mail_queries
from finder.platform.tokens import hashed
from finder.reviews import queries as reviews_queries

QUIET = {Action.PUBLISH, Action.ACCEPT, Action.APART}
"""Decisions that please their author: their letters offer no appeal."""


class ItemChangedMeanwhile(Exception):
    """Somebody else decided, or the author changed it, since this moderator looked at it."""


def look_through(db: Db, kind: ItemKind | None, page: int, *, asked: bool = False) -> Queue:
    """One page of the queue, oldest first. asked: what waits for its author, not for us."""
    return queries.queue_page(db, kind, page, asked=asked)


def next_after(db: Db, kind: ItemKind | None) -> tuple[ItemKind, UUID] | None:
    """What to look at next: the oldest of a kind, or of all."""
    return queries.first_in_queue(db, kind)


def find(db: Db, kind: ItemKind, item_id: UUID) -> Item:
    """One thing, whole, with its history. NothingThere."""
    found = find_item(db, kind, item_id)
    if found is None:
        raise NothingThere
    return found


def log_page(db: Db, page: int) -> tuple[tuple[LogLine, ...], bool]:
    """One page of the log, newest first, and whether an older one follows."""
    return log.page(db, page)


def figures(db: Db, year: int) -> Figures:
    """What was decided in a year, counted from the log."""
    return queries.figures(db, year)


def add_moderator(db: Db, email: str, now: datetime) -> str:
    """Let an address moderate, once it signs in. Gives it as it is kept. Refused for no address."""
    address = normal_email(email)
    moderators.add(db, accounts_queries.id_for(db, address, now), now)
    db.commit()
    return address


def remove_moderator(db: Db, email: str) -> tuple[str, int]:
    """Let an address moderate no more. Gives it, and how many moderate now. Refused for an address
    that is none, or that did not moderate.
    """
    address = normal_email(email)
    if not moderators.remove(db, address):
        db.rollback()
        raise Refused("email", f"{address} is no moderator")
    left = moderators.count(db)
    db.commit()
    return address, left


def everybody_moderating(db: Db) -> tuple[tuple[str, date], ...]:
    """Who moderates: each address with the day since when, the first to come first."""
    found = moderators.everybody(db)
    return tuple((email, london_day(since)) for _, email, since in found)


def decide(
    db: Db,
    moderator: Account,
    kind: ItemKind,
    item_id: UUID,
    decision: Decision,
    base_url: str,
    now: datetime,
) -> UUID:
    """Carry a decision out, log it and queue the letters, in one commit. Gives the log line's id.

    NothingThere; ItemChangedMeanwhile where the thing no longer stands as the moderator saw it;
    Refused for what can't be done, and for what is the moderator's own.
    """
    log.lock_item(db, item_id)
    _hold_author(db, find(db, kind, item_id), decision)
    sight = read_locked(
        db, lambda: _look(db, moderator, kind, item_id, decision, now), GroupRow, _Sight.groups_of
    )
    case, before = sight.case, sight.before
    _check(db, moderator, case)
    undone = case.undone
    if undone:
        if before != undone.after:
            raise Refused("action", "It has changed since, so this can’t be undone any more")
        restore(db, undone.before, now, moderator.id)
    else:
        carry_out(db, case)
    if kind is ItemKind.REVIEW:
        reviews_queries.mark_looked_at(db, item_id)
    after = log.take_snapshot(db, sight.scope)
    for group_id in log.groups_in(before, after):
        reviews_queries.recount(db, group_id, now)
    line_id = log.add(
        db,
        moderator.id,
        kind,
        item_id,
        case.item.group_id,
        decision,
        before,
        after,
        now,
        undone.id if undone else None,
    )
    _queue_letters(db, case, line_id, base_url)
    db.commit()
    return line_id


@dataclass(frozen=True)
class _Sight:
    """A thing with its decision, and how all stands that the decision touches."""

    case: Case
    scope: log.Scope
    before: Snapshot

    def groups_of(self) -> set[UUID]:
        """The groups to lock: whose reviews are counted anew, and whose listings may change."""
        undone, target = self.case.undone, self.case.decision.target
        then = log.groups_in(undone.before, undone.after) if undone else set()
        named = {target} if target else set()
        return log.groups_in(self.before) | {*self.scope.listings} | then | named


def _look(
    db: Db, moderator: Account, kind: ItemKind, item_id: UUID, decision: Decision, now: datetime
) -> _Sight:
    item = find(db, kind, item_id)
    report = reports_queries.by_id(db, item_id) if kind is ItemKind.REPORT else None
    decision_id = report.decision_id if report else None
    appealed = log.by_id(db, decision_id) if decision_id else None
    case = Case(item, decision, now, report, appealed, moderator.id)
    scope = log.scope_in(case.undone.after) if case.undone else _scope(db, case)
    return _Sight(case, scope, log.take_snapshot(db, scope))


def _hold_author(db: Db, item: Item, decision: Decision) -> None:
    """Keep whose it is from being deleted; accounts are locked before groups.

    Whoever is suspended finishes what they were sending, so that it is held too.
    """
    if item.author_id and decision.action is Action.SUSPEND:
        accounts_queries.lock(db, item.author_id)
    elif item.author_id:
        accounts_queries.hold(db, [item.author_id])


def _check(db: Db, moderator: Account, case: Case) -> None:
    """Refuse what can't be done as the item stands, and what is the moderator's own."""
    item, decision, report = case.item, case.decision, case.report
    shown = {one.id: one.stamp for one in item.beside}
    if item.stamp != decision.stamp or not decision.also.items() <= shown.items():
        raise ItemChangedMeanwhile
    if decision.action not in item.actions:
        raise Refused("action", "That can’t be done with it as it stands")
    if (
        (report and report.email == moderator.email)
        or item.author_id == moderator.id
        or any(accounts_queries.is_editor_of(db, moderator.email, one) for one in item.group_ids)
    ):
        raise Refused("action", "This is your own. Somebody else must decide")
    if case.appealed and case.appealed.moderator_id == moderator.id and moderators.count(db) > 1:
        raise Refused("action", "You made that decision. Somebody else must look at the appeal")


def _scope(db: Db, case: Case) -> log.Scope:
    """All that a decision may touch, so that it can be kept as it was before and after."""
    item, action = case.item, case.decision.action
    review_ids = (case.review_id,) if case.review_id else ()
    listings: tuple[UUID, ...] = (item.group_id,) if item.group_id else ()
    if case.review_id:
        listings = ()
    if item.kind is ItemKind.LISTING and action is Action.PUBLISH:
        listings = (item.id, *case.decision.also)
    if item.kind is ItemKind.LISTING and action is Action.SUSPEND:
        listings = queries.waiting_with(db, item.id)
    account_id = item.author_id if action is Action.SUSPEND else None
    if account_id:
        review_ids = tuple({*review_ids, *queries.held_of(db, account_id)})
    if case.appealed and action is Action.PUBLISH:
        before = log.scope_in(case.appealed.before)
        return log.Scope(
            before.reviews, before.listings, reports=(item.id,), account_id=before.account_id
        )
    if item.kind is ItemKind.DUPLICATE:
        moving: tuple[UUID, ...] = ()
        if action is Action.MERGE and case.decision.target:
            moving = queries.reviews_to_move(db, case.loser_id, case.decision.target)
        pair = tuple(group_id for group_id, _ in item.pair)
        return log.Scope(moving, pair, duplicates=(item.id,))
    return log.Scope(
        review_ids,
        () if item.kind is ItemKind.CLAIM else listings,
        reports=(item.id,) if item.kind is ItemKind.REPORT else (),
        claims=(item.id,) if item.kind is ItemKind.CLAIM else (),
        account_id=account_id,
    )


def _queue_letters(db: Db, case: Case, line_id: UUID, base_url: str) -> None:
    """Write to whoever reported, and to whoever it is about; each gets a link to appeal."""
    item, decision = case.item, case.decision
    if case.report and case.report.email:
        link = _appeal_link(db, line_id, case.report.email, base_url, case.now)
        letter = emails.answer_letter(case.report, decision, item.about, link)
        mail_queries.queue(db, f"answer:{line_id}", case.report.email, *letter, case.now)
    for number, email in enumerate(_concerned(db, case)):
        if case.report and email == case.report.email:
            continue
        link = ""
        if decision.action not in QUIET:
            link = _appeal_link(db, line_id, email, base_url, case.now)
        kind = item.kind
        if case.report:
            kind = ItemKind.REVIEW if case.review_id else ItemKind.LISTING
        about = name_of(db, decision.target) or item.about
        if more := len(decision.also):
            about += f", with {more} more of your listings,"
        letter = emails.decision_letter(kind, decision, about, link)
        mail_queries.queue(db, f"decision:{line_id}:{number}", email, *letter, case.now)


def _concerned(db: Db, case: Case) -> list[str]:
    item, action = case.item, case.decision.action
    if case.report and (action in {Action.KEEP, Action.UNDO} or case.appealed):
        return []
    if item.author:
        return [item.author]
    if item.kind is ItemKind.DUPLICATE and action is Action.APART:
        return []
    if case.review_id:
        return []
    return sorted(editors_of(db, item.group_ids).values())


def _appeal_link(db: Db, line_id: UUID, email: str, base_url: str, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    reports_queries.add_appeal_link(db, hashed(token), line_id, email, now)
    return f"{base_url}/appeal/{token}"
