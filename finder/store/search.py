"""Groups near a point: a page of them with its total and bands, and all of them for a map."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from typing import Any, Protocol, TypeVar
from uuid import UUID

from finder.domain.calendars import Calendars
from finder.domain.groups import Card, Place
from finder.domain.nearness import nearness
from finder.domain.schedule import london_day
from finder.domain.search import MOST_POINTS, PAGE_SIZE, Bands, MapPoints, Point, SearchQuery
from finder.domain.shelf import Key, Made
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


class Placed(Protocol):
    """What was made of a group, and where the group is."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


Thing = TypeVar("Thing", bound=Placed)
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
        "today": london_day(now),
    }
    is_band_asked = query.asks_what_may_be_unknown
    if made:
        rows = db.execute(page_ids_of(ask.shape, ask.strips, query.sort), values).all()
        keys = [_key(row[3], row[4], is_band_asked) for row in rows if row[3]]
        before = _made(made, keys)
        if before is not None:
            metres = _metres(centre, before)
            seen = [card.seen_from(far) for card, far in zip(before, metres, strict=True)]
            return tuple(seen), *_counted(query, rows[0])
    rows = db.execute(page_of(ask.shape, ask.strips, query.sort), values).all()
    cards = cards_from(rows, now, calendars, centre, is_band_asked)
    if made is not None:
        keys = [_key(card.public_id.hex, BANDS.index(card.band), is_band_asked) for card in cards]
        made.put(keys, cards)
    return cards, *_counted(query, rows[0])


def points(
    db: Db,
    query: SearchQuery,
    centre: Place,
    now: datetime,
    calendars: Calendars,
    make: Callable[[Point], Thing],
    made: Made[Thing] | None = None,
) -> MapPoints[Thing]:
    """All that the same search finds, the nearest MOST_POINTS of them.

    One SQL statement, one more to count them where there are more than that, and one more where
    some are in `made`, as `nearby` has it, but not all. make: what to give, and to set aside, of
    each point.
    """
    ask = asked(query, nearness(centre))
    is_band_asked = query.asks_what_may_be_unknown
    values = {**ask.values, "worst": worst_shown(query), "most": MOST_POINTS}
    things = None
    if made:
        ids = db.execute(point_ids_of(ask.shape, ask.strips), values).all()
        things = _made(made, _point_keys(ids, is_band_asked))
    if things is None:
        today = {"today": london_day(now), "old_before": old_before(now)}
        rows = db.execute(points_of(ask.shape, ask.strips), values | today).all()
        things = list(map(make, points_from(rows, now, calendars, is_band_asked)))
        if made is not None:
            made.put(_point_keys(rows, is_band_asked), things)
    total = len(things) if len(things) < MOST_POINTS else _count(db, ask, values)
    return MapPoints(centre, total, tuple(things), tuple(_metres(centre, things)))


def cards_of(
    db: Db, ids: Sequence[UUID], now: datetime, calendars: Calendars, centre: Place | None = None
) -> tuple[Card, ...]:
    """Cards of these published groups, at most 50, in the order of the ids; others are left out."""
    wanted = list(dict.fromkeys(ids))[:MOST_BY_ID]
    if not wanted:
        return ()
    rows = db.execute(groups_by_id(), {"ids": wanted, "today": london_day(now)}).all()
    found = {card.public_id: card for card in cards_from(rows, now, calendars, centre)}
    return tuple(found[id_] for id_ in wanted if id_ in found)


def worst_shown(query: SearchQuery) -> int:
    """The least sure band whose groups are shown, as its number."""
    return NOT_KNOWN if query.include_unknown else PROBABLY


def _key(id_: str, band: int, is_band_asked: bool) -> Key:
    """id_: as it is kept. PostgreSQL writes it with dashes."""
    return id_.replace("-", ""), band if is_band_asked else None


def _point_keys(rows: Sequence[Any], is_band_asked: bool) -> list[Key]:
    """Of rows that begin with an id, as it is kept, and end with a band. There are thousands, so
    that an id stands for itself where it is all there is to say."""
    if is_band_asked:
        return [(row[0], row[-1]) for row in rows]
    return [row[0] for row in rows]


def _made(made: Made[Thing], keys: Sequence[Key]) -> list[Thing] | None:
    """What was made under these keys; None where one of them was not made."""
    try:
        return [made[key] for key in keys]
    except KeyError:
        return None


def _metres(centre: Place, things: Sequence[Placed]) -> list[float]:
    """How far each is."""
    latitudes, longitudes = [at.latitude for at in things], [at.longitude for at in things]
    return metres_from(centre, latitudes, longitudes)


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


def _counted(query: SearchQuery, row: Any) -> tuple[int, Bands]:
    bands = Bands(row.band_0, row.band_1, row.band_2)
    total = bands.fairly_sure + bands.probably
    if query.include_unknown:
        total += bands.not_known
    return total, bands if query.asks_what_may_be_unknown else Bands()
