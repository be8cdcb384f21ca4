"""What a parent does with a review: writes it, proves an email, changes it, takes it back.

Nothing counts before the email is confirmed. Whatever changes what counts changes the group's
stored levels in the same commit.
"""

import secrets
from contextlib import suppress
from datetime import datetime, time, timedelta
from uuid import UUID

from finder.accounts import queries as accounts_queries
from finder.accounts.rules import Account
from finder.domain.refused import NoSuchLink, NothingThere, Refused
from finder.domain.schedule.sessions import LONDON, london_day
from finder.platform.db.database import Db
from finder.platform.emails import normal_email
from finder.platform.mail import queries as mail_queries
from finder.platform.tokens import hashed
from finder.reviews import emails, group_reviews, queries
from finder.reviews.group_reviews import reviews_of
from finder.reviews.hold_rules import Holdable, Rule, rules_that_hold
from finder.reviews.rules import (
    UNCONFIRMED,
    OwnReview,
    ReviewAnswers,
    ReviewDraft,
    ReviewedGroup,
    ReviewState,
    move,
    state_once_confirmed,
)

__all__ = ["reviews_of"]

LINK_LASTS = UNCONFIRMED.lasts
CONFIRM = "review-confirm"
MOST_LETTERS_A_DAY = 10
"""Letters that ask to confirm a review, to one mailbox. What is more waits for the next morning."""
MORNING = time(7)
_OF_ITS_AUTHOR = frozenset({Rule.FIRST, Rule.BURST, Rule.DISPOSABLE})
"""Rules that a review which was let through has met already: a change does not meet them anew."""


_MOMENT = timedelta(microseconds=1)
FULL = (
    "This address waits for very many letters from us, so we could not keep your review. Send it"
    " once more the day after tomorrow"
)


class OwnGroup(Refused):
    """A review of a group by one who looks after it: parents count on other parents."""

    def __init__(self) -> None:
        super().__init__("email", "You look after this group, so you can’t review it")


class NoSuchGroup(NothingThere):
    """There is no published group of that id."""


def group_to_review(db: Db, group_id: UUID) -> ReviewedGroup:
    """What the review page says of its group, and its six questions. NoSuchGroup."""
    found = queries.group_to_review(db, group_id)
    if found is None:
        raise NoSuchGroup(str(group_id))
    return found


def is_own_group(db: Db, account: Account, group_id: UUID) -> bool:
    """Whether somebody looks after a group, and so can't review it."""
    return accounts_queries.is_editor_of(db, account.email, group_id)


def submit(
    db: Db,
    draft: ReviewDraft,
    email: str,
    group_id: UUID,
    form_key: str,
    token: str,
    base_url: str,
    now: datetime,
    mark: str = "",
) -> bool:
    """Keep a review that waits for its email, and queue the mail with the link, in one commit.

    form_key: random, and new for each form that is shown. A form that is sent twice makes one
    review; sent again with other words before the review is confirmed, it changes them.
    token: the secret of the link. mark: of the sender's network, which may be suspended.
    Gives whether the letter goes out now: a mailbox gets ten such letters a day, and the next waits
    for tomorrow. Refused, with nothing kept, where tomorrow's ten are queued too. An editor of the
    group reads by mail that the review can't be kept. The page does not say so: anybody could find
    out by it whose address belongs to the group.
    """
    group = group_to_review(db, group_id)
    address = normal_email(email)
    # The key holds the address, so that whoever corrects a mistyped one still gets the mail.
    key = hashed(f"{form_key} {address} {group_id}")
    # Of two clicks at one moment the second waits, and finds the review of the first.
    accounts_queries.lock_address(db, address)
    if queries.by_form(db, key) is not None:
        _rewrite(db, key, draft, now)
    else:
        at = _when_to_write(db, address, now)
        if accounts_queries.is_editor_of(db, address, group_id):
            letter = emails.own_group(group.name, group.venue_name)
        else:
            queries.add_unconfirmed(db, group_id, draft, address, key, hashed(token), now, mark)
            letter = emails.please_confirm(group, f"{base_url}/reviews/confirm/{token}")
        mail_queries.queue(db, f"{CONFIRM}:{hashed(token)}", address, *letter, now, at)
    waits = mail_queries.count_to(db, CONFIRM, address, now)
    db.commit()
    return not waits


def _when_to_write(db: Db, address: str, now: datetime) -> datetime:
    """When a letter about a new review may go to an address. Refused where two days are full."""
    today = london_day(now)
    for days in (0, 1):
        begins, ends = (
            datetime.combine(today + timedelta(days=more), time(), LONDON)
            for more in (days, days + 1)
        )
        count = mail_queries.count_to(db, CONFIRM, address, begins - _MOMENT, ends - _MOMENT)
        if count < MOST_LETTERS_A_DAY:
            return datetime.combine(today + timedelta(days=1), MORNING, LONDON) if days else now
    db.rollback()
    raise Refused("email", FULL)


def find_by_token(db: Db, token: str, now: datetime) -> OwnReview:
    """The review that an emailed link confirms, or has confirmed. Changes nothing. NoSuchLink."""
    return _valid(queries.by_confirming_link(db, hashed(token)), now)


def find_by_manage_token(db: Db, token: str) -> OwnReview:
    """The review that its author may change or withdraw by this link. NoSuchLink."""
    own = queries.by_managing_link(db, hashed(token))
    if own is None:
        raise NoSuchLink
    return own


def confirm(db: Db, token: str, base_url: str, now: datetime) -> OwnReview:
    """Publish the review of a link, or put it in place of its author's earlier one. NoSuchLink.

    One that a rule holds waits for a moderator instead. To confirm a second time changes nothing.
    The author gets a link by mail to change or withdraw the review.
    OwnGroup where the author has become the group's editor meanwhile.
    """
    link = hashed(token)
    email = find_by_token(db, token, now).pending_email
    # The account is locked before the group, as by whoever deletes it.
    account_id = accounts_queries.id_for(db, email, now) if email else None
    own = queries.locked(db, lambda: find_by_token(db, token, now))
    if account_id is None or own.pending_email is None:
        db.rollback()
        return own
    if accounts_queries.is_editor_of(db, own.pending_email, own.group_id):
        db.rollback()
        raise OwnGroup
    manage_token = secrets.token_urlsafe(32)
    earlier = queries.of_account(db, account_id, own.group_id)
    rules = _ask_rules(db, own, earlier, account_id, now)
    state = state_once_confirmed(earlier.state if earlier else None, is_held=bool(rules))
    if earlier:
        move(earlier.state, state)
        queries.replace(db, earlier.id, own, link, now)
    kept_id = earlier.id if earlier else own.id
    queries.settle(db, kept_id, account_id, state, hashed(manage_token), now)
    queries.note(db, kept_id, rules)
    letter = emails.thank_you(own, state, f"{base_url}/reviews/{manage_token}")
    key = f"review-manage:{hashed(manage_token)}"
    mail_queries.queue(db, key, own.pending_email, *letter, now)
    if ReviewState.PUBLISHED in {state, earlier and earlier.state}:
        queries.recount(db, own.group_id, now)
    confirmed = find_by_token(db, token, now)
    db.commit()
    return confirmed


def change(db: Db, token: str, draft: ReviewDraft, now: datetime) -> OwnReview:
    """Put other answers into a confirmed review. NoSuchLink; Refused once it is taken back.

    What a rule holds leaves the rating until a moderator has read it.
    """
    own = _locked(db, token)
    if own.state not in {ReviewState.PUBLISHED, ReviewState.HELD}:
        raise Refused("state", "This review can’t be changed any more")
    rules = _ask_rules_on_change(db, own, draft, now)
    queries.rewrite(db, own.id, draft, now)
    if rules:
        queries.set_state(db, own.id, move(own.state, ReviewState.HELD), now)
        queries.note(db, own.id, rules)
    if own.state is ReviewState.PUBLISHED:
        queries.recount(db, own.group_id, now)
    changed = find_by_manage_token(db, token)
    db.commit()
    return changed


def withdraw(db: Db, token: str, now: datetime) -> OwnReview:
    """Take a review out of the rating at once, and forget what it said. NoSuchLink.

    One that a moderator has hidden stays hidden, but its words are forgotten too.
    """
    own = _locked(db, token)
    queries.erase_answers(db, own.id, now)
    if own.state is not ReviewState.HIDDEN:
        queries.set_state(db, own.id, move(own.state, ReviewState.WITHDRAWN), now)
    if own.state is ReviewState.PUBLISHED:
        queries.recount(db, own.group_id, now)
    changed = find_by_manage_token(db, token)
    db.commit()
    return changed


def _valid(own: OwnReview | None, now: datetime) -> OwnReview:
    if own is None:
        raise NoSuchLink
    if own.state is ReviewState.UNCONFIRMED and now - own.created_at > LINK_LASTS:
        raise NoSuchLink
    return own


def _locked(db: Db, token: str) -> OwnReview:
    return queries.locked(db, lambda: find_by_manage_token(db, token))


def _rewrite(db: Db, form_key: str, draft: ReviewDraft, now: datetime) -> None:
    """Change what a form made that is sent again, unless it was confirmed or deleted meanwhile."""
    with suppress(NoSuchLink):
        own = queries.locked(db, lambda: _valid(queries.by_form(db, form_key), now))
        if own.state is ReviewState.UNCONFIRMED:
            queries.rewrite(db, own.id, draft, now)


def _ask_rules(
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


def _ask_rules_on_change(
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
    db: Db, own: OwnReview, answers: ReviewAnswers, account_id: UUID, review_id: UUID, now: datetime
) -> tuple[Rule, ...]:
    email = own.pending_email or ""
    network = queries.network_of(db, own.id)
    return rules_that_hold(
        Holdable(
            text=_text(answers),
            level=answers.level.value,
            email=email,
            strong_words=group_reviews.strong_words(),
            published_before=group_reviews.published_before(db, account_id),
            others_words=group_reviews.words_of_others(db, review_id),
            other_levels=group_reviews.levels_of_others(db, own.group_id, review_id),
            in_a_day=group_reviews.count_in_a_day(db, own.group_id, review_id, now) + 1,
            pattern=group_reviews.network_pattern(db, own.id),
            is_suspended=accounts_queries.is_sender_suspended(db, account_id, email, network),
        )
    )


def _is_changed_after_a_look(db: Db, earlier: OwnReview, answers: ReviewAnswers) -> bool:
    """A level that changes is counted as it is; new words nobody has read yet."""
    return _text(earlier.answers) != _text(answers) and queries.is_looked_at(db, earlier.id)


def _text(answers: ReviewAnswers) -> str:
    return f"{answers.words} {answers.advice}".strip()
