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
from finder.store import straight
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
    points_by_id,
    points_of,
    sessions_by_earliest,
)

MOST_BY_ID = 50
POINTS_BY_ID = 50, 500
"""How many points are fetched by their ids; where more are missing, all are."""
ID_DIGITS = 32


class Placed(Protocol):
    """What was made of a group, and where the group is."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


Thing = TypeVar("Thing", bound=Placed)
CardKey = tuple[str, int | None]
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

    One SQL statement, or two: by soonest, and where some of the cards are in `made` but not all,
    so that the others are fetched by their ids. The bands count what was asked of level and facts,
    and are all zero where nothing was; those not known count in the total only when asked for.

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
        rows = straight.rows(db, page_ids_of(ask.shape, ask.strips, query.sort), values)
        keys = _card_keys(rows, is_band_asked)
        found = _cards(db, made, keys, now, calendars)
        seen = [
            card.seen_from(far) for card, far in zip(found, _metres(centre, found), strict=True)
        ]
        return tuple(seen), *_counted(query, rows[0])
    rows = db.execute(page_of(ask.shape, ask.strips, query.sort), values).all()
    cards = cards_from(rows, now, calendars, centre, is_band_asked)
    if made is not None:
        bands = [BANDS.index(card.band) if is_band_asked else None for card in cards]
        made.put([(card.public_id.hex, n) for card, n in zip(cards, bands, strict=True)], cards)
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

    As many SQL statements as `nearby` has, and one more to count them where there are more than
    that. make: what to give, and to set aside, of each point.
    """
    ask = asked(query, nearness(centre))
    is_band_asked = query.asks_what_may_be_unknown
    values = {**ask.values, "worst": worst_shown(query), "most": MOST_POINTS}
    today = {"today": london_day(now), "old_before": old_before(now)}

    def make_and_keep(rows: Sequence[Any]) -> dict[Key, Thing]:
        points = points_from(rows, now, calendars, is_band_asked)
        new = dict(zip(_point_keys(rows, is_band_asked), map(make, points), strict=True))
        if made is not None:
            made.put(new.keys(), new.values())
        return new

    found: list[Thing | None] | None = None
    if made:
        ids = straight.rows(db, point_ids_of(ask.shape, ask.strips), values)
        keys = _point_keys(ids, is_band_asked)
        found = [made.get(key) for key in keys]
        missing = dict(row for row, thing in zip(ids, found, strict=True) if thing is None)
        if len(missing) > POINTS_BY_ID[-1]:
            found = None
        elif missing:
            others = db.execute(points_by_id(), {**today, "ids": _filled_up(list(missing))})
            new = make_and_keep([(*row, missing[row[0]]) for row in others])
            found = [thing or new.get(key) for key, thing in zip(keys, found, strict=True)]
    if found is None:
        rows = db.execute(points_of(ask.shape, ask.strips), values | today).all()
        found = list(make_and_keep(rows).values())
    things = [thing for thing in found if thing]
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


def _card_keys(rows: Sequence[Any], is_band_asked: bool) -> list[CardKey]:
    """Of rows as `page_ids_of` has them. PostgreSQL writes the ids with dashes."""
    keys = [(row[3], row[4] if is_band_asked else None) for row in rows if row[3]]
    has_dashes = bool(keys) and len(keys[0][0]) > ID_DIGITS
    return [(id_.replace("-", ""), band) for id_, band in keys] if has_dashes else keys


def _filled_up(ids: list[str]) -> list[str]:
    """The same ids, the last of them again and again: lists of few lengths are few statements,
    each of which every connection keeps."""
    length = next(length for length in POINTS_BY_ID if length >= len(ids))
    return ids + ids[-1:] * (length - len(ids))


def _point_keys(rows: Sequence[Any], is_band_asked: bool) -> list[Key]:
    """Of rows that begin with an id, as it is kept, and end with a band. There are thousands, so
    that an id stands for itself where it is all there is to say."""
    if is_band_asked:
        return [(row[0], row[-1]) for row in rows]
    return [row[0] for row in rows]


def _cards(
    db: Db, made: Made[Card], keys: Sequence[CardKey], now: datetime, calendars: Calendars
) -> list[Card]:
    """The cards of these keys: those that were made, and the others made now."""
    found = [made.get(key) for key in keys]
    if not all(found):
        missing = [key for key, card in zip(keys, found, strict=True) if card is None]
        anew = cards_of(db, [UUID(id_) for id_, _ in missing], now, calendars)
        by_id = {card.public_id.hex: card for card in anew}
        new = {
            (id_, band): by_id[id_] if band is None else replace(by_id[id_], band=BANDS[band])
            for id_, band in missing
            if id_ in by_id
        }
        made.put(new.keys(), new.values())
        found = [card or new.get(key) for key, card in zip(keys, found, strict=True)]
    return [card for card in found if card]


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
