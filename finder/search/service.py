"""Finds groups for a list or a map, and reads the groups that a parent saved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from finder.domain.groups import Card
from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import RADII_MILES
from finder.places.gazetteer import Gazetteer
from finder.places.rules import Choices, Covers, Found, NotFound
from finder.platform.db.database import Db
from finder.search import queries
from finder.search.relaxing import relaxations
from finder.search.rules import MapPoints, Results, SearchQuery

KM_A_MILE = 1.609
DEFAULT_RADIUS = SearchQuery("").radius_miles
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
    if isinstance(found, Choices):
        return _with_counts(db, query, found, now, calendars)
    if not isinstance(found, Found):
        return found
    query = _reaching(query, found)
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
        note=found.note,
        others=found.others,
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
    return queries.points(db, _reaching(query, found), found.place, now, calendars)


def _with_counts(
    db: Db, query: SearchQuery, choices: Choices, now: datetime, calendars: Calendars
) -> Choices:
    """The same choice with how many groups each place has near it. One SQL statement."""
    known = [one for one in choices.suggestions if one.place]
    near = [(query.but(near=one.near), one.place) for one in known if one.place]
    groups = queries.counts(db, near, now, calendars) if near else ()
    told = [replace(one, groups=count) for one, count in zip(known, groups, strict=True)]
    return replace(choices, suggestions=tuple(told))


def _reaching(query: SearchQuery, found: Found) -> SearchQuery:
    """Of a county or an island a search without a distance looks as far as it reaches."""
    if not found.reach_km or query.radius_miles != DEFAULT_RADIUS:
        return query
    miles = found.reach_km / KM_A_MILE
    wide = next((radius for radius in RADII_MILES if radius >= miles), RADII_MILES[-1])
    return query.but(radius_miles=max(wide, DEFAULT_RADIUS), page=query.page)


def saved_groups(
    db: Db, calendars: Calendars, ids: Sequence[UUID], now: datetime
) -> tuple[Card, ...]:
    """Cards of published groups, at most 50, in the order of the ids, without unknown ids."""
    return queries.cards_of(db, ids[:MOST_SAVED], now, calendars)
