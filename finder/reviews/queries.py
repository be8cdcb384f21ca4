"""Queries on one review: kept, found by an emailed link, confirmed, held, changed, taken back."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import col, select

from finder.accounts import queries as accounts_queries
from finder.domain.vocabulary import ListingState, TalkingLevel
from finder.listings.learned import tables_in_use
from finder.listings.row_values import facts_known
from finder.listings.search_columns import columns_by_reviews, keep_counts, set_columns
from finder.listings.tables import GroupRow, VenueRow
from finder.platform.db.database import Db, read_locked
from finder.reviews.group_reviews import heard_of_each
from finder.reviews.hold_rules import Rule
from finder.reviews.questions import questions_for
from finder.reviews.rules import (
    OwnReview,
    ReviewAnswers,
    ReviewedGroup,
    ReviewState,
    Visit,
)
from finder.reviews.tables import ReviewFactRow, ReviewHoldRow, ReviewRow

_SAME_NAMES = (
    *("came_alone", "baby_age", "was_first_time", "would_go_again"),
    *("words", "advice", "print_words"),
)
_LEVELS = tuple(TalkingLevel)


def group_to_review(db: Db, group_id: UUID) -> ReviewedGroup | None:
    """A published group, and the six questions to ask about it; None where there is none."""
    found = db.execute(
        sa.select(
            *(col(GroupRow.name), col(GroupRow.venue_id), col(VenueRow.name)),
            *(col(GroupRow.is_talking_known), col(GroupRow.talking_level)),
        )
        .join(VenueRow, col(VenueRow.id) == col(GroupRow.venue_id))
        .where(col(GroupRow.id) == group_id, col(GroupRow.state) == ListingState.PUBLISHED)
    ).first()
    if found is None:
        return None
    name, venue_id, venue_name, is_known, level = found
    shown = _LEVELS[level - 1] if is_known else None
    questions = questions_for(facts_known(db, group_id, venue_id), shown)
    return ReviewedGroup(group_id, name, venue_name, questions)


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
    review_id = uuid4()
    db.exec(
        sa.insert(ReviewRow).values(
            id=review_id,
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
    )
    _write_facts(db, review_id, answers)


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


def locked(db: Db, look: Callable[[], OwnReview]) -> OwnReview:
    """The review that `look` finds, as it is once its group is locked until the commit.

    Two changes to one group must not each count without the other. Its author is locked before,
    as by whoever deletes the account: PostgreSQL checks a foreign key again in a second update.
    """
    if author_id := look().account_id:
        accounts_queries.hold(db, [author_id])
    return read_locked(db, look, GroupRow, lambda own: (own.group_id,))


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
    over the newer one's links and network.
    """
    form_key, network_mark = db.exec(
        select(ReviewRow.form_key, ReviewRow.network_mark).where(col(ReviewRow.id) == newer.id)
    ).one()
    db.exec(sa.delete(ReviewFactRow).where(col(ReviewFactRow.review_id) == newer.id))
    db.exec(sa.delete(ReviewRow).where(col(ReviewRow.id) == newer.id))
    rewrite(db, earlier_id, newer.answers, now)
    _update(db, earlier_id, token_hash=link_hash, form_key=form_key, network_mark=network_mark)


def set_state(db: Db, review_id: UUID, state: ReviewState, now: datetime) -> None:
    """Move a review; the caller has asked the table of states."""
    _update(db, review_id, state=state, updated_at=now)


def erase_answers(db: Db, review_id: UUID, now: datetime) -> None:
    """Forget what a withdrawn review said, but for its level and month."""
    blank: dict[str, object] = dict.fromkeys(
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
    facts = facts_known(db, group_id, group.venue_id)
    columns = columns_by_reviews(group, venue, facts, heard.reports, tables_in_use(db))
    set_columns(group, columns)
    db.flush()


def is_looked_at(db: Db, review_id: UUID) -> bool:
    """Whether a moderator has ever decided on a review."""
    query = select(ReviewRow.is_looked_at).where(col(ReviewRow.id) == review_id)
    return bool(db.exec(query).first())


def mark_looked_at(db: Db, review_id: UUID) -> None:
    """Keep that a moderator has decided on a review; the caller commits."""
    where = col(ReviewRow.id) == review_id
    db.exec(sa.update(ReviewRow).where(where).values(is_looked_at=True))


def network_of(db: Db, review_id: UUID) -> str | None:
    """The mark of the network that a review came from, while it is kept."""
    return db.exec(select(ReviewRow.network_mark).where(col(ReviewRow.id) == review_id)).first()


def rules_of(db: Db, review_id: UUID) -> tuple[Rule, ...]:
    """The rules that held a review, in the order of their list."""
    query = select(ReviewHoldRow.rule).where(col(ReviewHoldRow.review_id) == review_id)
    found = set(db.exec(query))
    return tuple(rule for rule in Rule if rule in found)


def note(db: Db, review_id: UUID, rules: Iterable[Rule]) -> None:
    """Keep which rules hold a review, in place of those that held it before."""
    db.exec(sa.delete(ReviewHoldRow).where(col(ReviewHoldRow.review_id) == review_id))
    db.add_all(ReviewHoldRow(review_id=review_id, rule=rule) for rule in rules)
    db.flush()


def _values(answers: ReviewAnswers) -> dict[str, object]:
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


def _update(db: Db, review_id: UUID, **values: object) -> None:
    db.exec(sa.update(ReviewRow).where(col(ReviewRow.id) == review_id).values(**values))


def _own(db: Db, *where: sa.ColumnElement[bool]) -> OwnReview | None:
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
