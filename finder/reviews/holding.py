"""Asks the rules whether a review waits for a moderator, and keeps which of them said so."""

from datetime import datetime
from uuid import UUID

from finder.accounts import queries as accounts_queries
from finder.platform.db.database import Db
from finder.reviews import hold_queries
from finder.reviews.hold_rules import Holdable, Rule, rules_that_hold
from finder.reviews.rules import OwnReview, ReviewAnswers, ReviewState

_OF_ITS_AUTHOR = frozenset({Rule.FIRST, Rule.BURST, Rule.DISPOSABLE})
"""Rules that a review which was let through has met already: a change does not meet them anew."""


def ask_rules(
    db: Db, own: OwnReview, earlier: OwnReview | None, account_id: UUID, now: datetime
) -> tuple[Rule, ...]:
    """The rules that hold a review whose email has just proved itself; none: publish it.

    earlier: its author's review of the same group, in whose place it comes.
    """
    review_id = earlier.id if earlier else own.id
    rules = _rules(db, own, own.answers, account_id, review_id, now)
    if earlier and _is_changed_after_a_look(db, earlier, own.answers):
        rules = (*rules, Rule.CHANGED)
    return rules


def ask_rules_on_change(
    db: Db, own: OwnReview, answers: ReviewAnswers, now: datetime
) -> tuple[Rule, ...]:
    """The rules that hold what a confirmed review's author made of it."""
    if own.account_id is None:
        return ()
    rules = _rules(db, own, answers, own.account_id, own.id, now)
    if own.state is ReviewState.PUBLISHED:
        rules = tuple(rule for rule in rules if rule not in _OF_ITS_AUTHOR)
    if _is_changed_after_a_look(db, own, answers):
        rules = (*rules, Rule.CHANGED)
    return rules


def _rules(
    db: Db,
    own: OwnReview,
    answers: ReviewAnswers,
    account_id: UUID,
    review_id: UUID,
    now: datetime,
) -> tuple[Rule, ...]:
    email = own.pending_email or ""
    network = hold_queries.network_of(db, own.id)
    return rules_that_hold(
        Holdable(
            text=_text(answers),
            level=answers.level.value,
            email=email,
            strong_words=hold_queries.strong_words(),
            published_before=hold_queries.published_before(db, account_id),
            others_words=hold_queries.words_of_others(db, review_id),
            other_levels=hold_queries.levels_of_others(db, own.group_id, review_id),
            in_a_day=hold_queries.count_in_a_day(db, own.group_id, review_id, now) + 1,
            is_suspended=accounts_queries.is_sender_suspended(db, account_id, email, network),
        )
    )


def _is_changed_after_a_look(db: Db, earlier: OwnReview, answers: ReviewAnswers) -> bool:
    """A level that changes is counted as it is; new words nobody has read yet."""
    return _text(earlier.answers) != _text(answers) and hold_queries.is_looked_at(db, earlier.id)


def _text(answers: ReviewAnswers) -> str:
    return f"{answers.words} {answers.advice}".strip()
