"""Groups as GeoJSON (RFC 7946): for the map, and for whoever wants the points."""

import json
from collections.abc import Callable
from datetime import date, time
from functools import lru_cache
from json.encoder import encode_basestring as _text
from typing import Any, NamedTuple

from finder.domain.cost import Cost
from finder.domain.groups import Place
from finder.domain.schedule import LONDON, Occurrence, starts_at
from finder.domain.schedule_words import when
from finder.domain.search import MapPoints, Point
from finder.domain.vocabulary import Band, CostKind, Format, TalkingLevel, VenueKind

MEDIA_TYPE = "application/geo+json"
NOT_KNOWN = "Nobody has told us"
UrlOf = Callable[[str], str]

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Feature(NamedTuple):
    """A point as it stands in GeoJSON, in UTF-8, wherever it is seen from.

    latitude, longitude: degrees, to measure from. The rest: the pieces that FEATURE wants, before
    the distance and behind it. A map has thousands of features, which share most of them.
    """

    latitude: float
    longitude: float
    public_id: bytes
    coordinates: bytes
    name: bytes
    talking: bytes
    format: bytes
    venue: bytes
    cost: bytes
    next: bytes
    is_example: bytes
    url: bytes


FEATURE = (
    b'{"type":"Feature","id":"%b","geometry":{"type":"Point","coordinates":[%b]},"properties":'
    b'{"name":%b,%b,%b,%b,%b,%b,"example":%b,"url":%b,"distance_m":%.0f}}'
)


def feature(point: Point, url_of: UrlOf) -> Feature:
    """What a map shows of a point. url_of: a group's public id, as text, to its address."""
    on, cost = point.next, point.cost
    return Feature(
        point.latitude,
        point.longitude,
        point.public_id.encode(),
        _coordinates(point.longitude, point.latitude),
        _text(point.name).encode(),
        _talking_members(*point.talking),
        _format_members(point.format),
        _venue_members(point.venue_name, point.venue_kind, point.locality),
        _cost_members(
            cost.kind, cost.pence, cost.sibling_pence, cost.block_sessions, cost.is_first_free
        ),
        _next_members(on.on, on.starts, on.ends) if on else _NO_DATE,
        b"true" if point.is_example else b"false",
        _text(url_of(point.public_id)).encode(),
    )


def collection(points: MapPoints[Feature], radius_miles: int) -> bytes:
    """A FeatureCollection of all points, as UTF-8 JSON.

    Foreign members: `centre` [longitude, latitude], `radius_miles`, `total` (all matches) and
    `truncated` (there were more than these).
    """
    members = {
        "type": "FeatureCollection",
        "centre": _position(points.centre),
        "radius_miles": radius_miles,
        "total": points.total,
        "truncated": points.is_truncated,
    }
    features = [
        FEATURE % (*one[2:], metres)
        for one, metres in zip(points.points, points.metres, strict=True)
    ]
    return b'%b,"features":[%b]}' % (_json(members)[:-1].encode(), b",".join(features))


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


def _members(**values: Any) -> bytes:
    """Members of an object, without its braces."""
    return _json(values)[1:-1].encode()


@lru_cache(maxsize=4096)
def _talking_members(level: TalkingLevel, is_known: bool, sentence: str, band: Band) -> bytes:
    return _members(
        talking=int(level) if is_known else None,
        talking_label=level.label if is_known else NOT_KNOWN,
        talking_sentence=sentence,
        band=band.value,
    )


@lru_cache(maxsize=64)
def _format_members(kind: Format) -> bytes:
    return _members(format=kind.value, format_label=kind.label)


@lru_cache(maxsize=1024)
def _venue_members(name: str, kind: VenueKind, locality: str) -> bytes:
    return f'"venue":{_text(name)},"venue_kind":"{kind}","locality":{_text(locality)}'.encode()


@lru_cache(maxsize=1024)
def _coordinates(longitude: float, latitude: float) -> bytes:
    """Five decimals of a degree are about a metre. Groups of one venue share them."""
    return b"%.5f,%.5f" % (longitude, latitude)


@lru_cache(maxsize=4096)
def _cost_members(
    kind: CostKind, pence: int | None, sibling: int | None, block: int | None, is_first_free: bool
) -> bytes:
    cost = Cost(kind, pence, sibling, block, is_first_free)
    return _members(cost=kind.value, cost_label=cost.label(), cost_pence=cost.each_pence)


@lru_cache(maxsize=4096)
def _next_members(on: date, starts: time, ends: time) -> bytes:
    """The start with its offset from UTC, "2026-11-24T10:30:00+00:00", and the same in words."""
    occurrence = Occurrence(on, starts, ends)
    start = starts_at(occurrence).astimezone(LONDON)
    return _members(next=start.isoformat(), next_label=when(occurrence))


_NO_DATE = _members(next=None, next_label=None)
