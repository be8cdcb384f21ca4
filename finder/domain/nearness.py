"""Distances near a point, cheap enough for a database to work out for every group.

Metres for each degree come from the WGS84 ellipsoid at the point itself. A degree of longitude
also grows shorter towards the north, so its length is taken at the latitude half-way. Up to 25
miles the result differs from geopy's geodesic by less than 0.01 % (tests/domain/test_nearness.py).
"""

from dataclasses import dataclass
from math import ceil, cos, radians, sin, sqrt

from finder.domain.groups import BAND_DEGREES, Place, lat_band

METRES_PER_MILE = 1609.344
EQUATOR_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
_E2 = FLATTENING * (2 - FLATTENING)
_STEP_DEGREES = 0.01


@dataclass(frozen=True)
class Nearness:
    """What turns degrees from one point into metres."""

    centre: Place
    metres_a_degree_north: float
    metres_a_degree_east: float
    change_a_degree_north: float

    def squared_m2(self, place: Place) -> float:
        """Squared metres to a place; the database works out the same sum."""
        north = place.latitude - self.centre.latitude
        east = place.longitude - self.centre.longitude
        wide = self.metres_a_degree_east + north * self.change_a_degree_north
        return (north * self.metres_a_degree_north) ** 2 + (east * wide) ** 2

    def degrees(self, metres: float) -> tuple[float, float]:
        """At least as many degrees of latitude and longitude as these metres, anywhere in them."""
        north = metres / self.metres_a_degree_north * 1.001
        shortest = self.metres_a_degree_east - north * abs(self.change_a_degree_north)
        return north, metres / shortest * 1.001


def circle(near: Nearness, radius_m: float) -> tuple[int, dict[str, float]]:
    """How many strips hold a circle, and the values by which a query finds what is in it."""
    centre, (north, east) = near.centre, near.degrees(radius_m)
    count = strips(radius_m)
    first, last = lat_band(centre.latitude - north), lat_band(centre.latitude + north)
    return count, {
        **{f"strip_{n}": min(first + n, last) for n in range(count)},
        "south": centre.latitude - north,
        "north": centre.latitude + north,
        "west": centre.longitude - east,
        "east": centre.longitude + east,
        "latitude": centre.latitude,
        "longitude": centre.longitude,
        "metres_north": near.metres_a_degree_north,
        "metres_east": near.metres_a_degree_east,
        "metres_change": near.change_a_degree_north,
        "radius_m2": radius_m**2,
    }


def strips(radius_m: float) -> int:
    """How many strips of latitude a circle may touch.

    As many for each radius everywhere: a circle that touches fewer names its last twice. Degrees
    are at their shortest in the far south of the country.
    """
    return ceil(2 * radius_m * 1.002 / 111_200 / BAND_DEGREES) + 1


def nearness(centre: Place) -> Nearness:
    """What turns degrees from this point into metres. Made once for each search."""
    latitude = centre.latitude
    # In one degree of latitude: the meridional radius of curvature.
    bulge = 1 - _E2 * sin(radians(latitude)) ** 2
    north = radians(1) * EQUATOR_M * (1 - _E2) / (bulge * sqrt(bulge))
    changes = (_east(latitude + _STEP_DEGREES) - _east(latitude - _STEP_DEGREES)) / 2
    return Nearness(centre, north, _east(latitude), changes / _STEP_DEGREES / 2)


def _east(latitude: float) -> float:
    """Metres in one degree of longitude: the parallel's radius."""
    bulge = 1 - _E2 * sin(radians(latitude)) ** 2
    return radians(1) * EQUATOR_M * cos(radians(latitude)) / sqrt(bulge)
