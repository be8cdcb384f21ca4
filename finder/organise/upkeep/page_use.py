"""What an organiser sees of a listing's use: page views by week, and what parents say."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from finder.accounts.service import NotYours
from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import ListingState
from finder.group_page import queries as group_page_queries
from finder.group_page.rules import ListingPage
from finder.organise.upkeep import own_listings
from finder.platform.db.database import Db

WEEKS_SHOWN = 12
_ANY_STATE = tuple(ListingState)


@dataclass(frozen=True)
class PageUse:
    """A listing's page as it stands, its page views by week, newest first, and how many parents
    have reviewed it.
    """

    page: ListingPage
    weeks: tuple[tuple[date, int], ...]
    parents: int


def page_use(
    db: Db, calendars: Calendars, account_id: UUID, group_id: UUID, today: date, now: datetime
) -> PageUse:
    """How often a listing was opened in the last twelve weeks, and what parents say. NotYours."""
    own = own_listings.own(db, account_id, group_id, now, calendars)
    page = group_page_queries.page(db, group_id, now, calendars, _ANY_STATE) if own else None
    if page is None:
        raise NotYours
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=n) for n in range(WEEKS_SHOWN)]
    counts = group_page_queries.page_views_by_week(db, group_id, mondays[-1])
    weeks = tuple((one, counts.get(one, 0)) for one in mondays)
    return PageUse(page, weeks, page.talking.parents)
