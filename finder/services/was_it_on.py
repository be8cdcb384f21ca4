"""A parent says whether a group was on: no account, and nothing kept but a count."""

from datetime import datetime
from uuid import UUID

from finder.domain.calendars import Calendars
from finder.domain.groups import ListingPage
from finder.domain.refused import NothingThere, Refused
from finder.domain.was_it_on import OnAnswer
from finder.services.limiting import Limits
from finder.store import groups, was_it_on
from finder.store.database import Db

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
    page = groups.page(db, group_id, now, calendars)
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
    was_it_on.add(db, page.public_id, given)
    db.commit()
