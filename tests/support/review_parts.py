"""Groups and reviews for tests, made as people make them: saved, submitted, confirmed."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, select

from finder.accounts.tables import AccountRow
from finder.domain.groups import GroupDraft
from finder.domain.vocabulary import TalkingLevel
from finder.listings.tables import GroupFactRow, GroupRow
from finder.moderation import effects
from finder.platform.db.database import Db
from finder.platform.mail.tables import OutboxRow
from finder.reviews import queries as reviews_queries
from finder.reviews import service as reviews_service
from finder.reviews.rules import OwnReview, ReviewDraft, ReviewState, Visit
from finder.reviews.saving import save
from finder.reviews.tables import ReviewRow
from tests.domain.test_groups import GROUP

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TODAY = date(2026, 11, 24)
SITE = "http://localhost"
_NUMBERS = count(1)


def add_group(db: Db, ref: str = "songs", **changes: Any) -> UUID:
    draft: GroupDraft = replace(GROUP, ref=ref, **changes)
    saved = save(db, draft, at=NOW)
    db.commit()
    return saved.public_id


def draft(level: int = 2, **changes: Any) -> ReviewDraft:
    told: dict[str, Any] = {"visit": Visit(2026, 10), "today": TODAY, **changes}
    return ReviewDraft(level=list(TalkingLevel)[level - 1], **told)


def submit(
    db: Db,
    group_id: UUID,
    answers: ReviewDraft | None = None,
    email: str = "",
    form_key: str = "",
    now: datetime = NOW,
) -> str:
    """Send a review, and give the token of the link in its mail."""
    number = next(_NUMBERS)
    token = f"token-{uuid4().hex}"
    reviews_service.submit(
        db,
        answers or draft(),
        email or f"parent{number}@example.org",
        group_id,
        form_key or f"form-{number}",
        token,
        SITE,
        now,
    )
    return token


def publish(
    db: Db, group_id: UUID, answers: ReviewDraft | None = None, email: str = "", now: datetime = NOW
) -> tuple[OwnReview, str]:
    """Send a review, confirm it, and let it through as a moderator would whom a rule asks.

    Gives it, and the token by which to manage it. What a moderator holds already, stays held.
    """
    before = set(manage_tokens(db))
    token = submit(db, group_id, answers, email, now=now)
    waiting = reviews_service.find_by_token(db, token, now)
    was = _earlier_state(db, waiting)
    own = reviews_service.confirm(db, token, SITE, now)
    if own.state is ReviewState.HELD and was not in {ReviewState.HELD, ReviewState.HIDDEN}:
        own = let_through(db, own, now)
    (token,) = set(manage_tokens(db)) - before
    db.rollback()  # lets go of the lock that reading took
    return own, token


def let_through(db: Db, own: OwnReview, now: datetime = NOW) -> OwnReview:
    """Publish a review that a rule held, without a moderator."""
    effects.set_review(db, own.id, ReviewState.PUBLISHED, now)
    reviews_queries.recount(db, own.group_id, now)
    db.commit()
    return replace(own, state=ReviewState.PUBLISHED)


def _earlier_state(db: Db, own: OwnReview) -> ReviewState | None:
    found = db.exec(
        select(ReviewRow.state)
        .join(AccountRow, col(AccountRow.id) == col(ReviewRow.account_id))
        .where(col(AccountRow.email) == own.pending_email, col(ReviewRow.group_id) == own.group_id)
    ).first()
    db.rollback()
    return found


def mails(db: Db) -> list[OutboxRow]:
    return list(db.exec(select(OutboxRow).order_by(col(OutboxRow.created_at))).all())


def manage_tokens(db: Db) -> list[str]:
    """The tokens of all links to change a review that were mailed."""
    return [t for mail in mails(db) for t in re.findall(r"/reviews/([\w-]{30,})", mail.body)]


def stored(db: Db, group_id: UUID) -> dict[str, Any]:
    """All that a group's row and its facts say of what parents answered."""
    db.expire_all()
    group = db.get_one(GroupRow, group_id)
    facts = db.exec(select(GroupFactRow).where(col(GroupFactRow.group_id) == group_id)).all()
    names = (
        *(f"talking_{n}" for n in range(1, 6)),
        *(f"reports_{n}" for n in range(1, 6)),
        *("talking_level", "talking_sure_level", "talking_agreed_level", "is_talking_known"),
        *("facts_yes", "facts_no", "facts_sure", "reported_on"),
    )
    found = {name: getattr(group, name) for name in names}
    answers = {f.fact.value: (f.is_yes, f.parents_yes, f.parents_no) for f in facts}
    db.rollback()
    return found | {"facts": answers}
