"""Our map against folium's usual one: a Marker with a Popup for each group, in a MarkerCluster.

Ours is the shell (made once, then had from the cache) and the points as GeoJSON. The two are
made in turn, round by round, so that a machine whose speed drifts moves both.
"""

import gc
import gzip
import statistics
import time
from collections.abc import Callable
from datetime import date
from datetime import time as clock
from random import Random
from uuid import UUID

import folium
from folium.plugins import MarkerCluster

from finder.domain.cost import Cost
from finder.domain.groups import Place, Point
from finder.domain.schedule.sessions import Occurrence
from finder.domain.vocabulary import Band, CostKind, Format, TalkingLevel, VenueKind
from finder.search import geojson
from finder.search.map import shell
from finder.search.rules import Asks, MapPoints

ROUNDS = 7
SIZES = (50, 200, 1_000, 2_000)
CENTRE = Place(55.976, -3.1657)
TILES, CREDIT = "https://tile.example.org/{z}/{x}/{y}.png", "© OpenStreetMap contributors"


def points(count: int) -> tuple[Point, ...]:
    """So many groups around Leith; the same ones each time."""
    lot = Random(count)
    return tuple(_point(UUID(int=number), lot) for number in range(1, count + 1))


def _point(public_id: UUID, lot: Random) -> Point:
    level = lot.choice(list(TalkingLevel))
    return Point(
        public_id=str(public_id),
        name=f"Rhyme time {public_id.int}",
        latitude=CENTRE.latitude + lot.gauss(0, 0.05),
        longitude=CENTRE.longitude + lot.gauss(0, 0.08),
        venue_name=f"Harbour Hall {public_id.int}",
        venue_kind=lot.choice(list(VenueKind)),
        locality="Leith",
        is_example=False,
        format=lot.choice(list(Format)),
        talking=Asks(level, True, f"{level.label}. 7 of 8 parents say so.", Band.FAIRLY_SURE),
        cost=Cost(CostKind.EACH_TIME, pence=450),
        next=Occurrence(date(2026, 11, 24), clock(10, 30), clock(11)),
    )


def ours(groups: tuple[Point, ...]) -> bytes:
    """What the server makes for our map: the container for the page, and the points."""
    container = shell(TILES, CREDIT).html.encode()
    features = tuple(geojson.feature(group, "/groups/{}".format) for group in groups)
    metres = tuple(abs(group.longitude - CENTRE.longitude) * 62_000 for group in groups)
    found = MapPoints(CENTRE, len(groups), features, metres)
    return container + geojson.collection(found, 3)


def usual(groups: tuple[Point, ...]) -> bytes:
    """What folium makes when it is used as its guide shows."""
    made = folium.Map(location=(CENTRE.latitude, CENTRE.longitude), tiles=TILES, attr=CREDIT)
    cluster = MarkerCluster().add_to(made)
    for group in groups:
        words = f'<a href="/groups/{group.public_id}">{group.name}</a><br>{group.talking.sentence}'
        place = (group.latitude, group.longitude)
        folium.Marker(place, popup=folium.Popup(words)).add_to(cluster)
    return bytes(made.get_root().render().encode())


def milliseconds(make: Callable[[tuple[Point, ...]], bytes], groups: tuple[Point, ...]) -> float:
    """How long one of them takes, once, after the litter of the last was put away."""
    gc.collect()
    start = time.perf_counter()
    make(groups)
    return (time.perf_counter() - start) * 1_000


def main() -> None:
    """Print the table."""
    print("| groups | ours, ms | folium's usual, ms | ratio | ours, KB (gzip) | usual, KB (gzip) |")
    print("| --- | --- | --- | --- | --- | --- |")
    for size in SIZES:
        groups = points(size)
        made = {make: make(groups) for make in (ours, usual)}
        rounds = [(milliseconds(ours, groups), milliseconds(usual, groups)) for _ in range(ROUNDS)]
        our_ms, usual_ms = (statistics.median(times) for times in zip(*rounds, strict=True))
        ratio = statistics.median(slow / quick for quick, slow in rounds)
        weights = [
            f"{len(made[make]) / 1e3:.0f} ({len(gzip.compress(made[make])) / 1e3:.0f})"
            for make in (ours, usual)
        ]
        print(
            f"| {size:,} | {our_ms:.2f} | {usual_ms:.0f} | {ratio:.0f} "
            f"| {weights[0]} | {weights[1]} |"
        )


if __name__ == "__main__":
    main()
