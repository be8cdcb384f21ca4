"""Queries on reports, and on the links by which decisions are appealed."""

from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.vocabulary import ListingState
from finder.listings.tables import GroupRow, VenueRow
from finder.moderation.reports.rules import (
    OpenAppeal,
    Report,
    ReportDraft,
    Reported,
    ReportKind,
    ReportState,
)
from finder.moderation.tables import AppealLinkRow, ModerationLogRow, ReportRow
from finder.platform.db.database import Db
from finder.platform.emails import mailbox
from finder.reviews.group_reviews import IS_COUNTED
from finder.reviews.rules import FEWEST_TO_SHOW
from finder.reviews.tables import ReviewRow


def reported(db: Db, group_id: UUID, review_id: UUID | None) -> Reported | None:
    """What a report is about; None for what the public can't see."""
    found = db.exec(
        select(GroupRow.name, VenueRow.name)
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(GroupRow.id) == group_id, col(GroupRow.state) == ListingState.PUBLISHED)
    ).first()
    if found is None:
        return None
    if review_id is None:
        return Reported(group_id, *found)
    is_shown = (col(ReviewRow.group_id) == group_id, IS_COUNTED)
    review = db.exec(select(ReviewRow).where(col(ReviewRow.id) == review_id, *is_shown)).first()
    count = db.exec(select(sa.func.count()).select_from(ReviewRow).where(*is_shown)).one()
    if review is None or count < FEWEST_TO_SHOW:
        return None
    words = "\n".join(filter(None, (review.words, review.advice))) if review.print_words else ""
    return Reported(group_id, *found, review_id, words)


def add(
    db: Db,
    number: str,
    draft: ReportDraft,
    now: datetime,
    *,
    group_id: UUID | None = None,
    review_id: UUID | None = None,
    decision_id: UUID | None = None,
    mark: str = "",
) -> UUID:
    """Keep a report that waits for a moderator. Gives its id."""
    row = ReportRow(
        id=uuid4(),
        number=number,
        kind=draft.kind,
        group_id=group_id,
        review_id=review_id,
        decision_id=decision_id,
        words=draft.words,
        email=draft.email or None,
        sender_mark=mark or None,
        state=ReportState.WAITING,
        created_at=now,
    )
    db.add(row)
    db.flush()
    return row.id


def is_taken(db: Db, number: str) -> bool:
    """Whether a reference number was given before."""
    return db.exec(select(ReportRow.id).where(col(ReportRow.number) == number)).first() is not None


def by_id(db: Db, report_id: UUID) -> Report | None:
    """One report."""
    row = db.exec(
        select(ReportRow)
        .where(col(ReportRow.id) == report_id)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return None
    return Report(
        row.id,
        row.number,
        row.kind,
        row.words,
        row.email or "",
        row.state,
        row.group_id,
        row.review_id,
        row.decision_id,
        row.created_at,
    )


def saying_closed(db: Db, group_id: UUID) -> list[tuple[str, str]]:
    """Who reports that a group has closed: the mark and mailbox of each report that waits."""
    rows = db.exec(
        select(ReportRow.sender_mark, ReportRow.email).where(
            col(ReportRow.group_id) == group_id,
            col(ReportRow.kind) == ReportKind.CLOSED,
            col(ReportRow.state) == ReportState.WAITING,
        )
    )
    return [(mark or "", mailbox(email) if email else "") for mark, email in rows]


def set_maybe_closed(db: Db, group_id: UUID, on: date | None) -> None:
    """Put the note on a listing that it may have closed, or take it away."""
    db.exec(sa.update(GroupRow).where(col(GroupRow.id) == group_id).values(maybe_closed_on=on))


def maybe_closed_on(db: Db, group_id: UUID) -> date | None:
    """When a listing got the note that it may have closed."""
    query = sa.select(col(GroupRow.maybe_closed_on)).where(col(GroupRow.id) == group_id)
    found: date | None = db.execute(query).scalar_one()
    return found


def add_appeal_link(db: Db, token_hash: str, decision_id: UUID, email: str, now: datetime) -> None:
    """Keep a link by which a decision may be appealed."""
    row = AppealLinkRow(token_hash=token_hash, decision_id=decision_id, email=email, created_at=now)
    db.add(row)
    db.flush()


def open_appeal(db: Db, token_hash: str, since: datetime) -> OpenAppeal | None:
    """A decision that may still be appealed by this link. Changes nothing."""
    found = db.exec(
        select(AppealLinkRow.decision_id, AppealLinkRow.email, ModerationLogRow, GroupRow.name)
        .join(ModerationLogRow, col(ModerationLogRow.id) == col(AppealLinkRow.decision_id))
        .outerjoin(GroupRow, col(GroupRow.id) == col(ModerationLogRow.group_id))
        .where(
            col(AppealLinkRow.token_hash) == token_hash,
            col(AppealLinkRow.used_at).is_(None),
            col(AppealLinkRow.created_at) > since,
        )
    ).first()
    if found is None:
        return None
    decision_id, email, line, name = found
    return OpenAppeal(decision_id, email, name or "", f"{line.reason.label}. {line.words}")


def use_up(db: Db, token_hash: str, now: datetime) -> int:
    """Mark a link as used. Gives 0 where somebody did so meanwhile."""
    return db.exec(
        sa.update(AppealLinkRow)
        .where(col(AppealLinkRow.token_hash) == token_hash, col(AppealLinkRow.used_at).is_(None))
        .values(used_at=now)
    ).rowcount


def forget_appeal_links(db: Db, before: datetime) -> int:
    """Remove links that were mailed up to a moment. Gives how many."""
    return db.exec(sa.delete(AppealLinkRow).where(col(AppealLinkRow.created_at) <= before)).rowcount


def forget_words(db: Db, before: datetime) -> int:
    """Forget the words and addresses of reports that were answered up to a moment."""
    is_old = (
        col(ReportRow.answered_at) <= before,
        sa.or_(col(ReportRow.email).is_not(None), col(ReportRow.words) != ""),
    )
    return db.exec(sa.update(ReportRow).where(*is_old).values(email=None, words="")).rowcount


def forget_marks(db: Db, before: datetime) -> int:
    """Forget the networks of reports and reviews that were sent up to a moment."""
    count = 0
    for table, mark in ((ReportRow, ReportRow.sender_mark), (ReviewRow, ReviewRow.network_mark)):
        old = (col(mark).is_not(None), col(table.created_at) <= before)
        count += db.exec(sa.update(table).where(*old).values({mark.key: None})).rowcount  # type: ignore[union-attr]
    return count


def group_of_decision(db: Db, decision_id: UUID) -> UUID | None:
    """The group that a decision was about."""
    query = select(ModerationLogRow.group_id).where(col(ModerationLogRow.id) == decision_id)
    return db.exec(query).first()
