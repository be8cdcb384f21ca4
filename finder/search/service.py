"""Finds groups for a list or a map, and reads the groups that a parent saved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from finder.domain.groups import Card
from finder.domain.schedule.calendars import Calendars
from finder.places.gazetteer import Gazetteer
from finder.places.rules import Choices, Covers, Found, NotFound
from finder.platform.db.database import Db
from finder.search import queries
from finder.search.relaxing import relaxations
from finder.search.rules import MapPoints, Results, SearchQuery

FEW = 5
"""With fewer groups than this, the page says how many more each filter hides."""
MOST_SAVED = 50


def find_groups(
    db: Db, gazetteer: Gazetteer, calendars: Calendars, query: SearchQuery, now: datetime
) -> Results | Choices | NotFound:
    """One page of groups near a typed place, or the places of that name, or why there is none.

    A page number after the last gives the last page; the query of the results has its number.
    At most three SQL statements.
    """
    found = gazetteer.find(query.near)
    if not isinstance(found, Found):
        return found
    cards, total, bands = queries.nearby(db, query, found.place, now, calendars)
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
        cards, _, _ = queries.nearby(db, last, found.place, now, calendars)
        return replace(results, query=last, cards=cards)
    if total < FEW:
        return replace(
            results, relaxations=relaxations(db, query, found.place, total, now, calendars)
        )
    return results


def find_points(
    db: Db, gazetteer: Gazetteer, calendars: Calendars, query: SearchQuery, now: datetime
) -> MapPoints | Choices | NotFound:
    """The same search for a map: the nearest 2,000 matches. One SQL statement."""
    found = gazetteer.find(query.near)
    if not isinstance(found, Found):
        return found
    return queries.points(db, query, found.place, now, calendars)


def saved_groups(
    db: Db, calendars: Calendars, ids: Sequence[UUID], now: datetime
) -> tuple[Card, ...]:
    """Cards of published groups, at most 50, in the order of the ids, without unknown ids."""
    return queries.cards_of(db, ids[:MOST_SAVED], now, calendars)
