"""Report a problem, complain, or appeal a decision.

None of it needs an account. An email address is for our answer only.
"""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from finder.domain.refused import NoSuchLink, NothingThere
from finder.domain.schedule.sessions import london_day
from finder.listings.tables import GroupRow
from finder.moderation import emails
from finder.moderation.reports import queries
from finder.moderation.reports.rules import (
    APPEALS,
    DIGITS,
    ENOUGH_TO_SAY_CLOSED,
    OpenAppeal,
    ReportDraft,
    Reported,
    ReportKind,
    count_people,
)
from finder.platform.db.database import Db, lock_rows
from finder.platform.emails import normal_email
from finder.platform.limits import Limits
from finder.platform.mail import queries as mail_queries
from finder.platform.tokens import hashed
from finder.reviews import queries as reviews_queries

MOST_FROM_A_NETWORK = "10/hour"
RECEIPT = "report"
MOST_RECEIPTS_A_DAY = 5
"""To one mailbox. The page promises none: it shows the number itself."""
APPEAL_WITHIN = APPEALS.lasts


class TooManyReports(Exception):
    """One network sent too many within an hour."""


def find_reported(db: Db, group_id: UUID, review_id: UUID | None = None) -> Reported:
    """What a report is about. NothingThere for what the public can't see."""
    found = queries.reported(db, group_id, review_id)
    if found is None:
        raise NothingThere
    return found


def report(
    db: Db,
    limits: Limits,
    draft: ReportDraft,
    about: Reported | None,
    network: str,
    mark: str,
    now: datetime,
) -> str:
    """Keep a report, and give its reference number. TooManyReports; Refused for no address;
    NothingThere for a review that is gone meanwhile.

    about: None for a complaint about the site. mark: of the network; tells two senders apart. The
    second person who says that a group has closed puts a note on its page in the same commit.
    """
    if not limits.take("report", network, MOST_FROM_A_NETWORK):
        raise TooManyReports
    if draft.email:
        draft = replace(draft, email=normal_email(draft.email))
    number = _number(db)
    group_id = about.group_id if about else None
    review_id = about.review_id if about else None
    if group_id:
        lock_rows(db, GroupRow, [group_id])
        if review_id and reviews_queries.by_id(db, review_id) is None:
            raise NothingThere
    queries.add(
        db,
        number,
        draft,
        now,
        group_id=group_id,
        review_id=review_id,
        mark=mark,
    )
    if group_id and draft.kind is ReportKind.CLOSED:
        _note_if_enough(db, group_id, now)
    _queue_receipt(db, draft.email, number, now)
    db.commit()
    return number


def find_appeal(db: Db, token: str, now: datetime) -> OpenAppeal:
    """The decision that a mailed link lets its reader appeal. Changes nothing. NoSuchLink."""
    found = queries.open_appeal(db, hashed(token), now - APPEAL_WITHIN)
    if found is None:
        raise NoSuchLink
    return found


def appeal(db: Db, token: str, words: str, now: datetime) -> str:
    """Appeal against a decision, once. Gives the reference number. NoSuchLink."""
    found = find_appeal(db, token, now)
    draft = ReportDraft(ReportKind.APPEAL, words, found.email)
    if not queries.use_up(db, hashed(token), now):
        db.rollback()
        raise NoSuchLink
    number = _number(db)
    queries.add(
        db,
        number,
        draft,
        now,
        group_id=queries.group_of_decision(db, found.decision_id),
        decision_id=found.decision_id,
    )
    _queue_receipt(db, found.email, number, now)
    db.commit()
    return number


def _note_if_enough(db: Db, group_id: UUID, now: datetime) -> None:
    people = count_people(queries.saying_closed(db, group_id))
    is_new = queries.maybe_closed_on(db, group_id) is None
    if people >= ENOUGH_TO_SAY_CLOSED and is_new:
        queries.set_maybe_closed(db, group_id, london_day(now))


def _number(db: Db) -> str:
    while True:
        number = "QC-" + "".join(secrets.choice(DIGITS) for _ in range(6))
        if not queries.is_taken(db, number):
            return number


def _queue_receipt(db: Db, email: str, number: str, now: datetime) -> None:
    day = now - timedelta(days=1)
    if email and mail_queries.count_to(db, RECEIPT, email, day) < MOST_RECEIPTS_A_DAY:
        letter = emails.receipt_letter(number)
        mail_queries.queue(db, f"{RECEIPT}:{number}", email, *letter, now)
