"""Requests a second of our pages against a Flask hello-world under the same gunicorn.

The two are loaded in turn, round by round, so that a machine whose speed drifts moves both.
Needs `wrk` (Debian package wrk). The places are postcodes of generated venues, drawn at random:
as many as a worker's caches meet in a while, thick in towns, as people are.
"""

import random
import shutil
import statistics
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, fields
from urllib.parse import quote_plus
from uuid import UUID

import sqlalchemy as sa

from benchmarks import plots
from benchmarks.databases import data_dir_for, kept
from benchmarks.generate import WHEN
from benchmarks.loading import Load, Server, load, memory_mb, served
from finder.domain.vocabulary import RADII_MILES
from finder.places.gazetteer import Gazetteer
from finder.places.term_dates import read_calendars
from finder.platform.db.database import Database
from finder.search.queries import nearby
from finder.search.rules import SearchQuery
from finder.settings import shipped

ROUNDS, SECONDS, PLACES, SEED = 5, 2, 200, 7
ALIKE = range(200, 401)
BROWSER = "Accept-Encoding: gzip, deflate, br"
HEAD = (
    "| groups | page | requests/s | p50 ms | p99 ms | CPU ms | hello: requests/s | CPU ms "
    "| ratio of requests/s | of CPU | KB |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


@dataclass(frozen=True)
class Asked:
    """One kind of page: its name in the table, its addresses, and a header that goes along.

    is_anew: nobody asked for it before, so that nothing kept can answer.
    """

    name: str
    paths: list[str]
    header: str = ""
    is_anew: bool = True


class Places:
    """Where to search in one database, and what is found there."""

    def __init__(self, count: int) -> None:
        self.count, self.path = count, kept(count)
        self.chance = random.Random(SEED)
        rows = self._column("SELECT postcode FROM venues ORDER BY postcode, id")
        self.postcodes = self.chance.sample(rows, min(PLACES, len(rows)))
        self.groups = self.chance.sample(self._column("SELECT id FROM groups LIMIT 50000"), PLACES)

    def _column(self, sql: str) -> list[str]:
        database = Database(f"sqlite:///{self.path}")
        with database.engine.connect() as connection:
            found = [str(value) for (value,) in connection.execute(sa.text(sql))]
        database.close()
        return found

    def asked(self) -> list[Asked]:
        """All kinds of page."""
        near = [f"near={quote_plus(postcode)}" for postcode in self.postcodes]
        results = [f"/search?{one}" for one in near]
        points = [f"/search.geojson?{one}" for one in near]
        groups = [f"/groups/{UUID(id_)}" for id_ in self.groups]
        return [
            Asked("results, 3 miles, made anew", results),
            Asked("the same, asked as a browser does", results, BROWSER),
            Asked("the same, kept", results, BROWSER, is_anew=False),
            Asked(f"results of {ALIKE[0]} to {ALIKE[-1]} groups, made anew", self.alike()),
            Asked("GeoJSON, 3 miles, made anew", points, BROWSER),
            Asked("the same, kept", points, BROWSER, is_anew=False),
            Asked("group, made anew", groups, BROWSER),
            Asked("the same, kept", groups, BROWSER, is_anew=False),
        ]

    def alike(self) -> list[str]:
        """Searches that find about as many groups, whatever the size of the whole."""
        database, gazetteer = (
            Database(f"sqlite:///{self.path}"),
            Gazetteer(data_dir_for(self.count)),
        )
        calendars = read_calendars(shipped("data") / "term_dates.csv")
        found = []
        with database.open() as db:
            for postcode in self.postcodes:
                place = gazetteer.find(postcode).place  # type: ignore[union-attr]
                for miles in RADII_MILES:
                    query = SearchQuery(postcode, radius_miles=miles)
                    total = nearby(db, query, place, WHEN, calendars, most=1)[1]
                    if total in ALIKE:
                        found.append(f"/search?near={quote_plus(postcode)}&radius={miles}")
                    if total > ALIKE[-1]:
                        break
        database.close()
        return found


def weight_kb(server: Server, asked: Asked) -> float:
    """Kilobytes of an answer as it is received, the median of some."""
    sizes = []
    for path in asked.paths[:25]:
        ask = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}")
        if asked.header:
            ask.add_header(*asked.header.split(": "))
        with urllib.request.urlopen(ask) as answer:  # noqa: S310
            sizes.append(len(answer.read()))
    return statistics.median(sizes) / 1000


def rounds(hello: Server, ours: Server, asked: Asked) -> list[tuple[Load, Load]]:
    """Pairs of hello-world's and our figures, in turn, after a while to warm up."""

    def load_ours() -> Load:
        return load(ours, asked.paths, SECONDS, asked.header, asked.is_anew)

    load_ours()
    return [(load(hello, ["/"], SECONDS), load_ours()) for _ in range(ROUNDS)]


def row(count: int, asked: Asked, pairs: list[tuple[Load, Load]], kilobytes: float) -> str:
    """One line of the table: medians of the rounds, and the median of each round's ratio."""
    theirs, ours = (medians(list(loads)) for loads in zip(*pairs, strict=True))
    ratio = statistics.median(ours.per_second / hello.per_second for hello, ours in pairs)
    of_cpu = statistics.median(hello.cpu_ms / ours.cpu_ms for hello, ours in pairs)
    return (
        f"| {count:,} | {asked.name} | {ours.per_second:,.0f} | {ours.p50_ms:.1f} "
        f"| {ours.p99_ms:.1f} | {ours.cpu_ms:.2f} | {theirs.per_second:,.0f} "
        f"| {theirs.cpu_ms:.2f} | {ratio:.2f} | {of_cpu:.2f} | {kilobytes:.1f} |"
    )


def medians(loads: list[Load]) -> Load:
    """The median of each figure of several rounds."""
    names = [field.name for field in fields(Load)]
    return Load(**{name: statistics.median(getattr(x, name) for x in loads) for name in names})


def lines(sizes: tuple[int, ...]) -> Iterator[str]:
    """The table of pages, then the table of memory."""
    if shutil.which("wrk") is None:
        yield "Not run: the load generator wrk is not installed (Debian package wrk)."
        return
    yield HEAD
    memory: list[tuple[int, float, float]] = []
    cpu_ms: dict[str, float] = {}
    for count in sizes:
        places = Places(count)
        with ExitStack() as stack:
            hello = stack.enter_context(served("benchmarks.hello:app"))
            ours = stack.enter_context(
                served("finder.app:warmed_app()", places.path, data_dir_for(count))
            )
            load(hello, ["/"], SECONDS)
            for asked in places.asked():
                pairs = rounds(hello, ours, asked)
                yield row(count, asked, pairs, weight_kb(ours, asked))
                if "anew" in asked.name:
                    cpu_ms[f"{asked.name}, {count:,}"] = medians([x for _, x in pairs]).cpu_ms
                cpu_ms["hello-world"] = medians([x for x, _ in pairs]).cpu_ms
            memory.append((count, *memory_mb(ours)))
    _plot(cpu_ms, memory)
    yield "\n| groups | memory of a worker, MB | of it its own, MB |\n| --- | --- | --- |"
    for count, proportional, own in memory:
        yield f"| {count:,} | {proportional:.0f} | {own:.0f} |"


def _plot(cpu_ms: dict[str, float], memory: list[tuple[int, float, float]]) -> None:
    """What a page costs and what a worker weighs, by the number of groups."""
    pages = "Processor time of a page, by the number of groups"
    plots.bars(pages, "milliseconds of CPU", cpu_ms, "bench-pages.svg")
    own = {f"{count:,} groups": alone for count, _, alone in memory}
    plots.bars("Memory of a worker that is its own alone", "MB", own, "bench-memory.svg")


def main(sizes: tuple[int, ...] = (10_000, 100_000, 1_000_000)) -> None:
    """Print both tables as they come."""
    for line in lines(sizes):
        print(line, flush=True)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or (10_000,))
