"""Finds groups near a point: one page with its total and bands, or all of them for a map."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from typing import TypeVarTuple
from uuid import UUID

import sqlalchemy as sa

from finder.domain.groups import Card, Place
from finder.domain.nearness import nearness
from finder.domain.schedule.calendars import Calendars
from finder.domain.vocabulary import Sort
from finder.listings.cards import BANDS, as_of, cards_from, metres_from, old_before, points_from
from finder.platform.db.database import Db
from finder.search.filters import NOT_KNOWN, PROBABLY, Asked, Values, asked
from finder.search.rules import MOST_POINTS, PAGE_SIZE, Bands, MapPoints, SearchQuery
from finder.search.soonest import in_order, moments
from finder.search.statements import (
    counts_of,
    groups_by_id,
    page_of,
    points_of,
    sessions_by_earliest,
)

Ts = TypeVarTuple("Ts")
MOST_BY_ID = 50
Found = tuple[tuple[Card, ...], int, Bands]
"""The cards of one page, how many groups all pages have, and the bands."""


def nearby(
    db: Db,
    query: SearchQuery,
    centre: Place,
    now: datetime,
    calendars: Calendars,
    most: int = PAGE_SIZE,
) -> Found:
    """One page of the groups near a point, in the order of the search, ties by distance.

    One SQL statement, or two for the soonest first. The bands are all zero where the search has
    no level and no fact. The total counts groups that are not known only where the search does.
    """
    ask = asked(query, nearness(centre))
    if query.sort is Sort.SOONEST:
        return _soonest(db, query, ask, centre, now, calendars, most)
    page = page_of(ask.shape, ask.strips, query.sort)
    skip = (query.page - 1) * most
    rows, total, bands = _rows(db, query, page, {**ask.values, "most": most, "skip": skip}, now)
    at = as_of(now, calendars)
    return cards_from(rows, at, centre, query.asks_what_may_be_unknown), total, bands


def points(
    db: Db, query: SearchQuery, centre: Place, now: datetime, calendars: Calendars
) -> MapPoints:
    """All that the same search finds, the nearest first, MOST_POINTS at most.

    One SQL statement; two where there are more.
    """
    ask = asked(query, nearness(centre))
    values = {**ask.values, "most": MOST_POINTS, "skip": 0}
    page = points_of(ask.shape, ask.strips, are_all=True)
    rows, total, _ = _rows(db, query, page, values, now)
    if total > MOST_POINTS:
        page = points_of(ask.shape, ask.strips, are_all=False)
        rows, total, _ = _rows(db, query, page, values, now)
    found = points_from(rows, as_of(now, calendars), query.asks_what_may_be_unknown)
    far = metres_from(centre, [p.latitude for p in found], [p.longitude for p in found])
    nearest = sorted(zip(far, [p.public_id for p in found], found, strict=True))
    return MapPoints(
        centre, total, tuple([p for _, _, p in nearest]), tuple([m for m, _, _ in nearest])
    )


def cards_of(
    db: Db, ids: Sequence[UUID], now: datetime, calendars: Calendars, centre: Place | None = None
) -> tuple[Card, ...]:
    """Cards of these published groups, at most 50, in the order of the ids, without unknown ids."""
    wanted = list(dict.fromkeys(ids))[:MOST_BY_ID]
    if not wanted:
        return ()
    rows = db.execute(groups_by_id(), {"ids": wanted, "old_before": old_before(now)}).all()
    cards = cards_from(rows, as_of(now, calendars), centre)
    found = {card.public_id: card for card in cards}
    return tuple(found[id_] for id_ in wanted if id_ in found)


def counts(db: Db, searches: Sequence[tuple[SearchQuery, Place]]) -> Sequence[int]:
    """How many groups each of these searches finds. One SQL statement."""
    shapes: list[tuple[tuple[str, ...], int]] = []
    values: dict[str, object] = {}
    for n, (query, place) in enumerate(searches):
        ask = asked(query, nearness(place))
        shapes.append((ask.shape, ask.strips))
        values |= {f"n{n}_{name}": value for name, value in ask.values.items()}
        values[f"n{n}_worst"] = worst_shown(query)
    return db.execute(counts_of(tuple(shapes)), values).one()


def worst_shown(query: SearchQuery) -> int:
    """The number of the least sure band that is shown."""
    return NOT_KNOWN if query.include_unknown else PROBABLY


def _rows(
    db: Db, query: SearchQuery, page: sa.Select[*Ts], values: Values, now: datetime
) -> tuple[Sequence[sa.Row[*Ts]], int, Bands]:
    """The rows of the groups to show, how many groups all pages have, and the bands."""
    asked_now = {"worst": worst_shown(query), "old_before": old_before(now)}
    rows = db.execute(page, {**values, **asked_now}).all()
    total, bands = _counted(query, rows[0])
    return rows if rows[0].id else (), total, bands


def _soonest(
    db: Db,
    query: SearchQuery,
    ask: Asked,
    centre: Place,
    now: datetime,
    calendars: Calendars,
    most: int,
) -> Found:
    """One page in the order of the next date.

    The database gives sessions in the order in which they could be next. Exact dates are worked
    out only until the page is full, since few of them differ (Christmas, school holidays).
    """
    values = {**ask.values, **moments(now), "worst": worst_shown(query)}
    with db.execute(sessions_by_earliest(ask.shape, ask.strips), values) as rows:
        first = next(rows)
        coming = in_order(chain([first], rows), now, calendars)
        skip = (query.page - 1) * most
        bands = dict(islice(coming, skip, skip + most))
    cards = cards_of(db, list(bands), now, calendars, centre)
    if query.asks_what_may_be_unknown:
        cards = tuple(replace(card, band=BANDS[bands[card.public_id]]) for card in cards)
    return cards, *_counted(query, first)


def _counted(query: SearchQuery, row: sa.Row[*Ts]) -> tuple[int, Bands]:
    bands = Bands(row.band_0, row.band_1, row.band_2)
    total = bands.fairly_sure + bands.probably
    if query.include_unknown:
        total += bands.not_known
    return total, bands if query.asks_what_may_be_unknown else Bands()
