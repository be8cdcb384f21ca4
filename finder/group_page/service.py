"""What a parent does with one group's page: reads it, and sees quieter groups near it."""

from datetime import datetime

from finder.domain.groups import Card
from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import TalkingLevel
from finder.group_page.queries import page as show_group
from finder.group_page.rules import ListingPage
from finder.listings.merged import merged_into
from finder.platform.db.database import Db
from finder.search import queries as search_queries
from finder.search.rules import SearchQuery

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
    cards, _, _ = search_queries.nearby(db, query, place, now, calendars, most=MOST_QUIETER)
    return cards
