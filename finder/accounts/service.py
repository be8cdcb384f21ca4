"""How somebody signs in without a password, signs out, and joins an organiser as an editor.

An address needs no account before it signs in: the first sign-in makes one. So asking for a
link never looks whether there is one, and nobody can find out by asking.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from finder.accounts import editors, emails, no_invitations, queries
from finder.accounts.rules import (
    INVITATION_LASTS,
    NO_INVITATIONS,
    Account,
    Editor,
    Invitation,
    OwnOrganiser,
    SignedIn,
    SignInLink,
    WaitingInvitation,
    local_path,
)
from finder.domain.refused import NoSuchLink, NothingThere, Refused
from finder.listings import organisers
from finder.platform.db.database import Db
from finder.platform.emails import mailbox, normal_email
from finder.platform.limits import Limits
from finder.platform.mail import queries as mail_queries
from finder.platform.tokens import email_mark, hashed, sealed, unsealed

MOST_LINKS_AN_HOUR = 5
"""That one network gets for an address, so that no stranger uses up somebody's links."""
MOST_LINKS_TO_AN_ADDRESS = 30
"""In an hour, from all networks together."""
MOST_FROM_A_NETWORK = "30/hour"
MOST_INVITATIONS_A_DAY = 20
MOST_OPEN_INVITATIONS = 5
INVITATION = "invitation"


class NotYours(NothingThere):
    """An organiser that somebody is no editor of, or that is not there: one answer for both."""


class TooManyAsked(Exception):
    """One network asked for very many links."""


class TooManyLinks(Exception):
    """An address was sent many links within the hour. The answer is the same for every address."""


@dataclass(frozen=True)
class NewSignIn:
    """A browser that has just signed in: the secret of its cookie, and where it wanted to go."""

    secret: str
    next_path: str


@dataclass(frozen=True)
class EditorsPage:
    """Who looks after an organiser's listings, and who was asked to."""

    organiser: OwnOrganiser
    editors: tuple[Editor, ...]
    invitations: tuple[WaitingInvitation, ...]


def ask_for_link(
    db: Db,
    limits: Limits,
    email: str,
    network: str,
    base_url: str,
    now: datetime,
    next_path: str = "",
    mark: str = "",
) -> None:
    """Queue a mail with a link, in one commit with the link. Refused for what is no address.

    network: the internet address that asks; TooManyAsked for one that asked very often. mark: of
    the same network. TooManyLinks where it asked for five to this address within the hour.
    """
    address = normal_email(email)
    if not limits.take("sign-in", network, MOST_FROM_A_NETWORK):
        raise TooManyAsked
    queries.lock_address(db, address)
    since = now - timedelta(hours=1)
    if (
        queries.count_links(db, address, since, mark) >= MOST_LINKS_AN_HOUR
        or queries.count_links(db, address, since) >= MOST_LINKS_TO_AN_ADDRESS
    ):
        db.rollback()
        raise TooManyLinks
    token = secrets.token_urlsafe(32)
    queries.add_link(db, address, hashed(token), local_path(next_path), now, mark)
    letter = emails.sign_in(f"{base_url}/sign-in/{token}")
    mail_queries.queue(db, f"sign-in:{hashed(token)}", address, *letter, now)
    db.commit()


def find_link(db: Db, token: str, now: datetime) -> SignInLink:
    """What a link would do. Changes nothing and uses nothing up. NoSuchLink."""
    link = queries.good_link(db, hashed(token), now)
    if link is None:
        raise NoSuchLink
    return link


def open_link(db: Db, token: str, today: date, now: datetime, replaces: str = "") -> NewSignIn:
    """Sign a browser in, once. NoSuchLink.

    replaces: the secret of an earlier sign-in of the same browser, which ends.
    """
    link = queries.use_link(db, hashed(token), now)
    if link is None:
        db.rollback()
        raise NoSuchLink
    secret = secrets.token_urlsafe(32)
    if replaces:
        queries.end_by_secret(db, hashed(replaces))
    account_id = queries.id_for(db, link.email, now)
    queries.add_sign_in(db, account_id, hashed(secret), today, now)
    db.commit()
    return NewSignIn(secret, link.next_path)


def mark_seen(db: Db, signed_in: SignedIn, today: date) -> None:
    """Keep that a browser was used on this day, so that its owner can tell which it is."""
    queries.mark_seen(db, signed_in.id, today)
    db.commit()


def sign_out(db: Db, secret: str) -> None:
    """Sign the browser with this cookie out; its secret is worth nothing from now on."""
    queries.end_by_secret(db, hashed(secret))
    db.commit()


def end_sign_in(db: Db, account_id: UUID, sign_in_id: UUID) -> bool:
    """Sign another browser of the same account out. False where there is none such."""
    count = queries.end_sign_in(db, account_id, sign_in_id)
    db.commit()
    return count > 0


def end_other_sign_ins(db: Db, signed_in: SignedIn) -> int:
    """Sign every browser of an account out but this one. Gives how many."""
    count = queries.end_other_sign_ins(db, signed_in.account.id, signed_in.id)
    db.commit()
    return count


def organisers_of(db: Db, account_id: UUID) -> tuple[OwnOrganiser, ...]:
    """The organisers whose editor this account is, by name."""
    return editors.organisers_of(db, account_id)


def is_suspended(db: Db, account_id: UUID) -> bool:
    """Whether a moderator has suspended an account."""
    return queries.is_suspended(db, account_id)


def own_organiser(db: Db, account_id: UUID, organiser_id: UUID) -> OwnOrganiser:
    """An organiser whose editor this account is. NotYours."""
    found = editors.own_organiser(db, account_id, organiser_id)
    if found is None:
        raise NotYours
    return found


def invite(
    db: Db,
    account: Account,
    organiser_id: UUID,
    email: str,
    base_url: str,
    now: datetime,
    key: str = "",
) -> None:
    """Ask an address by mail to become an editor too. NotYours; Refused for what is no address,
    and for what would make us a relay. key: the site's secret, for the link that stops these.

    The letter names only an organiser of whom the site has accepted a listing: anybody may type a
    name.
    """
    organiser = own_organiser(db, account.id, organiser_id)
    address = normal_email(email)
    mark = email_mark(mailbox(address))
    queries.lock_address(db, str(organiser.id))
    queries.lock_address(db, mailbox(address))
    if why := _why_not_invite(db, organiser.id, address, mark, now):
        db.rollback()
        raise Refused("email", why)
    token = secrets.token_urlsafe(32)
    editors.add_invitation(db, organiser.id, account.id, address, hashed(token), now)
    letter = emails.invitation(
        organiser.name if organisers.is_known(db, organiser.name) else "",
        f"{base_url}/account/invitations/{token}",
        f"{base_url}/no-invitations/{sealed(key, NO_INVITATIONS.key, mark)}",
    )
    purpose = f"{INVITATION}:{organiser.id}"
    mail_queries.queue(db, f"{purpose}:{hashed(token)}", address, *letter, now)
    db.commit()


def _why_not_invite(
    db: Db, organiser_id: UUID, address: str, mark: str, now: datetime
) -> str | None:
    """A sentence that says why somebody can't be invited now; None where nothing speaks against."""
    if not no_invitations.is_wanted(db, mark):
        return "This person wants no invitations from us. Ask them yourself to write to us"
    if len(editors.waiting_invitations(db, organiser_id, now)) >= MOST_OPEN_INVITATIONS:
        return "Five people have not answered yet. Take one back, or wait for an answer"
    week, day = now - INVITATION_LASTS, now - timedelta(days=1)
    if mail_queries.count_to(db, INVITATION, address, week):
        return "This address was sent an invitation within a week. Ask once more next week"
    purpose = f"{INVITATION}:{organiser_id}"
    if mail_queries.count_queued(db, purpose, day) >= MOST_INVITATIONS_A_DAY:
        return "You have asked many people today. Ask more tomorrow"
    return None


def stop_invitations(db: Db, key: str, link: str, now: datetime) -> None:
    """Send no more invitations to the mailbox of a mailed link. NoSuchLink."""
    no_invitations.add(db, find_stop(key, link), now)
    db.commit()


def find_stop(key: str, link: str) -> str:
    """The mark of the mailbox that a mailed link is for. Changes nothing. NoSuchLink."""
    mark = unsealed(key, NO_INVITATIONS.key, link)
    if mark is None:
        raise NoSuchLink
    return mark


def editors_of(db: Db, account_id: UUID, organiser_id: UUID, now: datetime) -> EditorsPage:
    """Who looks after an organiser's listings, and who was asked to. NotYours."""
    organiser = own_organiser(db, account_id, organiser_id)
    found = tuple(Editor(*one) for one in editors.emails_of(db, organiser_id))
    return EditorsPage(organiser, found, tuple(editors.waiting_invitations(db, organiser_id, now)))


def remove_editor(db: Db, account_id: UUID, organiser_id: UUID, removed_id: UUID) -> None:
    """Take an editor's right away at once; it may be one's own. NotYours; Refused for the last
    one, since nobody could look after the listings then.
    """
    own_organiser(db, account_id, organiser_id)
    editor_ids = {one.account_id for one in editors.lock(db, organiser_id)}
    # Once more: somebody may have been removed while this waited.
    if account_id not in editor_ids:
        db.rollback()
        raise NotYours
    if editor_ids == {removed_id}:
        db.rollback()
        raise Refused("editor", "You are the only editor. Ask somebody else to help first")
    editors.remove(db, organiser_id, removed_id)
    db.commit()


def take_invitation_back(db: Db, account_id: UUID, organiser_id: UUID, invitation_id: UUID) -> None:
    """Let an invitation that was not accepted yet work no more. NotYours."""
    own_organiser(db, account_id, organiser_id)
    editors.take_back(db, organiser_id, invitation_id)
    db.commit()


def find_invitation(db: Db, token: str, now: datetime) -> Invitation:
    """What an emailed invitation offers, and to which address. Changes nothing. NoSuchLink."""
    found = editors.good_invitation(db, hashed(token), now)
    if found is None:
        raise NoSuchLink
    return found


def accept_invitation(db: Db, account: Account, token: str, now: datetime) -> Invitation:
    """Become an editor, once, if the invitation was sent to this account's address. NoSuchLink,
    also for anybody else's: a mail that was passed on lets nobody in.
    """
    found = find_invitation(db, token, now)
    if found.email != account.email or not editors.use_up(db, found.id, now):
        db.rollback()
        raise NoSuchLink
    editors.add(db, found.organiser_id, account.id, now)
    db.commit()
    return found
