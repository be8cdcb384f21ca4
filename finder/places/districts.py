"""Postcodes in memory while places are loaded: which is nearest, and how close they stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from finder.domain.groups import Place
from finder.places.index_files import IndexFile

DEGREE_KM = 111.2
PEOPLE_A_POSTCODE = 25
"""The people of the United Kingdom by the postcodes of the index, ended ones too."""
NEAR_KM = 1.0

Integers = NDArray[np.int32]


@dataclass(frozen=True)
class Postcodes:
    """Some postcodes: keys, points in millionths of a degree, and their councils' numbers."""

    keys: NDArray[np.bytes_]
    points_e6: Integers
    councils: Integers

    def away_km(self, place: Place) -> NDArray[np.float64]:
        """How far each one is."""
        north = self.points_e6[:, 0] / 1e6 - place.latitude
        squeeze = np.cos(np.radians(place.latitude))
        east = (self.points_e6[:, 1] / 1e6 - place.longitude) * squeeze
        away: NDArray[np.float64] = np.hypot(north, east) * DEGREE_KM
        return away

    def some(self, chosen: NDArray[np.int64] | slice) -> "Postcodes":
        """Those at these positions."""
        return Postcodes(self.keys[chosen], self.points_e6[chosen], self.councils[chosen])


def joined(parts: Sequence[Postcodes]) -> Postcodes:
    """Several lots as one."""
    return Postcodes(
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.points_e6 for part in parts]),
        np.concatenate([part.councils for part in parts]),
    )


@dataclass(frozen=True)
class Beside:
    """The nearest postcode of an outward code, and about how many people live around a point."""

    postcode: str
    council: str
    away_km: float
    people: int


class Districts:
    """The postcodes of each outward code, each read once."""

    def __init__(
        self, read: Callable[[str], Postcodes | None], council_codes: Sequence[str]
    ) -> None:
        """read: the postcodes whose keys begin like this, None where there are none."""
        self._read = read
        self._known: dict[str, Postcodes | None] = {}
        self._codes = council_codes
        self._beside: dict[tuple[Place, str], Beside | None] = {}
        self._middles: dict[str, Place | None] = {}

    def within(self, outward: str) -> Postcodes | None:
        """The postcodes of an outward code, or of a sector ("CO5 8"); None for an unknown one."""
        if outward not in self._known:
            first, _, rest = outward.partition(" ")
            self._known[outward] = self._read(f"{first:<4}{rest}" if first else "")
        return self._known[outward]

    def beside(self, place: Place, outward: str) -> Beside | None:
        """What is at a point, as far as this outward code knows; None for an unknown one."""
        asked = (place, outward)
        if asked not in self._beside:
            self._beside[asked] = self._look_beside(place, outward)
        return self._beside[asked]

    def _look_beside(self, place: Place, outward: str) -> Beside | None:
        within = self.within(outward)
        if within is None:
            return None
        away = within.away_km(place)
        best = int(np.argmin(away))
        return Beside(
            within.keys[best].decode(),
            self._codes[within.councils[best]],
            float(away[best]),
            PEOPLE_A_POSTCODE * int(np.count_nonzero(away <= NEAR_KM)),
        )

    def people(self, outward: str) -> int:
        """About how many people live in an outward code."""
        within = self.within(outward)
        return PEOPLE_A_POSTCODE * len(within.keys) if within else 0

    def middle(self, outward: str) -> Place | None:
        """The middle of an outward code; None for an unknown one."""
        if outward not in self._middles:
            within = self.within(outward)
            middle = within.points_e6.mean(axis=0) / 1e6 if within else None
            self._middles[outward] = None if middle is None else Place(*map(float, middle))
        return self._middles[outward]


def of_index(index: IndexFile) -> Districts:
    """Districts that read the index of postcodes. IndexMissing without one."""
    codes = [code for (code,) in index.rows("SELECT code FROM council ORDER BY id")]

    def read(start: str) -> Postcodes | None:
        rows = index.rows(
            "SELECT key, latitude_e6, longitude_e6, council FROM postcode"
            " WHERE key >= ? AND key < ?",
            (start, f"{start}\x7f"),
        )
        if not rows:
            return None
        points = np.array([row[1:3] for row in rows], dtype=np.int32)
        councils = np.array([row[3] for row in rows], dtype=np.int32)
        return Postcodes(np.array([row[0] for row in rows], "S7"), points, councils)

    return Districts(read, codes)


def of_all(every: Postcodes, council_codes: Sequence[str]) -> Districts:
    """Districts of postcodes in memory, which come in the order of their keys."""

    def read(start: str) -> Postcodes | None:
        first, last = np.searchsorted(every.keys, (start.encode(), f"{start}\x7f".encode()))
        if first == last:
            return None
        return every.some(slice(first, last))

    return Districts(read, council_codes)


class Nearest:
    """The nearest postcode to a point, over all of them, in arrays sorted by latitude."""

    def __init__(self, every: Postcodes, council_codes: Sequence[str]) -> None:
        order = np.argsort(every.points_e6[:, 0], kind="stable")
        self.keys, self.councils = every.keys[order], every.councils[order]
        self.codes = council_codes
        self.latitudes = every.points_e6[order, 0] / 1e6
        self.longitudes = every.points_e6[order, 1] / 1e6

    def to(self, place: Place) -> tuple[str, str]:
        """The nearest postcode's key and council code. Looks in ever wider bands of latitude."""
        squeeze = np.cos(np.radians(place.latitude))
        reach = 0.002
        while True:
            first, last = np.searchsorted(
                self.latitudes, (place.latitude - reach, place.latitude + reach)
            )
            if last > first:
                north = self.latitudes[first:last] - place.latitude
                east = (self.longitudes[first:last] - place.longitude) * squeeze
                away = north**2 + east**2
                best = int(np.argmin(away))
                # One outside the band is at least `reach` away, so this one is the nearest.
                if away[best] <= reach**2 or reach > 180:
                    code = self.codes[self.councils[first + best]]
                    return self.keys[first + best].decode(), code
            elif reach > 180:
                return "", ""
            reach *= 4
