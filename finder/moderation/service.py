"""What a moderator does: looks through the queue, decides with a reason, undoes.

Every decision is one commit: what it changes, one line in the log with before and after, and the
mails that tell those whom it concerns how to appeal.
"""

import secrets
from datetime import datetime
from uuid import UUID

from finder.accounts import queries as accounts_queries
from finder.accounts.rules import Account
from finder.domain.refused import NothingThere, Refused
from finder.listings import drafts
from finder.moderation import emails, lines, log, queue, snapshots
from finder.moderation import item as moderation_item
from finder.moderation.effects import Case, carry_out, scope_of
from finder.moderation.reports import queries as reports_queries
from finder.moderation.reports.rules import ReportKind
from finder.moderation.rules import Action, Decision, Figures, Item, ItemKind, LogLine, Queue
from finder.platform.db.database import Db
from finder.platform.emails import normal_email
from finder.platform.mail import queries as mail_queries
from finder.platform.tokens import hashed
from finder.reviews import queries as reviews_queries

QUIET = {Action.PUBLISH, Action.ACCEPT, Action.APART}
"""Decisions that please their author: the mail of these has no way to appeal to offer."""


class ItemChangedMeanwhile(Exception):
    """Somebody else decided, or the author changed it, since this moderator looked at it."""


def look_through(db: Db, kind: ItemKind | None, page: int, *, asked: bool = False) -> Queue:
    """One page of the queue, oldest first. asked: what waits for its author, not for us."""
    return queue.page(db, kind, page, asked=asked)


def next_after(db: Db, kind: ItemKind | None) -> tuple[ItemKind, UUID] | None:
    """What to look at next: the oldest of a kind, or of all."""
    return queue.first_id(db, kind)


def find(db: Db, kind: ItemKind, item_id: UUID) -> Item:
    """One thing, whole, with its history. NothingThere."""
    found = moderation_item.item(db, kind, item_id)
    if found is None:
        raise NothingThere
    return found


def log_page(db: Db, page: int) -> tuple[tuple[LogLine, ...], bool]:
    """One page of the log, newest first, and whether an older one follows."""
    return log.page(db, page)


def figures(db: Db, year: int) -> Figures:
    """What was decided in a year, counted from the log."""
    return log.figures(db, year)


def add_moderator(db: Db, email: str, now: datetime) -> str:
    """Let an address moderate, once it signs in. Gives it as it is kept. Refused for no address."""
    address = normal_email(email)
    accounts_queries.add_moderator(db, accounts_queries.id_for(db, address, now), now)
    db.commit()
    return address


def decide(
    db: Db,
    moderator: Account,
    kind: ItemKind,
    item_id: UUID,
    decision: Decision,
    base_url: str,
    now: datetime,
) -> UUID:
    """Carry a decision out, log it and tell of it, in one commit. Gives the log line's id.

    NothingThere; ItemChangedMeanwhile where the thing no longer stands as the moderator saw it;
    Refused for what can't be done, and for what is the moderator's own.
    """
    lines.lock_item(db, item_id)
    item = find(db, kind, item_id)
    _check(db, moderator, item, decision)
    case = _case(db, item, decision, now)
    undone = None
    if decision.action is Action.UNDO:
        undone = log.last_standing(db, kind, item_id)
        if undone is None:
            raise Refused("action", "There is nothing to undo")
    scope = snapshots.scope_of(undone.after) if undone else scope_of(db, case)
    before = snapshots.take(db, scope)
    drafts.lock_groups(db, snapshots.groups_in(before))
    if undone:
        if before != undone.after:
            raise Refused("action", "It has changed since, so this can’t be undone any more")
        snapshots.restore(db, undone.before, now)
    else:
        carry_out(db, case)
    if kind is ItemKind.REVIEW:
        reviews_queries.mark_looked_at(db, item_id)
    after = snapshots.take(db, scope)
    for group_id in snapshots.groups_in(before, after):
        reviews_queries.recount(db, group_id, now)
    line_id = log.add(
        db,
        moderator.id,
        kind,
        item_id,
        item.group_id,
        decision,
        before,
        after,
        now,
        undone.id if undone else None,
    )
    _tell(db, case, line_id, base_url)
    db.commit()
    return line_id


def _check(db: Db, moderator: Account, item: Item, decision: Decision) -> None:
    if item.stamp != decision.stamp:
        raise ItemChangedMeanwhile
    if decision.action not in item.actions:
        raise Refused("action", "That can’t be done with it as it stands")
    report = reports_queries.by_id(db, item.id) if item.kind is ItemKind.REPORT else None
    is_their_word = report is not None and report.email == moderator.email
    if is_their_word or item.author_id == moderator.id or _looks_after(db, moderator, item):
        raise Refused("action", "This is your own. Somebody else must decide")
    if report and report.decision_id:
        line = log.by_id(db, report.decision_id)
        is_alone = accounts_queries.count_moderators(db) < 2
        if line and line.moderator_id == moderator.id and not is_alone:
            raise Refused("action", "You made that decision. Somebody else must look at the appeal")


def _looks_after(db: Db, moderator: Account, item: Item) -> bool:
    """Whether it is about a listing of the moderator's own."""
    own = [item.group_id] if item.group_id else []
    return any(
        account_id == moderator.id
        for group_id in (*own, *(one for one, _ in item.pair))
        for account_id, _ in lines.editors_of(db, group_id)
    )


def _case(db: Db, item: Item, decision: Decision, now: datetime) -> Case:
    report = reports_queries.by_id(db, item.id) if item.kind is ItemKind.REPORT else None
    is_appeal = report is not None and report.kind is ReportKind.APPEAL
    appealed = (
        log.by_id(db, report.decision_id) if report and is_appeal and report.decision_id else None
    )
    return Case(item, decision, now, report, appealed)


def _tell(db: Db, case: Case, line_id: UUID, base_url: str) -> None:
    """Tell whoever reported, and whoever it is about; each with an own link to appeal."""
    item, decision = case.item, case.decision
    if case.report and case.report.email:
        link = _appeal_link(db, line_id, case.report.email, base_url, case.now)
        letter = emails.answered(case.report, decision, item.about, link)
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
        about = lines.name_of(db, decision.target) or item.about
        letter = emails.decided(kind, decision, about, link)
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
    groups = {group_id for group_id, _ in item.pair} | {item.group_id}
    found = (email for g in groups if g for _, email in lines.editors_of(db, g))
    return sorted(set(found))


def _appeal_link(db: Db, line_id: UUID, email: str, base_url: str, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    reports_queries.add_appeal_link(db, hashed(token), line_id, email, now)
    return f"{base_url}/appeal/{token}"
