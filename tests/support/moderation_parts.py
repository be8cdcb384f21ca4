"""Moderators at work, for tests: they decide as the site lets them, by the services."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, select

from finder.accounts import editors
from finder.accounts import queries as accounts_queries
from finder.accounts.rules import Account
from finder.domain.vocabulary import ListingState
from finder.listings.duplicates.rules import DuplicateState
from finder.listings.tables import OrganiserRow
from finder.listings.tables_history import DuplicateRow
from finder.moderation import log as moderation_log
from finder.moderation import service as moderation_service
from finder.moderation import states
from finder.moderation.reports import queries as reports_queries
from finder.moderation.reports import service as reports_service
from finder.moderation.reports.rules import ReportDraft, ReportKind
from finder.moderation.rules import Action, Decision, Item, ItemKind, LogLine, Reason
from finder.moderation.tables import ReportRow
from finder.organise.claims.rules import ClaimState
from finder.organise.tables import ClaimRow
from finder.platform.db.database import Db
from finder.platform.limits import Limits
from finder.platform.mail.tables import OutboxRow
from finder.reviews import service as reviews_service
from finder.reviews.rules import OwnReview, ReviewDraft
from tests.support.review_parts import NOW, SITE, submit

MOD, OTHER_MOD, PARENT = "mod@example.org", "second@example.org", "parent@example.org"
_SECONDS = count(1)


def moderator(db: Db, email: str = MOD) -> Account:
    moderation_service.add_moderator(db, email, NOW)
    account_id = accounts_queries.id_for(db, email, NOW)
    db.rollback()
    return Account(account_id, email, True)


def held(
    db: Db,
    group: UUID,
    answers: ReviewDraft | None = None,
    email: str = PARENT,
    now: datetime = NOW,
) -> OwnReview:
    """A parent's first review of anything: a rule holds it."""
    own = reviews_service.confirm(db, submit(db, group, answers, email, now=now), SITE, now)
    db.rollback()
    return own


def report(
    db: Db,
    group: UUID,
    review: UUID | None = None,
    kind: ReportKind = ReportKind.UNKIND,
    email: str = "",
    words: str = "It is about my sister.",
    mark: str = "",
) -> UUID:
    """Somebody reports a listing or a review. Gives the report's id."""
    about = reports_queries.reported(db, group, None)
    assert about is not None
    about = replace(about, review_id=review)
    number = reports_service.report(
        db, Limits("memory://"), ReportDraft(kind, words, email), about, "network", mark, NOW
    )
    return id_of(db, number)


def id_of(db: Db, number: str) -> UUID:
    """The id of the report of a number."""
    found = db.exec(select(ReportRow.id).where(col(ReportRow.number) == number)).one()
    db.rollback()
    return found


def claim(db: Db, group: UUID, email: str = PARENT) -> UUID:
    row = ClaimRow(
        id=uuid4(),
        group_id=group,
        account_id=accounts_queries.id_for(db, email, NOW),
        why="I run it on Tuesdays.",
        state=ClaimState.WAITING,
        created_at=NOW,
    )
    db.add(row)
    db.flush()
    found = row.id
    db.commit()
    return found


def duplicate(db: Db, one: UUID, other: UUID) -> UUID:
    low, high = sorted((one, other))
    row = DuplicateRow(
        id=uuid4(),
        group_id=low,
        other_id=high,
        why="5 metres apart",
        state=DuplicateState.WAITING,
        found_at=NOW,
    )
    db.add(row)
    db.flush()
    found = row.id
    db.commit()
    return found


def waiting_listing(db: Db, group: UUID, email: str = PARENT) -> UUID:
    """Let a listing wait for a moderator, as a new organiser's first does."""
    states.set_listing(db, group, ListingState.WAITING, NOW)
    look_after(db, email)
    return group


def look_after(db: Db, email: str) -> UUID:
    """Make somebody an editor of every organiser there is."""
    account_id = accounts_queries.id_for(db, email, NOW)
    for organiser_id in db.exec(select(OrganiserRow.id)).all():
        editors.add(db, organiser_id, account_id, NOW)
    db.commit()
    return account_id


def decide(
    db: Db,
    by: Account,
    kind: ItemKind,
    item_id: UUID,
    action: Action,
    *,
    reason: Reason = Reason.FINE,
    words: str = "We read it with care.",
    target: UUID | None = None,
) -> LogLine:
    """Decide on a thing as it stands now, a second after whatever was decided before. Gives the
    line of the log.
    """
    now = NOW + timedelta(seconds=next(_SECONDS))
    item = found(db, kind, item_id)
    db.rollback()
    wish = Decision(action, reason, words, item.stamp, target)
    line_id = moderation_service.decide(db, by, kind, item_id, wish, SITE, now)
    line = moderation_log.by_id(db, line_id)
    db.rollback()
    assert line is not None
    return line


def found(db: Db, kind: ItemKind, item_id: UUID) -> Item:
    item = moderation_service.find(db, kind, item_id)
    db.rollback()
    return item


def log(db: Db) -> tuple[LogLine, ...]:
    lines, _ = moderation_service.log_page(db, 1)
    db.rollback()
    return lines


def letters(db: Db, to: str) -> list[OutboxRow]:
    """Decisions and answers mailed to an address, oldest first."""
    rows: Any = db.exec(
        select(OutboxRow)
        .where(
            col(OutboxRow.recipient) == to,
            col(OutboxRow.dedupe_key).like("decision:%")
            | col(OutboxRow.dedupe_key).like("answer:%"),
        )
        .order_by(col(OutboxRow.created_at))
    ).all()
    db.rollback()
    return list(rows)
