"""Finds groups near a point: one page with its total and bands, or all of them for a map."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from typing import TypeVarTuple
from uuid import UUID

import sqlalchemy as sa

from finder.domain.groups import Card, Place, Point
from finder.domain.nearness import nearness
from finder.domain.schedule.calendars import Calendars
from finder.domain.schedule.sessions import Occurrence
from finder.domain.vocabulary import Sort
from finder.listings.cards import (
    BANDS,
    PointValues,
    as_of,
    cards_from,
    metres_from,
    next_dates,
    old_before,
    points_from,
)
from finder.platform.db.database import Db
from finder.search.filters import NOT_KNOWN, PROBABLY
from finder.search.on_day import Day, meetings, shown_on
from finder.search.rules import (
    MOST_POINTS,
    PAGE_SIZE,
    Asked,
    Bands,
    MapPoints,
    SearchQuery,
    Values,
    asked,
)
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
ALL = 1_000_000
"""More than any search finds: which of them meet on a day is known only afterwards."""
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

    One SQL statement, or two for the soonest first or for one day. The bands are all zero where the
    search has no level and no fact. The total counts groups that are not known only where the
    search does.
    """
    if query.on is not None:
        return _on_day(db, Day(query.on, query, now, calendars), centre, now, calendars, most)
    ask = asked(query, nearness(centre))
    if query.sort is Sort.SOONEST:
        return _soonest(db, query, ask, centre, now, calendars, most)
    page = page_of(ask.shape, ask.strips, query.sort)
    skip = (query.page - 1) * most
    rows, total, bands = _rows(db, query, page, {**ask.values, "most": most, "skip": skip}, now)
    at = as_of(now, calendars)
    return cards_from(rows, at, centre), total, bands


def points(
    db: Db, query: SearchQuery, centre: Place, now: datetime, calendars: Calendars
) -> MapPoints:
    """All that the same search finds, the nearest first, MOST_POINTS at most.

    One SQL statement; three where there are more.
    """
    if query.on is not None:
        return _points_on_day(db, Day(query.on, query, now, calendars), centre, now)
    ask = asked(query, nearness(centre))
    values = {**ask.values, "worst": worst_shown(query)}
    total, rows = 0, _points(db, ask, {**values, "most": MOST_POINTS + 1}, now, are_all=True)
    if len(rows) > MOST_POINTS:
        of_one = {f"n0_{name}": value for name, value in values.items()}
        total = db.execute(counts_of(((ask.shape, ask.strips),)), of_one).scalar_one()
        rows = _points(db, ask, {**values, "most": MOST_POINTS}, now, are_all=False)
    found = points_from(rows)
    following = next_dates({point.schedule for point in found}, as_of(now, calendars))
    return _nearest(centre, total or len(rows), found, following)


def _nearest(
    centre: Place, total: int, found: list[Point], following: Mapping[str, Occurrence | None]
) -> MapPoints:
    latitudes, longitudes = [p.latitude for p in found], [p.longitude for p in found]
    nearest = sorted(zip(metres_from(centre, latitudes, longitudes), found, strict=True))
    del nearest[MOST_POINTS:]
    return MapPoints(
        centre,
        total,
        tuple([point for _, point in nearest]),
        tuple([metres for metres, _ in nearest]),
        following,
    )


def _points_on_day(db: Db, day: Day, centre: Place, now: datetime) -> MapPoints:
    ask = day.asked(centre)
    values = {**ask.values, "worst": worst_shown(day.query), "most": ALL}
    rows = points_from(_points(db, ask, values, now, are_all=True))
    dates = {schedule: day.date_of(schedule)[0] for schedule in {row.schedule for row in rows}}
    found = [point for point in rows if dates[point.schedule] is not None]
    return _nearest(centre, len(found), found, dates)


def _points(
    db: Db, ask: Asked, values: Values, now: datetime, *, are_all: bool
) -> Sequence[sa.Row[*PointValues]]:
    page = points_of(ask.shape, ask.strips, are_all=are_all)
    return db.execute(page, {**values, "old_before": old_before(now)}).all()


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


def _on_day(
    db: Db, day: Day, centre: Place, now: datetime, calendars: Calendars, most: int
) -> Found:
    """One page of the groups that meet on the day of the search."""
    query, found = day.query, meetings(db, day, centre)
    in_band = Counter(meeting.band for meeting in found)
    shown = [meeting for meeting in found if meeting.band <= worst_shown(query)]
    skip = (query.page - 1) * most
    page = {meeting.public_id: meeting for meeting in shown[skip : skip + most]}
    cards = tuple(
        shown_on(card, page[card.public_id])
        for card in cards_of(db, list(page), now, calendars, centre)
    )
    if not query.asks_what_may_be_unknown:
        return cards, len(shown), Bands()
    cards = tuple(replace(card, band=BANDS[page[card.public_id].band]) for card in cards)
    return cards, len(shown), Bands(*(in_band[n] for n in range(len(BANDS))))


def counts(
    db: Db, searches: Sequence[tuple[SearchQuery, Place]], now: datetime, calendars: Calendars
) -> Sequence[int]:
    """How many groups each of these searches finds.

    One SQL statement, and one more for each search that asks for one day.
    """
    on_day = {
        n: sum(
            found.band <= worst_shown(query)
            for found in meetings(db, Day(query.on, query, now, calendars), place)
        )
        for n, (query, place) in enumerate(searches)
        if query.on is not None
    }
    others = [search for search in searches if search[0].on is None]
    counted = iter(_counts(db, others) if others else ())
    return [on_day[n] if n in on_day else next(counted) for n in range(len(searches))]


def _counts(db: Db, searches: Sequence[tuple[SearchQuery, Place]]) -> Sequence[int]:
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
