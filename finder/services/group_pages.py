"""What a parent does with one group's page: reads it, and sees quieter groups near it."""

from datetime import datetime

from finder.domain.calendars import Calendars
from finder.domain.groups import Card, ListingPage
from finder.domain.search import SearchQuery
from finder.domain.vocabulary import TalkingLevel
from finder.store import search
from finder.store.database import Db
from finder.store.group_page import page as show_group
from finder.store.reports import merged_into

__all__ = ["merged_into", "quieter_nearby", "show_group"]

QUIETER_WITHIN_MILES, MOST_QUIETER = 5, 4


def quieter_nearby(
    db: Db, calendars: Calendars, page: ListingPage, now: datetime
) -> tuple[Card, ...]:
    """The nearest groups, at most four within 5 miles, that ask for less talking than this one.

    Only groups of which somebody has told us. One SQL statement.
    """
    if page.talking.level is TalkingLevel.NO_TALKING:
        return ()
    less = list(TalkingLevel)[page.talking.level - 2]
    query = SearchQuery("", radius_miles=QUIETER_WITHIN_MILES, talking=less)
    place = page.draft.venue.place
    cards, _, _ = search.nearby(db, query, place, now, calendars, most=MOST_QUIETER)
    return cards
