"""Follow groups from elsewhere: by a calendar, an Atom feed or a sitemap."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import Sort
from finder.open_data.listed import SHOWN_IN_CALENDARS, Changes, GroupChange, Listed
from finder.open_data.queries import count_of_real, newest_changes, real_pages
from finder.open_data.whole_listings import listed
from finder.places.gazetteer import Gazetteer
from finder.places.rules import Choices, Found, NotFound
from finder.platform.db.database import Db
from finder.search import queries as search_queries
from finder.search.rules import MOST_POINTS, SearchQuery
from finder.search.service import MOST_SAVED

MOST_CHANGES = 50
PAGES_A_SITEMAP = 50_000
"""More than this, and a search engine refuses the file."""


def group_to_follow(db: Db, public_id: UUID, now: datetime) -> Listed | None:
    """A group that is published, paused or ended, or None. Six SQL statements."""
    return next(iter(listed(db, [public_id], now, SHOWN_IN_CALENDARS)), None)


def groups_to_follow(db: Db, ids: Sequence[UUID], now: datetime) -> tuple[Listed, ...]:
    """Those of these groups, at most 50, that are published, paused or ended, in their order."""
    return listed(db, ids[:MOST_SAVED], now, SHOWN_IN_CALENDARS) if ids else ()


def changes_near(
    db: Db, gazetteer: Gazetteer, calendars: Calendars, query: SearchQuery, now: datetime
) -> Changes | Choices | NotFound:
    """The last 50 changes among the nearest 2,000 groups of a search. Two SQL statements."""
    found = gazetteer.find(query.near)
    if not isinstance(found, Found):
        return found
    nearest = query.any_day.but(sort=Sort.DISTANCE)
    near, _, _ = search_queries.nearby(db, nearest, found.place, now, calendars, most=MOST_POINTS)
    cards = {card.public_id: card for card in near}
    moments = newest_changes(db, list(cards), MOST_CHANGES)
    return Changes(
        found.label,
        tuple(
            GroupChange(cards[id_], created, updated) for id_, (created, updated) in moments.items()
        ),
    )


def sitemaps(db: Db) -> int:
    """How many sitemaps hold all groups' pages."""
    return -(-count_of_real(db) // PAGES_A_SITEMAP)


def pages_of_sitemap(db: Db, number: int) -> list[tuple[UUID, datetime]]:
    """The groups of a sitemap, from 1, with their last changes; none after the last."""
    return real_pages(db, (number - 1) * PAGES_A_SITEMAP, PAGES_A_SITEMAP)
