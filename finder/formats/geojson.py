"""Groups as GeoJSON (RFC 7946): for the map, and for whoever wants the points."""

import json
from collections.abc import Callable
from datetime import date, time
from functools import lru_cache
from json.encoder import encode_basestring as _text
from typing import Any

from finder.domain.cost import Cost
from finder.domain.groups import Place
from finder.domain.schedule import LONDON, Occurrence, starts_at
from finder.domain.schedule_words import when
from finder.domain.search import MapPoints, Point
from finder.domain.shelf import Made
from finder.domain.vocabulary import Band, CostKind, Format, TalkingLevel

MEDIA_TYPE = "application/geo+json"
NOT_KNOWN = "Nobody has told us"
UrlOf = Callable[[str], str]
Written = Made[tuple[str, str]]
"""Features by their group and band: what stands before the distance, and behind it."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def collection(
    points: MapPoints, radius_miles: int, url_of: UrlOf, written: Written | None = None
) -> bytes:
    """A FeatureCollection of all points, as UTF-8 JSON.

    url_of: a group's public id, as text, to its address. Foreign members: `centre` [longitude,
    latitude], `radius_miles`, `total` (all matches) and `truncated` (there were more than these).
    written: features that are true now, to take from and to put into.
    """
    written = Made() if written is None else written
    members = {
        "type": "FeatureCollection",
        "centre": _position(points.centre),
        "radius_miles": radius_miles,
        "total": points.total,
        "truncated": points.is_truncated,
    }
    features = []
    for point in points.points:
        key = point.public_id, point.talking.band
        around = written.get(key)
        if around is None:
            around = _feature(point, url_of)
            written.put([key], [around])
        features.append(f"{around[0]}{point.distance_m:.0f}{around[1]}")
    return f'{_json(members)[:-1]},"features":[{",".join(features)}]}}'.encode()


def nothing(message: str) -> bytes:
    """The same collection without a point, and why, as a sentence in `message`."""
    members: dict[str, Any] = {
        "type": "FeatureCollection",
        "centre": None,
        "total": 0,
        "truncated": False,
        "message": message,
        "features": [],
    }
    return _json(members).encode()


def _position(place: Place) -> list[float]:
    """Longitude first, as the standard wants it; five decimals are about a metre."""
    return [round(place.longitude, 5), round(place.latitude, 5)]


def _feature(point: Point, url_of: UrlOf) -> tuple[str, str]:
    """One feature, around its distance. Put together from text: a map has thousands, and they
    share most of it."""
    on, cost = point.next, point.cost
    before = _BEFORE % (
        point.public_id,
        point.longitude,
        point.latitude,
        _text(point.name),
        _talking_members(*point.talking),
        _format_members(point.format),
        _text(point.venue_name),
        point.venue_kind,
        _text(point.locality),
        _cost_members(
            cost.kind, cost.pence, cost.sibling_pence, cost.block_sessions, cost.is_first_free
        ),
        _next_members(on.on, on.starts, on.ends) if on else _NO_DATE,
    )
    is_example, url = "true" if point.is_example else "false", _text(url_of(point.public_id))
    return before, f',"example":{is_example},"url":{url}}}}}'


# Five decimals of a degree are about a metre.
_BEFORE = (
    '{"type":"Feature","id":"%s","geometry":{"type":"Point","coordinates":[%.5f,%.5f]},'
    '"properties":{"name":%s,%s,%s,"venue":%s,"venue_kind":"%s","locality":%s,%s,%s,"distance_m":'
)


def _members(**values: Any) -> str:
    """Members of an object, without its braces."""
    return _json(values)[1:-1]


@lru_cache(maxsize=4096)
def _talking_members(level: TalkingLevel, is_known: bool, sentence: str, band: Band) -> str:
    return _members(
        talking=int(level) if is_known else None,
        talking_label=level.label if is_known else NOT_KNOWN,
        talking_sentence=sentence,
        band=band.value,
    )


@lru_cache(maxsize=64)
def _format_members(kind: Format) -> str:
    return _members(format=kind.value, format_label=kind.label)


@lru_cache(maxsize=4096)
def _cost_members(
    kind: CostKind, pence: int | None, sibling: int | None, block: int | None, is_first_free: bool
) -> str:
    cost = Cost(kind, pence, sibling, block, is_first_free)
    return _members(cost=kind.value, cost_label=cost.label(), cost_pence=cost.each_pence)


@lru_cache(maxsize=4096)
def _next_members(on: date, starts: time, ends: time) -> str:
    """The start with its offset from UTC, "2026-11-24T10:30:00+00:00", and the same in words."""
    occurrence = Occurrence(on, starts, ends)
    start = starts_at(occurrence).astimezone(LONDON)
    return _members(next=start.isoformat(), next_label=when(occurrence))


_NO_DATE = _members(next=None, next_label=None)
