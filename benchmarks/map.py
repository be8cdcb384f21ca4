"""Our map against folium's usual one: a Marker with a Popup for each group, in a MarkerCluster.

Ours is the shell (made once, then cached) and the points as GeoJSON. The two are made in turn,
round by round, so that a machine whose speed drifts moves both.
"""

import gc
import gzip
import statistics
import time
from collections.abc import Callable
from datetime import date
from datetime import time as clock
from random import Random
from typing import NamedTuple
from uuid import UUID

import folium
from folium.plugins import MarkerCluster

from finder.domain.groups import Place, Point, TalkingLine
from finder.domain.schedule.sessions import Occurrence
from finder.domain.vocabulary import Band, CostKind, Format, TalkingLevel, VenueKind
from finder.listings.rules import Price, point_text
from finder.search import geojson
from finder.search.map import shell
from finder.search.rules import MapPoints

ROUNDS = 7
SIZES = (50, 200, 1_000, 2_000)
CENTRE = Place(55.976, -3.1657)
TILES, CREDIT = "https://tile.example.org/{z}/{x}/{y}.png", "© OpenStreetMap contributors"


class Group(NamedTuple):
    """One group: what folium's popup says, and what our map keeps of it."""

    name: str
    sentence: str
    point: Point


def sample(count: int) -> tuple[Group, ...]:
    """So many groups around Leith; the same ones each time."""
    random = Random(count)
    return tuple(_group(UUID(int=number), random) for number in range(1, count + 1))


def _group(public_id: UUID, random: Random) -> Group:
    level = random.choice(list(TalkingLevel))
    name, sentence = f"Rhyme time {public_id.int}", f"7 of 8 parents: {level.at_most}."
    place = Place(CENTRE.latitude + random.gauss(0, 0.05), CENTRE.longitude + random.gauss(0, 0.08))
    text = point_text(
        name,
        place,
        random.choice(list(Format)),
        f"Harbour Hall {public_id.int}",
        random.choice(list(VenueKind)),
        "Leith",
        Price(CostKind.EACH_TIME, "£4.50 each time", 450),
        TalkingLine(level, True, sentence, is_sure=True),
    )
    point = Point(
        public_id=str(public_id),
        latitude=place.latitude,
        longitude=place.longitude,
        is_example=False,
        text=text,
        is_old=False,
        band=Band.FAIRLY_SURE,
        next=Occurrence(date(2026, 11, 24), clock(10, 30), clock(11)),
    )
    return Group(name, sentence, point)


def ours(groups: tuple[Group, ...]) -> bytes:
    """What the server makes for our map: the container for the page, and the points."""
    container = shell(TILES, CREDIT).html.encode()
    points = tuple(group.point for group in groups)
    metres = tuple(abs(point.longitude - CENTRE.longitude) * 62_000 for point in points)
    found = MapPoints(CENTRE, len(points), points, metres)
    return container + geojson.collection(found, 3, "/groups/{}".format)


def usual(groups: tuple[Group, ...]) -> bytes:
    """What folium makes when it is used as its guide shows."""
    made = folium.Map(location=(CENTRE.latitude, CENTRE.longitude), tiles=TILES, attr=CREDIT)
    cluster = MarkerCluster().add_to(made)
    for group in groups:
        point = group.point
        words = f'<a href="/groups/{point.public_id}">{group.name}</a><br>{group.sentence}'
        place = (point.latitude, point.longitude)
        folium.Marker(place, popup=folium.Popup(words)).add_to(cluster)
    return bytes(made.get_root().render().encode())


def milliseconds(make: Callable[[tuple[Group, ...]], bytes], groups: tuple[Group, ...]) -> float:
    """How long one of them takes, once, with the garbage of the last one collected."""
    gc.collect()
    start = time.perf_counter()
    make(groups)
    return (time.perf_counter() - start) * 1_000


def main() -> None:
    """Print the table."""
    print("| groups | ours, ms | folium's usual, ms | ratio | ours, KB (gzip) | usual, KB (gzip) |")
    print("| --- | --- | --- | --- | --- | --- |")
    for size in SIZES:
        groups = sample(size)
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
