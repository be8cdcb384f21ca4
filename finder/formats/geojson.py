"""Groups as GeoJSON (RFC 7946): for the map, and for whoever wants the points."""

import json
from collections.abc import Callable
from datetime import date, time
from functools import lru_cache
from json.encoder import encode_basestring as _text
from typing import Any

from finder.domain.groups import Place
from finder.domain.schedule import LONDON, Occurrence, starts_at
from finder.domain.schedule_words import when
from finder.domain.search import MapPoints, Point
from finder.domain.vocabulary import Band, CostKind, Format, TalkingLevel, VenueKind

MEDIA_TYPE = "application/geo+json"
NOT_KNOWN = "Nobody has told us"
UrlOf = Callable[[str], str]

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


FEATURE = (
    b'{"type":"Feature","id":"%b","geometry":{"type":"Point","coordinates":[%b]},"properties":'
    b'{"name":%b,%b,%b,%b,%b,%b,"example":%b,"url":%b,"distance_m":%.0f}}'
)


def collection(points: MapPoints, radius_miles: int, url_of: UrlOf) -> bytes:
    """A FeatureCollection of all points, as UTF-8 JSON.

    Foreign members: `centre` [longitude, latitude], `radius_miles`, `total` (all matches) and
    `truncated` (there were more than these). url_of: a group's public id, as text, to its address.
    """
    members = {
        "type": "FeatureCollection",
        "centre": _position(points.centre),
        "radius_miles": radius_miles,
        "total": points.total,
        "truncated": points.is_truncated,
    }
    features = [
        _feature(point, url_of, far)
        for point, far in zip(points.points, points.metres, strict=True)
    ]
    return b'%b,"features":[%b]}' % (_json(members)[:-1].encode(), b",".join(features))


def _feature(point: Point, url_of: UrlOf, metres: float) -> bytes:
    """A map has thousands of these, which share most of their members."""
    on = point.next
    return FEATURE % (
        point.public_id.encode(),
        _coordinates(point.longitude, point.latitude),
        _text(point.name).encode(),
        _talking_members(*point.talking, point.band),
        _format_members(point.format),
        _venue_members(point.venue_name, point.venue_kind, point.locality),
        _cost_members(point.cost, point.cost_label, point.cost_pence),
        _next_members(on.on, on.starts, on.ends) if on else _NO_DATE,
        b"true" if point.is_example else b"false",
        _text(url_of(point.public_id)).encode(),
        metres,
    )


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
def _cost_members(kind: CostKind, label: str, pence: int) -> bytes:
    return _members(cost=kind.value, cost_label=label, cost_pence=pence)


@lru_cache(maxsize=4096)
def _next_members(on: date, starts: time, ends: time) -> bytes:
    """The start with its offset from UTC, "2026-11-24T10:30:00+00:00", and the same in words."""
    occurrence = Occurrence(on, starts, ends)
    start = starts_at(occurrence).astimezone(LONDON)
    return _members(next=start.isoformat(), next_label=when(occurrence))


_NO_DATE = _members(next=None, next_label=None)
