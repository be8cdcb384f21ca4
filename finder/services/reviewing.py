"""What a parent does with a review: writes it, proves an email, changes it, takes it back.

Nothing counts before the email is confirmed. Whatever changes what counts changes the group's
stored levels in the same commit.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from email_validator import EmailNotValidError, validate_email

from finder.domain.refused import NoSuchLink, NothingThere, Refused
from finder.domain.retention import UNCONFIRMED
from finder.domain.reviews import (
    OwnReview,
    ReviewDraft,
    ReviewedGroup,
    ReviewState,
    move,
    state_once_confirmed,
)
from finder.domain.talking_learning import learn_tables
from finder.services import holding, keeping_letters, review_letters
from finder.store import (
    accounts,
    editors,
    holds,
    learned,
    outbox,
    rebuilding,
    reviews,
    reviews_shown,
    sign_ins,
)
from finder.store.database import Db
from finder.store.reviews_shown import page_of as reviews_of

__all__ = ["reviews_of"]

LINK_LASTS = UNCONFIRMED.lasts
MOST_MAILS_A_DAY = 5


class OwnGroup(Refused):
    """A review of a group by one who looks after it: parents count on other parents."""

    def __init__(self) -> None:
        super().__init__("email", "You look after this group, so you can’t review it")


class NoSuchGroup(NothingThere):
    """There is no published group of that id."""


def group_to_review(db: Db, group_id: UUID) -> ReviewedGroup:
    """What the review page says of its group, and its six questions. NoSuchGroup."""
    found = reviews_shown.group_to_review(db, group_id)
    if found is None:
        raise NoSuchGroup(str(group_id))
    return found


def normal_email(typed: str) -> str:
    """The address in one spelling. Refuses what is none; asks no name server."""
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise Refused("email", "Type an email address like name@example.org") from error
    return (found.ascii_email or found.normalized).lower()


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
) -> None:
    """Keep a review that waits for its email, and queue the mail with the link, in one commit.

    form_key: drawn anew for each form that is shown, so that a form sent twice makes one
    review; sent again with other words, while it waits, it changes them. token: the secret of
    the link. An address that had five mails in a day gets no sixth, and nobody is told. One of
    the group's own editors is told by mail that it can't be kept: not on the page, where anybody
    could try whose address it is.
    mark: of the network that it came by, for the rule that knows suspended ones.
    """
    group = group_to_review(db, group_id)
    address = normal_email(email)
    # With the address: whoever corrects a mistyped one and sends again gets the mail.
    key = hashed(f"{form_key} {address} {group_id}")
    # Two clicks at one moment: the second sees what the first has made.
    sign_ins.lock_address(db, address)
    earlier = reviews.by_form(db, key)
    if earlier is not None:
        if earlier.state is ReviewState.UNCONFIRMED:
            reviews.rewrite(db, earlier.id, draft, now)
    elif outbox.count_to(db, address, now - timedelta(days=1)) < MOST_MAILS_A_DAY:
        if editors.of_group(db, address, group_id):
            letter = keeping_letters.own_group(group.name, group.venue_name)
        else:
            reviews.add_unconfirmed(db, group_id, draft, address, key, hashed(token), now, mark)
            letter = review_letters.please_confirm(group, f"{base_url}/reviews/confirm/{token}")
        outbox.queue(db, f"review-confirm:{hashed(token)}", address, *letter, now)
    db.commit()


def find_by_token(db: Db, token: str, now: datetime) -> OwnReview:
    """The review that an emailed link confirms, or has confirmed. Changes nothing. NoSuchLink."""
    return _valid(reviews.by_confirming_link(db, hashed(token)), now)


def find_by_manage_token(db: Db, token: str) -> OwnReview:
    """The review that its author may change or withdraw by this link. NoSuchLink."""
    own = reviews.by_managing_link(db, hashed(token))
    if own is None:
        raise NoSuchLink
    return own


def confirm(db: Db, token: str, base_url: str, now: datetime) -> OwnReview:
    """Publish the review of a link, or put it in place of its author's earlier one. NoSuchLink.

    One that a rule holds waits for a moderator instead.
    Confirming twice is confirming once. The author gets a link by mail to change or withdraw it.
    OwnGroup where the author has become the group's editor meanwhile.
    """
    link = hashed(token)
    own = _valid(reviews.by_confirming_link(db, link), now)
    reviews.lock(db, own)
    own = _valid(reviews.by_confirming_link(db, link), now)
    if own.state is not ReviewState.UNCONFIRMED or own.pending_email is None:
        db.rollback()
        return own
    if editors.of_group(db, own.pending_email, own.group_id):
        db.rollback()
        raise OwnGroup
    manage_token = secrets.token_urlsafe(32)
    account_id = accounts.id_for(db, own.pending_email, now)
    earlier = reviews.of_account(db, account_id, own.group_id)
    rules = holding.ask_rules(db, own, earlier, account_id, now)
    state = state_once_confirmed(earlier.state if earlier else None, is_held=bool(rules))
    if earlier:
        move(earlier.state, state)
        holds.set_network(db, earlier.id, holds.network_of(db, own.id))
        reviews.replace(db, earlier.id, own, link, now)
    kept_id = earlier.id if earlier else own.id
    reviews.settle(db, kept_id, account_id, state, hashed(manage_token), now)
    holds.note(db, kept_id, rules)
    letter = review_letters.thank_you(own, state, f"{base_url}/reviews/{manage_token}")
    key = f"review-manage:{hashed(manage_token)}"
    outbox.queue(db, key, own.pending_email, *letter, now)
    reviews.recount(db, own.group_id, now)
    confirmed = _valid(reviews.by_confirming_link(db, link), now)
    db.commit()
    return confirmed


def change(db: Db, token: str, draft: ReviewDraft, now: datetime) -> OwnReview:
    """Put other answers into a confirmed review. NoSuchLink; Refused once it is taken back.

    What a rule holds leaves the rating until a moderator has read it.
    """
    own = _locked(db, token)
    if own.state not in {ReviewState.PUBLISHED, ReviewState.HELD}:
        raise Refused("state", "This review can’t be changed any more")
    rules = holding.ask_rules_on_change(db, own, draft, now)
    reviews.rewrite(db, own.id, draft, now)
    if rules:
        reviews.set_state(db, own.id, move(own.state, ReviewState.HELD), now)
        holds.note(db, own.id, rules)
    reviews.recount(db, own.group_id, now)
    changed = find_by_manage_token(db, token)
    db.commit()
    return changed


def withdraw(db: Db, token: str, now: datetime) -> OwnReview:
    """Take a review out of the rating at once, and forget what it said. NoSuchLink.

    One that a moderator has hidden stays hidden, but its words are forgotten too.
    """
    own = _locked(db, token)
    reviews.erase_answers(db, own.id, now)
    if own.state is not ReviewState.HIDDEN:
        reviews.set_state(db, own.id, move(own.state, ReviewState.WITHDRAWN), now)
    reviews.recount(db, own.group_id, now)
    changed = find_by_manage_token(db, token)
    db.commit()
    return changed


def learn(db: Db, now: datetime) -> tuple[int, int]:
    """Learn the model's tables from all published reviews, and rebuild every level by them.

    Gives how many groups taught it, and how many were rebuilt.
    """
    told = list(learned.told_of_groups(db, now))
    learned.keep_tables(db, learn_tables(told), len(told), now)
    db.commit()
    return len(told), rebuild_levels(db, now)


def rebuild_levels(db: Db, now: datetime) -> int:
    """Work out every group's levels and facts anew from its reviews. Gives how many groups.

    Gives the numbers that the reviews gave one by one, but for their fading until now.
    """
    count, last = 0, None
    while ids := rebuilding.rebuild_some(db, last, now, learned.tables_in_use(db)):
        db.commit()
        count, last = count + len(ids), ids[-1]
    db.rollback()
    return count


def hashed(secret: str) -> str:
    """How a link's secret is kept: whoever reads the database can't open the link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _valid(own: OwnReview | None, now: datetime) -> OwnReview:
    if own is None:
        raise NoSuchLink
    if own.state is ReviewState.UNCONFIRMED and now - own.created_at > LINK_LASTS:
        raise NoSuchLink
    return own


def _locked(db: Db, token: str) -> OwnReview:
    reviews.lock(db, find_by_manage_token(db, token))
    return find_by_manage_token(db, token)
