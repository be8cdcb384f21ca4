"""Postcodes that the national directory puts into a wrong place, found while the index is built.

A postcode is doubtful where it is far from the rest of its sector and from every neighbour in it,
while the sector itself is close together. A large user's own code is often far and right: it
stands where its mail is handed over, at one point with other codes, or in a sector of post boxes.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from finder.places.districts import DEGREE_KM, Integers

FAR_KM, ALONE_KM, WIDE_KM, POST_BOXES_KM = 15.0, 10.0, 10.0, 0.1
FEWEST = 5
"""Of fewer postcodes nobody can say which one is wrong."""

Doubt = tuple[bytes, int, int]
"""A postcode's key, and the middle of the rest of its sector in millionths of a degree."""


def doubts(keys: NDArray[np.bytes_], points_e6: Integers) -> Iterator[Doubt]:
    """The doubtful postcodes among all, which come in the order of their keys."""
    sectors = keys.astype("S5")
    starts = np.flatnonzero(np.concatenate(([True], sectors[1:] != sectors[:-1])))
    ends = np.append(starts[1:], len(keys))
    spans = np.maximum.reduceat(points_e6, starts) - np.minimum.reduceat(points_e6, starts)
    is_wide = spans.max(axis=1) / 1e6 * DEGREE_KM > FAR_KM
    far = {
        int(first) + n: slice(first, end)
        for first, end in zip(starts[is_wide], ends[is_wide], strict=True)
        for n in _far(points_e6[first:end] / 1e6)
    }
    shared = _shared(points_e6, list(far))
    for n, sector in far.items():
        if n not in shared:
            others = points_e6[sector][keys[sector] != keys[n]]
            middle = np.rint(others.mean(axis=0)).astype(int)
            yield keys[n], int(middle[0]), int(middle[1])


def _far(points: NDArray[np.float64]) -> list[int]:
    """Which of a sector's points are far from its middle and from all others in it."""
    if len(points) < FEWEST:
        return []
    middle = np.median(points, axis=0)
    away = _kilometres(points, middle)
    usual, most = np.percentile(away, (50, 90))
    if usual < POST_BOXES_KM or most > WIDE_KM:
        return []
    found = []
    for n in np.flatnonzero(away > FAR_KM):
        between = _kilometres(points, points[n])
        between[n] = np.inf
        if between.min() > ALONE_KM:
            found.append(int(n))
    return found


def _shared(points_e6: Integers, chosen: list[int]) -> set[int]:
    """Those of the chosen that stand at one point with another postcode."""
    numbers = points_e6[:, 0].astype(np.int64) << 32 | (points_e6[:, 1].astype(np.int64) + 2**31)
    ordered = np.sort(numbers)
    asked = numbers[chosen]
    first, last = np.searchsorted(ordered, asked), np.searchsorted(ordered, asked, "right")
    return {n for n, count in zip(chosen, last - first, strict=True) if count > 1}


def _kilometres(points: NDArray[np.float64], one: NDArray[np.float64]) -> NDArray[np.float64]:
    squeeze = np.cos(np.radians(one[0]))
    found: NDArray[np.float64] = (
        np.hypot(points[:, 0] - one[0], (points[:, 1] - one[1]) * squeeze) * DEGREE_KM
    )
    return found
