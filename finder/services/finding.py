"""What a parent does: find groups, see one, see quieter ones near it, and those they saved."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from finder.domain.calendars import Calendars
from finder.domain.groups import Card, ListingPage
from finder.domain.places import Choices, Covers, Found, NotFound
from finder.domain.search import MapPoints, Point, Results, SearchQuery
from finder.domain.shelf import Made
from finder.domain.vocabulary import TalkingLevel
from finder.store import search
from finder.store.database import Db
from finder.store.gazetteer import Gazetteer
from finder.store.group_page import page as show_group
from finder.store.reports import merged_into
from finder.store.search import Thing
from finder.store.search_relaxing import relaxations

__all__ = ["Db", "Gazetteer", "merged_into", "show_group"]

FEW = 5
"""Fewer groups than this, and the page says what each filter costs."""
MOST_SAVED = 50
QUIETER_WITHIN_MILES, MOST_QUIETER = 5, 4


def find_groups(
    db: Db,
    gazetteer: Gazetteer,
    calendars: Calendars,
    query: SearchQuery,
    now: datetime,
    made: Made[Card] | None = None,
) -> Results | Choices | NotFound:
    """One page of groups near what was typed; or which place was meant; or a kind sentence.

    A page after the last gives the last: the query of the results says which it is. At most
    three SQL statements. made: cards that are true now, as `search.nearby` has it.
    """
    found = gazetteer.find(query.near)
    if not isinstance(found, Found):
        return found
    cards, total, bands = search.nearby(db, query, found.place, now, calendars, made=made)
    results = Results(
        query=query,
        centre=found.place,
        centre_label=found.label,
        is_centre_approximate=found.is_approximate,
        is_centre_a_town=found.covers is Covers.TOWN,
        cards=cards,
        total=total,
        bands=bands,
    )
    if total and not cards:
        last = query.but(page=results.pages)
        cards, _, _ = search.nearby(db, last, found.place, now, calendars)
        return replace(results, query=last, cards=cards)
    if total < FEW:
        return replace(results, relaxations=relaxations(db, query, found.place, total))
    return results


def find_points(
    db: Db,
    gazetteer: Gazetteer,
    calendars: Calendars,
    query: SearchQuery,
    now: datetime,
    make: Callable[[Point], Thing],
    made: Made[Thing] | None = None,
) -> MapPoints[Thing] | Choices | NotFound:
    """The same search for a map: all matches, the nearest 2,000 of them. At most three SQL
    statements. make, made: as `search.points` has them.
    """
    found = gazetteer.find(query.near)
    if not isinstance(found, Found):
        return found
    return search.points(db, query, found.place, now, calendars, make, made)


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


def saved_groups(
    db: Db, calendars: Calendars, ids: Sequence[UUID], now: datetime
) -> tuple[Card, ...]:
    """Cards of published groups in the order of the ids, at most 50; unknown ids are left out."""
    return search.cards_of(db, ids[:MOST_SAVED], now, calendars)
