"""Asks organisers whether their listings are still true, and hides those that nobody checks."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from finder.accounts import queries as accounts_queries
from finder.accounts.rules import OwnOrganiser
from finder.domain.refused import NoSuchLink
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import london_day
from finder.listings.tables import GroupRow
from finder.organise import emails
from finder.organise.reminders import queries
from finder.organise.upkeep import own_listings
from finder.organise.upkeep import queries as upkeep_queries
from finder.organise.upkeep.rules import ListingSummary
from finder.platform.db.database import Db, read_locked
from finder.platform.mail import queries as mail_queries
from finder.platform.tokens import hashed


@dataclass(frozen=True)
class Reminded:
    """Counts of one run. examples, unattended: due listings that nobody can be asked about."""

    asked: int = 0
    hidden: int = 0
    mails: int = 0
    examples: int = 0
    unattended: int = 0


@dataclass(frozen=True)
class ListingsToCheck:
    """The listings of an organiser that a mailed link asks to check, and whom it asked."""

    organiser: OwnOrganiser
    account_id: UUID
    listings: tuple[ListingSummary, ...]

    @property
    def ids(self) -> set[UUID]:
        """Which they are."""
        return {one.id for one in self.listings}


def remind(db: Db, base_url: str, now: datetime) -> Reminded:
    """Ask about listings that nobody has checked for 90 days; hide those silent for 180.

    The mails of an organiser are queued in the commit that marks its listings, so that a run
    that is stopped and started again, or run twice, sends none twice. A listing is silent if its
    editors were asked and had 14 days to answer.
    """
    asked = hidden = mails = 0
    for organiser_id, name in queries.organisers_due(db, now):
        queries.lock(db)
        due, today = queries.due_of(db, organiser_id, now), london_day(now)
        upkeep_queries.hide_for_silence(db, due.to_hide, today, now)
        upkeep_queries.mark_asked(db, due.to_ask, today)
        endless = queries.endless(db, due.to_ask)
        for account_id, email, theirs in queries.people_to_ask(db, due):
            link = f"{base_url}/still-running/{_link(db, organiser_id, account_id, now)}"
            if names := [one for id_, one in due.to_hide.items() if id_ in theirs]:
                letter = emails.hidden(name, names, link)
                mail_queries.queue(db, f"hidden:{hashed(link)}", email, *letter, now)
                mails += 1
            if names := [one for id_, one in due.to_ask.items() if id_ in theirs]:
                unending = [due.to_ask[id_] for id_ in due.to_ask if id_ in endless & theirs]
                letter = emails.still_running(name, names, unending, link)
                mail_queries.queue(db, f"remind:{hashed(link)}", email, *letter, now)
                mails += 1
        asked, hidden = asked + len(due.to_ask), hidden + len(due.to_hide)
        db.commit()
    examples, unattended = queries.count_left_alone(db, now)
    db.rollback()
    return Reminded(asked, hidden, mails, examples, unattended)


def find(db: Db, calendars: Calendars, token: str, now: datetime) -> ListingsToCheck:
    """The listings that a link asks about. Changes nothing.

    NoSuchLink after 14 days, and for somebody who is no longer an editor.
    """
    found = queries.good_link(db, hashed(token), now)
    if found is None:
        raise NoSuchLink
    organiser, account_id = found
    listings = own_listings.to_check(db, organiser.id, account_id, now, calendars)
    return ListingsToCheck(organiser, account_id, listings)


def answer(
    db: Db,
    calendars: Calendars,
    token: str,
    group_ids: Collection[UUID],
    today: date,
    now: datetime,
) -> int:
    """Check these of the link's listings; hidden ones show again. Gives how many. NoSuchLink.

    Ids of other listings, and of those checked meanwhile, are ignored.
    """
    account_id = find(db, calendars, token, now).account_id
    accounts_queries.hold(db, [account_id])
    due = read_locked(
        db, lambda: find(db, calendars, token, now), GroupRow, lambda asked: asked.ids
    )
    ids = due.ids & set(group_ids)
    upkeep_queries.mark_checked(db, ids, today, now, account_id)
    db.commit()
    return len(ids)


def _link(db: Db, organiser_id: UUID, account_id: UUID, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    queries.add(db, organiser_id, account_id, hashed(token), now)
    return token
