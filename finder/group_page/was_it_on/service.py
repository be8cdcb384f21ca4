"""A parent says whether a group was on: no account, and nothing kept but a count."""

from datetime import datetime
from uuid import UUID

from finder.domain.refused import NothingThere, Refused
from finder.domain.schedule.calendars import Calendars
from finder.group_page import queries as group_page_queries
from finder.group_page.rules import ListingPage
from finder.group_page.was_it_on import queries
from finder.group_page.was_it_on.rules import OnAnswer
from finder.platform.db.database import Db
from finder.platform.limits import Limits

MOST_FROM_A_NETWORK = "1/day"
"""For one date of one group: whoever wants to do harm can't say it over and over."""
_NOT_ASKED = (
    "We can’t ask about that day now. We ask for 14 days, once the group’s time is over,"
    " and not about cancelled dates"
)


class AnsweredToday(Exception):
    """One network has spoken of this date already."""


def find_asked(db: Db, calendars: Calendars, group_id: UUID, now: datetime) -> ListingPage:
    """The page of a group, with the dates that may be spoken of. NothingThere."""
    page = group_page_queries.page(db, group_id, now, calendars)
    if page is None:
        raise NothingThere
    return page


def answer(
    db: Db,
    limits: Limits,
    page: ListingPage,
    given: OnAnswer,
    network: str,
) -> None:
    """Count an answer about one date. Refused for a date that nobody is asked about now.

    AnsweredToday where this network has been counted for the date within a day.
    """
    if given.on not in page.dates_to_ask:
        raise Refused("answer", _NOT_ASKED)
    errand = f"was-it-on:{page.public_id}:{given.on.isoformat()}"
    if not limits.take(errand, network, MOST_FROM_A_NETWORK):
        raise AnsweredToday
    queries.add(db, page.public_id, given)
    db.commit()
