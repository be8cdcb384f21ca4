"""Groups as GeoJSON (RFC 7946): for the map, and for whoever wants the points."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from finder.domain.groups import Card, Place
from finder.domain.schedule import LONDON, Occurrence, starts_at
from finder.domain.schedule_words import when
from finder.domain.search import MapPoints

MEDIA_TYPE = "application/geo+json"
NOT_KNOWN = "Nobody has told us"
UrlOf = Callable[[UUID], str]


def collection(points: MapPoints, radius_miles: int, url_of: UrlOf) -> bytes:
    """A FeatureCollection of all points, as UTF-8 JSON.

    url_of: a group's public id to its address. Foreign members: `centre` [longitude, latitude],
    `radius_miles`, `total` (all matches) and `truncated` (there were more than are here).
    """
    return _encoded(
        {
            "type": "FeatureCollection",
            "centre": _position(points.centre),
            "radius_miles": radius_miles,
            "total": points.total,
            "truncated": points.is_truncated,
            "features": [_feature(card, url_of) for card in points.points],
        }
    )


def nothing(message: str) -> bytes:
    """The same collection without a point, and why, as a sentence in `message`."""
    return _encoded(
        {
            "type": "FeatureCollection",
            "centre": None,
            "total": 0,
            "truncated": False,
            "message": message,
            "features": [],
        }
    )


def _encoded(members: dict[str, Any]) -> bytes:
    return json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()


def _position(place: Place) -> list[float]:
    """Longitude first, as the standard wants it; five decimals are about a metre."""
    return [round(place.longitude, 5), round(place.latitude, 5)]


def _feature(card: Card, url_of: UrlOf) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": str(card.public_id),
        "geometry": {"type": "Point", "coordinates": _position(card.place)},
        "properties": _properties(card) | {"url": url_of(card.public_id)},
    }


def _properties(card: Card) -> dict[str, Any]:
    talking = card.talking
    return {
        "name": card.name,
        "talking": int(talking.level) if talking.is_known else None,
        "talking_label": talking.level.label if talking.is_known else NOT_KNOWN,
        "talking_sentence": talking.sentence,
        "band": card.band.value,
        "format": card.format.value,
        "format_label": card.format.label,
        "venue": card.venue_name,
        "venue_kind": card.venue_kind.value,
        "locality": card.locality,
        "cost": card.cost.kind.value,
        "cost_label": card.cost.label(),
        "cost_pence": card.cost.each_pence,
        "next": _starts_at(card.next),
        "next_label": when(card.next) if card.next else None,
        "distance_m": round(card.distance_m),
        "example": card.is_example,
    }


def _starts_at(occurrence: Occurrence | None) -> str | None:
    """The start with its offset from UTC: "2026-11-24T10:30:00+00:00"."""
    if occurrence is None:
        return None
    return starts_at(occurrence).astimezone(LONDON).isoformat()
