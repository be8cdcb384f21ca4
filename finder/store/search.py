"""Groups near a point: a page of them with its total and bands, and all of them for a map."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, islice
from typing import Any, TypeVar
from uuid import UUID

from finder.domain.calendars import Calendars
from finder.domain.groups import Card, Place
from finder.domain.nearness import nearness
from finder.domain.schedule import london_day
from finder.domain.search import MOST_POINTS, PAGE_SIZE, Bands, MapPoints, Point, SearchQuery
from finder.domain.shelf import Key
from finder.domain.vocabulary import Sort
from finder.store.database import Db
from finder.store.search_cards import BANDS, cards_from, metres_from
from finder.store.search_filters import NOT_KNOWN, PROBABLY, Asked, asked
from finder.store.search_points import old_before, points_from
from finder.store.search_soonest import in_order, moments
from finder.store.search_statements import (
    counts_of,
    groups_by_id,
    page_ids_of,
    page_of,
    point_ids_of,
    points_of,
    sessions_by_earliest,
)

MOST_BY_ID = 50

Thing = TypeVar("Thing")
Made = dict[Key, Thing]
Found = tuple[tuple[Card, ...], int, Bands]
"""Cards of one page, how many groups all pages hold, and how sure their answers are."""


def nearby(
    db: Db,
    query: SearchQuery,
    centre: Place,
    now: datetime,
    calendars: Calendars,
    most: int = PAGE_SIZE,
    made: Made[Card] | None = None,
) -> Found:
    """One page of the groups that a search finds near a point, in its order, ties by distance.

    One SQL statement; by soonest, two, and one more where some of the cards are in `made` but
    not all. The bands count what was asked of level and facts, and are all zero where nothing
    was; those not known count in the total only when asked for.

    made: cards that are true now, to take from; those that are not there are put in.
    """
    ask = asked(query, nearness(centre))
    if query.sort is Sort.SOONEST:
        return _soonest(db, query, ask, centre, now, calendars, most)
    values = {
        **ask.values,
        "worst": worst_shown(query),
        "most": most,
        "skip": (query.page - 1) * most,
        "today": _today(now),
    }
    if made and (found := _made_before(db, query, ask, centre, values, made)):
        return found
    rows = db.execute(page_of(ask.shape, ask.strips, query.sort), values).all()
    cards = cards_from(rows, now, calendars, centre, query.asks_what_may_be_unknown)
    if made is not None:
        made.update(((card.public_id, _band_key(query, card)), card) for card in cards)
    return cards, *_counted(query, rows[0])


def points(
    db: Db,
    query: SearchQuery,
    centre: Place,
    now: datetime,
    calendars: Calendars,
    made: Made[Point] | None = None,
) -> MapPoints:
    """All that the same search finds, the nearest MOST_POINTS of them.

    One SQL statement, one more to count them where there are more than that, and one more where
    some are in `made`, as `nearby` has it, but not all.
    """
    ask = asked(query, nearness(centre))
    is_band_asked = query.asks_what_may_be_unknown
    values = {**ask.values, "worst": worst_shown(query), "most": MOST_POINTS}
    points = _points_made_before(db, ask, centre, values, made, is_band_asked) if made else None
    if points is None:
        today = {"today": _today(now), "old_before": old_before(now)}
        rows = db.execute(points_of(ask.shape, ask.strips), values | today).all()
        points = points_from(rows, now, calendars, centre, is_band_asked)
        if made is not None:
            keys = ((row[0], row[-1] if is_band_asked else None) for row in rows)
            made.update(zip(keys, points, strict=True))
    total = len(points) if len(points) < MOST_POINTS else _count(db, ask, values)
    return MapPoints(centre, total, points)


def cards_of(
    db: Db, ids: Sequence[UUID], now: datetime, calendars: Calendars, centre: Place | None = None
) -> tuple[Card, ...]:
    """Cards of these published groups, at most 50, in the order of the ids; others are left out."""
    wanted = list(dict.fromkeys(ids))[:MOST_BY_ID]
    if not wanted:
        return ()
    rows = db.execute(groups_by_id(), {"ids": wanted, "today": _today(now)}).all()
    found = {card.public_id: card for card in cards_from(rows, now, calendars, centre)}
    return tuple(found[id_] for id_ in wanted if id_ in found)


def worst_shown(query: SearchQuery) -> int:
    """The least sure band whose groups are shown, as its number."""
    return NOT_KNOWN if query.include_unknown else PROBABLY


def _made_before(
    db: Db,
    query: SearchQuery,
    ask: Asked,
    centre: Place,
    values: Mapping[str, Any],
    made: Made[Card],
) -> Found | None:
    """The same page from cards that were made before; None where one of them was not."""
    rows = db.execute(page_ids_of(ask.shape, ask.strips, query.sort), values).all()
    is_band_asked = query.asks_what_may_be_unknown
    keys = [(row.id, row.band if is_band_asked else None) for row in rows if row.id]
    cards = [made[key] for key in keys if key in made]
    if len(cards) < len(keys):
        return None
    places = [card.place for card in cards]
    metres = metres_from(centre, [at.latitude for at in places], [at.longitude for at in places])
    moved = tuple(card.seen_from(far) for card, far in zip(cards, metres, strict=True))
    return moved, *_counted(query, rows[0])


def _band_key(query: SearchQuery, card: Card) -> int | None:
    return BANDS.index(card.band) if query.asks_what_may_be_unknown else None


def _points_made_before(
    db: Db,
    ask: Asked,
    centre: Place,
    values: Mapping[str, Any],
    made: Made[Point],
    is_band_asked: bool,
) -> tuple[Point, ...] | None:
    rows = db.execute(point_ids_of(ask.shape, ask.strips), values).all()
    keys = [(id_, band if is_band_asked else None) for id_, band in rows]
    points = [made[key] for key in keys if key in made]
    if len(points) < len(keys):
        return None
    latitudes, longitudes = [at.latitude for at in points], [at.longitude for at in points]
    metres = metres_from(centre, latitudes, longitudes)
    return tuple(point.seen_from(far) for point, far in zip(points, metres, strict=True))


def _soonest(
    db: Db,
    query: SearchQuery,
    ask: Asked,
    centre: Place,
    now: datetime,
    calendars: Calendars,
    most: int,
) -> Found:
    """Sessions come from the database in the order in which they could be next, and exact dates
    are worked out only until the page is full: Christmas and school holidays move few pages."""
    values = {**ask.values, **moments(now), "worst": worst_shown(query)}
    with db.execute(sessions_by_earliest(ask.shape, ask.strips), values) as rows:
        first = rows.fetchone()
        coming = in_order(chain([first], rows), now, calendars)
        skip = (query.page - 1) * most
        bands = dict(islice(coming, skip, skip + most))
    cards = cards_of(db, list(bands), now, calendars, centre)
    if query.asks_what_may_be_unknown:
        cards = tuple(replace(card, band=BANDS[bands[card.public_id]]) for card in cards)
    return cards, *_counted(query, first)


def _count(db: Db, ask: Asked, values: Mapping[str, Any]) -> int:
    """How many groups a search finds on all its pages."""
    named = {f"n0_{name}": value for name, value in values.items()}
    return int(db.execute(counts_of(((ask.shape, ask.strips),)), named).scalar_one())


def _today(now: datetime) -> date:
    return london_day(now)


def _counted(query: SearchQuery, row: Any) -> tuple[int, Bands]:
    bands = Bands(row.band_0, row.band_1, row.band_2)
    total = bands.fairly_sure + bands.probably
    if query.include_unknown:
        total += bands.not_known
    return total, bands if query.asks_what_may_be_unknown else Bands()
