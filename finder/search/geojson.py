"""Groups as GeoJSON (RFC 7946), for the map and for other programs."""

import json
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import lru_cache
from json.encoder import encode_basestring as _text

from finder.domain.groups import Place, Point
from finder.domain.schedule.sessions import LONDON, Occurrence, starts_at
from finder.domain.schedule.words import when
from finder.domain.talking.evidence import OLD_WORDS
from finder.domain.vocabulary import Band
from finder.search.rules import MapPoints

MEDIA_TYPE = "application/geo+json"
ANY_ID = "00000000-0000-0000-0000-000000000000"
UrlOf = Callable[[str], str]

_BANDS = [band.value for band in Band]
DIGITS = 32
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


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
    before, after = _text(url_of(ANY_ID)).split(ANY_ID)
    following = {schedule: _next_members(on) for schedule, on in points.next_dates.items()}
    features = ",".join(
        [
            _feature(point, far, following, before, after)
            for point, far in zip(points.points, points.metres, strict=True)
        ]
    )
    return f'{_json(members)[:-1]},"features":[{features}]}}'.encode()


def _feature(
    point: Point, metres: float, following: Mapping[str, str], before: str, after: str
) -> str:
    """One group. following: members by schedule. before, after: its address around the id."""
    id_, _, _, is_example, schedule, is_old, text, band = point
    if len(id_) == DIGITS:  # SQLite stores them without dashes
        id_ = f"{id_[:8]}-{id_[8:12]}-{id_[12:16]}-{id_[16:20]}-{id_[20:]}"
    asks, _, about = text.partition("\n")
    return (
        f'{{"type":"Feature","id":"{id_}","geometry":{{"type":"Point","coordinates":{asks}'
        f'{OLD_WORDS if is_old else ""}","band":"{_BANDS[band]}",{about},{following[schedule]},'
        f'"example":{"true" if is_example else "false"},"url":{before}{id_}{after},'
        f'"distance_m":{metres:.0f}}}}}'
    )


def nothing(message: str) -> bytes:
    """A collection without points; `message` is a sentence that says why."""
    members: dict[str, object] = {
        "type": "FeatureCollection",
        "centre": None,
        "total": 0,
        "truncated": False,
        "message": message,
        "features": [],
    }
    return _json(members).encode()


def _position(place: Place) -> list[float]:
    """Longitude first, as the standard requires. Five decimals are about a metre."""
    return [round(place.longitude, 5), round(place.latitude, 5)]


def _next_members(occurrence: Occurrence | None) -> str:
    """The start with its offset from UTC, "2026-11-24T10:30:00+00:00", and the same in words."""
    if occurrence is None:
        return '"next":null,"next_label":null'
    return _members_at(occurrence.on, occurrence.starts, occurrence.ends)


@lru_cache(maxsize=4096)
def _members_at(on: date, starts: time, ends: time) -> str:
    occurrence = Occurrence(on, starts, ends)
    start = starts_at(occurrence).astimezone(LONDON)
    return f'"next":"{start.isoformat()}","next_label":{_text(when(occurrence))}'
