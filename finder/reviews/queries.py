"""Queries on reviews: kept, found by an emailed link, confirmed, changed, taken back."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from finder.domain.vocabulary import TalkingLevel
from finder.listings.learned import tables_in_use
from finder.listings.row_values import facts_known
from finder.listings.search_columns import fact_columns, keep_counts, set_columns, talking_columns
from finder.listings.tables import GroupRow, VenueRow
from finder.platform.db.database import Db
from finder.reviews.answer_counts import heard_of_each
from finder.reviews.rules import OwnReview, ReviewAnswers, ReviewState, Visit
from finder.reviews.tables import ReviewFactRow, ReviewRow

_SAME_NAMES = (
    "came_alone",
    "baby_age",
    "was_first_time",
    "would_go_again",
    "words",
    "advice",
    "print_words",
)
_LEVELS = tuple(TalkingLevel)


def add_unconfirmed(
    db: Db,
    group_id: UUID,
    answers: ReviewAnswers,
    email: str,
    form_key: str,
    token_hash: str,
    now: datetime,
    network_mark: str = "",
) -> None:
    """Keep a review that waits for its email link. It counts for nothing yet."""
    row = ReviewRow(
        group_id=group_id,
        pending_email=email,
        form_key=form_key,
        token_hash=token_hash,
        network_mark=network_mark or None,
        state=ReviewState.UNCONFIRMED,
        created_at=now,
        updated_at=now,
        **_values(answers),
    )
    db.add(row)
    db.flush()
    _write_facts(db, row.id, answers)


def rewrite(db: Db, review_id: UUID, answers: ReviewAnswers, now: datetime) -> None:
    """Put other answers in place of a review's own."""
    db.exec(
        sa.update(ReviewRow)
        .where(col(ReviewRow.id) == review_id)
        .values(updated_at=now, **_values(answers))
    )
    db.exec(sa.delete(ReviewFactRow).where(col(ReviewFactRow.review_id) == review_id))
    _write_facts(db, review_id, answers)


def by_form(db: Db, form_key: str) -> OwnReview | None:
    """The review that this very form has already made."""
    return _own(db, col(ReviewRow.form_key) == form_key)


def by_managing_link(db: Db, link_hash: str) -> OwnReview | None:
    """The review that a link lets its author change or withdraw."""
    return _own(db, col(ReviewRow.manage_hash) == link_hash)


def by_confirming_link(db: Db, link_hash: str) -> OwnReview | None:
    """The review that a link confirms, or has confirmed."""
    return _own(db, col(ReviewRow.token_hash) == link_hash)


def of_account(db: Db, account_id: UUID, group_id: UUID) -> OwnReview | None:
    """The one review that an account has of a group."""
    return _own(db, col(ReviewRow.account_id) == account_id, col(ReviewRow.group_id) == group_id)


def by_id(db: Db, review_id: UUID) -> OwnReview | None:
    """One review, as a moderator's decision needs it."""
    return _own(db, col(ReviewRow.id) == review_id)


def count_held(db: Db) -> int:
    """How many reviews wait for a moderator."""
    return db.exec(
        select(sa.func.count())
        .select_from(ReviewRow)
        .where(col(ReviewRow.state) == ReviewState.HELD)
    ).one()


def lock(db: Db, own: OwnReview) -> None:
    """Lock a group and what is reviewed of it until the commit.

    Two changes to one group must not each count without the other. SQLite's single writer
    needs nothing; PostgreSQL waits on the group's row.
    """
    db.exec(
        select(GroupRow)
        .where(col(GroupRow.id) == own.group_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def settle(
    db: Db, review_id: UUID, account_id: UUID, state: ReviewState, manage_hash: str, now: datetime
) -> None:
    """Give a confirmed review its account and state, and the hash of the link to manage it."""
    _update(
        db,
        review_id,
        account_id=account_id,
        pending_email=None,
        state=state,
        manage_hash=manage_hash,
        confirmed_at=now,
        updated_at=now,
        published_at=now if state is ReviewState.PUBLISHED else None,
    )


def replace(db: Db, earlier_id: UUID, newer: OwnReview, link_hash: str, now: datetime) -> None:
    """Put a newer review's answers into its author's earlier one, and drop the newer.

    The earlier keeps its identity, so that what a moderator said of it stays with it; it takes
    over the newer one's links.
    """
    form_key = db.exec(select(ReviewRow.form_key).where(col(ReviewRow.id) == newer.id)).one()
    db.exec(sa.delete(ReviewFactRow).where(col(ReviewFactRow.review_id) == newer.id))
    db.exec(sa.delete(ReviewRow).where(col(ReviewRow.id) == newer.id))
    rewrite(db, earlier_id, newer.answers, now)
    _update(db, earlier_id, token_hash=link_hash, form_key=form_key)


def set_state(db: Db, review_id: UUID, state: ReviewState, now: datetime) -> None:
    """Move a review; the caller has asked the table of states."""
    _update(db, review_id, state=state, updated_at=now)


def erase_answers(db: Db, review_id: UUID, now: datetime) -> None:
    """Forget what a withdrawn review said, but for its level and month."""
    blank: dict[str, Any] = dict.fromkeys(
        ("came_alone", "baby_age", "was_first_time", "would_go_again")
    )
    _update(db, review_id, words="", advice="", updated_at=now, **blank)
    db.exec(sa.delete(ReviewFactRow).where(col(ReviewFactRow.review_id) == review_id))


def forget_unconfirmed(db: Db, before: datetime) -> int:
    """Remove reviews whose email never proved itself. Gives how many."""
    waiting = sa.and_(
        col(ReviewRow.state) == ReviewState.UNCONFIRMED, col(ReviewRow.created_at) < before
    )
    old = sa.select(col(ReviewRow.id)).where(waiting)
    db.exec(sa.delete(ReviewFactRow).where(col(ReviewFactRow.review_id).in_(old)))
    return db.exec(sa.delete(ReviewRow).where(waiting)).rowcount


def recount(db: Db, group_id: UUID, now: datetime) -> None:
    """Work out a group's levels and facts anew from its published reviews; the caller commits.

    Nothing else of its search columns depends on reviews.
    """
    group, venue = db.exec(
        select(GroupRow, VenueRow)
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(GroupRow.id) == group_id)
    ).one()
    heard = heard_of_each(db, [group_id], now.date())[group_id]
    keep_counts(db, group, heard, now)
    db.flush()
    facts = fact_columns(facts_known(db, group_id, group.venue_id))
    tables = tables_in_use(db)
    talking = talking_columns(
        group.claimed_level, heard.reports, group.main_format, venue.kind, tables
    )
    set_columns(group, facts | talking)
    db.flush()


def _values(answers: ReviewAnswers) -> dict[str, Any]:
    return {
        "level": answers.level.value,
        "visit_year": answers.visit.year,
        "visit_month": answers.visit.month,
        **{name: getattr(answers, name) for name in _SAME_NAMES},
    }


def _write_facts(db: Db, review_id: UUID, answers: ReviewAnswers) -> None:
    db.add_all(
        ReviewFactRow(review_id=review_id, fact=fact, is_yes=is_yes)
        for fact, is_yes in answers.facts.items()
    )
    db.flush()


def _update(db: Db, review_id: UUID, **values: Any) -> None:
    db.exec(sa.update(ReviewRow).where(col(ReviewRow.id) == review_id).values(**values))


def _own(db: Db, *where: Any) -> OwnReview | None:
    found = db.exec(
        select(ReviewRow, GroupRow.name, VenueRow.name)
        .join(GroupRow, col(GroupRow.id) == col(ReviewRow.group_id))
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(*where)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        return None
    row, group_name, venue_name = found
    facts = db.exec(select(ReviewFactRow).where(col(ReviewFactRow.review_id) == row.id)).all()
    answers = ReviewAnswers(
        level=_LEVELS[row.level - 1],
        visit=Visit(row.visit_year, row.visit_month),
        facts={fact.fact: fact.is_yes for fact in facts},
        **{name: getattr(row, name) for name in _SAME_NAMES},
    )
    return OwnReview(
        row.id,
        row.group_id,
        group_name,
        venue_name,
        row.state,
        answers,
        row.created_at,
        row.account_id,
        row.pending_email,
    )
