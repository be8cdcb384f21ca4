"""What an organiser does to keep listings true. Each is fetched through an editor's account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from finder.accounts import editors
from finder.accounts.service import NotYours
from finder.domain.groups import GroupDraft
from finder.domain.refused import Refused
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import Occurrence, london_day, occurrences_between
from finder.listings import drafts as listings_drafts
from finder.organise.upkeep import own_listings, queries
from finder.organise.upkeep.rules import (
    ListingSummary,
    Standing,
    Wish,
    cancelled_text,
    check_note,
    check_range,
    put_back_text,
)
from finder.platform.db.database import Db

LISTINGS_A_PAGE = 50
DATES_AHEAD = timedelta(days=120)
MOST_DATES = 60
ONE_LISTING = "You look after this listing only, so you can’t copy it. List a group of your own"


@dataclass(frozen=True)
class MyListings:
    """One page of an account's listings. total: of all pages."""

    listings: tuple[ListingSummary, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // LISTINGS_A_PAGE))


def my_listings(
    db: Db, calendars: Calendars, account_id: UUID, page: int, now: datetime
) -> MyListings:
    """A page of the listings that an account may change; one past the last gives the last."""
    total = own_listings.count_of_account(db, account_id)
    page = max(1, min(page, -(-total // LISTINGS_A_PAGE)))
    first = (page - 1) * LISTINGS_A_PAGE
    found = own_listings.of_account(db, account_id, now, calendars, first, LISTINGS_A_PAGE)
    return MyListings(found, total, page)


def own_listing(
    db: Db, calendars: Calendars, account_id: UUID, group_id: UUID, now: datetime
) -> ListingSummary:
    """One listing, through its editor. NotYours."""
    found = own_listings.own(db, account_id, group_id, now, calendars)
    if found is None:
        raise NotYours
    return found


def set_state(db: Db, account_id: UUID, group_id: UUID, wish: Wish, now: datetime) -> None:
    """Pause, publish again or end a listing. NotYours; Refused where it may not be.

    Publishing also checks it today.
    """
    state = _locked(db, account_id, group_id).after(wish)
    today = london_day(now)
    checked_on = today if wish is Wish.PUBLISH else None
    queries.set_state(db, group_id, state, now, checked_on, account_id)
    db.commit()


def say_true(
    db: Db, account_id: UUID, group_ids: Collection[UUID], today: date, now: datetime
) -> int:
    """Check listings today; those hidden for silence show again. Gives how many.

    NotYours where one of them is not.
    """
    ids = [_locked(db, account_id, group_id).id for group_id in sorted(set(group_ids))]
    queries.mark_checked(db, ids, today, now, account_id)
    db.commit()
    return len(ids)


def copy(db: Db, account_id: UUID, group_id: UUID, now: datetime) -> UUID:
    """Make a paused copy of a listing. Gives its id. NotYours; Refused for what is not the
    organiser's to publish, and for an editor of one listing: a copy is another in its name.
    """
    organiser_id = queries.organiser_of(db, group_id)
    if organiser_id:
        editors.lock(db, organiser_id)
    _locked(db, account_id, group_id).check_copy()
    if organiser_id is None or editors.own_organiser(db, account_id, organiser_id) is None:
        db.rollback()
        raise Refused("wish", ONE_LISTING)
    made = queries.copy(db, group_id, now, account_id)
    db.commit()
    return made


def write_note(
    db: Db, account_id: UUID, group_id: UUID, note: str, today: date, now: datetime
) -> None:
    """Show parents a note on what was changed, with today's date; an empty note removes it.

    NotYours; Refused for what is too long, or could identify somebody.
    """
    check_note(note)
    if _locked(db, account_id, group_id).note != note:
        queries.write_note(db, group_id, note, today, now)
    db.commit()


def coming_dates(
    db: Db, calendars: Calendars, account_id: UUID, group_id: UUID, today: date
) -> tuple[Occurrence, ...]:
    """A listing's dates of the next four months, those cancelled among them. NotYours."""
    found = own_listings.own_sessions(db, account_id, group_id, today, calendars)
    if found is None:
        raise NotYours
    dates, calendar = found
    last = today + DATES_AHEAD
    return tuple(
        sorted(
            one
            for session, off in dates.items()
            for one in occurrences_between(session, today, last, calendar, off)
        )[:MOST_DATES]
    )


def cancel_dates(
    db: Db,
    calendars: Calendars,
    account_id: UUID,
    group_id: UUID,
    first: date,
    last: date,
    note: str,
    today: date,
    now: datetime,
) -> int:
    """Cancel every date from first to last, both included. Gives how many.

    NotYours; Refused for days that make no sense, or where it is on on none of them.
    """
    check_range(first, last, note, today)
    _locked(db, account_id, group_id)
    found = own_listings.own_sessions(db, account_id, group_id, today, calendars)
    if found is None:
        raise NotYours
    dates, calendar = found
    off = {
        (one.on, one.starts)
        for session in dates
        for one in occurrences_between(session, first, last, calendar, {})
    }
    if not off:
        db.rollback()
        raise Refused("first", "It is not on between these days. Look at the dates above")
    queries.cancel(db, group_id, sorted(off), note)
    queries.write_down(db, group_id, cancelled_text(sorted(off), note), now, account_id)
    db.commit()
    return len(off)


def put_back(
    db: Db, account_id: UUID, group_id: UUID, on: date, starts: time, now: datetime
) -> bool:
    """Let a date that was cancelled be on after all. False where it was not. NotYours."""
    _locked(db, account_id, group_id)
    count = queries.restore(db, group_id, on, starts)
    if count:
        queries.write_down(db, group_id, put_back_text(on, starts), now, account_id)
    db.commit()
    return count > 0


def own_drafts(db: Db, account_id: UUID) -> tuple[GroupDraft, ...]:
    """The drafts of an account's listings, by organiser and ref."""
    ids = own_listings.ids_of_account(db, account_id)
    found: list[GroupDraft] = []
    for first in range(0, len(ids), listings_drafts.AT_ONCE):
        some = ids[first : first + listings_drafts.AT_ONCE]
        drafts = listings_drafts.drafts_of(db, some)
        found.extend(drafts[id_] for id_ in some)
    return tuple(found)


def _locked(db: Db, account_id: UUID, group_id: UUID) -> Standing:
    found = queries.lock(db, account_id, group_id)
    if found is None:
        db.rollback()
        raise NotYours
    return found
