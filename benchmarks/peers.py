"""Our points against Datasette's and GeoDjango's JSON: the same groups, the same places.

Each peer in its natural form and in an environment of its own, which is made on demand under
data/cache/ (git ignores it). Datasette reads our SQLite file and its index; GeoDjango our tables
in PostgreSQL, with a PostGIS geography of each venue and its index. All have two workers on the
same two cores, and are asked in turn. `python -m benchmarks.peers [GROUPS …]`
"""

import json
import shutil
import statistics
import subprocess
import sys
import urllib.request
import venv
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, urlencode

import sqlalchemy as sa

from benchmarks import generate, plots
from benchmarks.databases import CACHE, data_dir_for, kept
from benchmarks.loading import WORKERS, Load, Server, load, memory_mb, served
from benchmarks.serving import Places, medians
from finder.domain.groups import Place, lat_band
from finder.domain.nearness import nearness
from finder.places.gazetteer import Gazetteer
from finder.platform.db.database import Database
from finder.settings import shipped
from tests.support.databases import Server as PostgreSql
from tests.support.databases import binaries, own_server

ROUNDS, SECONDS, MOST = 5, 2, 100_000
RADIUS_M = 3 * 1609.344
DATASETTE = ("near", "near_by_strips")
WANTED = (
    *("datasette==0.65.5", "django==5.2.19", "psycopg[binary]==3.3.9"),
    *("gunicorn==27.0.1", "uvicorn==0.54.0"),
)
HEAD = (
    "| groups | who | requests/s | p50 ms | p99 ms | CPU ms | KB | groups in an answer "
    "| memory of a worker, MB | ours is times theirs: requests/s | CPU |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


@dataclass(frozen=True)
class Side:
    """One who answers: its server, the addresses to ask, and how many groups are in an answer.

    beside: whom of ours it is compared with, which reads the same database. is_anew: each
    address is a new one, so that nothing kept can answer.
    """

    name: str
    server: Server
    paths: list[str]
    count: Callable[[dict[str, object]], int]
    beside: int | None = None
    is_anew: bool = True


def environment() -> str:
    """The Python of the peers' own environment; made now where it is not there yet."""
    folder = CACHE / "peers"
    python, stamp = folder / "bin" / "python", folder / "wanted.txt"
    if not stamp.exists() or stamp.read_text() != "\n".join(WANTED):
        venv.create(folder, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "-qqq", "--disable-pip-version-check", *WANTED]
        subprocess.run(install, check=True)
        stamp.write_text("\n".join(WANTED))
    return str(python)


def points(count: int, postcodes: list[str]) -> list[Place]:
    """Where the postcodes are: we look them up ourselves at each request, peers are given them."""
    gazetteer = Gazetteer(data_dir_for(count))
    return [gazetteer.find(one).place for one in postcodes]  # type: ignore[union-attr]


def ours_at(postcode: str) -> str:
    """Our address of the points near a postcode."""
    return f"/search.geojson?near={quote_plus(postcode)}"


def django_at(place: Place) -> str:
    """GeoDjango's."""
    return f"/near.json?lat={place.latitude:.5f}&lng={place.longitude:.5f}"


def datasette_at(place: Place, query: str) -> str:
    """Datasette's: its queries get the box, and one of them our strips instead of latitudes."""
    near = nearness(place)
    north, east = near.degrees(RADIUS_M)
    strips = range(lat_band(place.latitude - north), lat_band(place.latitude + north) + 1)
    by_strips = {"strips": json.dumps([*strips])}
    box = {"south": place.latitude - north, "north": place.latitude + north}
    asked = {
        "lat": f"{place.latitude:.5f}",
        "lng": f"{place.longitude:.5f}",
        "metres": round(near.metres_a_degree_east),
        "west": place.longitude - east,
        "east": place.longitude + east,
        "radius": RADIUS_M,
        "_shape": "objects",
        **(box if query == "near" else by_strips),
    }
    return f"/groups/{query}.json?{urlencode(asked, quote_via=quote)}"


@contextmanager
def sides(count: int, server: PostgreSql | None, notes: list[str]) -> Iterator[list[Side]]:
    """All who answer, up at once. notes: what is missing here."""
    python, data_dir, postcodes = environment(), data_dir_for(count), Places(count).postcodes
    places = points(count, postcodes)
    ours, theirs = [*map(ours_at, postcodes)], [*map(django_at, places)]
    file = CACHE / "peer" / "groups.db"  # Datasette names a database after its file
    file.parent.mkdir(exist_ok=True)
    shutil.copy(kept(count), file)
    with ExitStack() as stack:
        start = stack.enter_context
        up = start(served("finder.app:warmed_app()", kept(count), data_dir))
        yielded = [Side("ours, SQLite, made anew", up, ours, _features)]
        yielded.append(Side("ours, SQLite, kept", up, ours, _features, is_anew=False))
        up = start(
            served(
                "benchmarks.peer_datasette:app",
                python=python,
                server="uvicorn",
                PEER_DATABASE=str(file),
            )
        )
        plain, by_strips = ([datasette_at(one, n) for one in places] for n in DATASETTE)
        yielded.append(Side("Datasette, a plain query", up, plain, _rows, 0))
        yielded.append(Side("Datasette, by our index", up, by_strips, _rows, 0))
        if server is not None and _with_points(server, count, notes):
            up = start(served("finder.app:warmed_app()", server.url(_name(count)), data_dir))
            yielded.append(Side("ours, PostgreSQL, made anew", up, ours, _features))
            where = {"PEER_SOCKET": str(server.socket_dir), "PEER_NAME": _name(count)}
            up = start(served("benchmarks.peer_django:app", python=python, **where))
            yielded.append(Side("GeoDjango, PostGIS", up, theirs, _features, 4))
        yield yielded


def _name(count: int) -> str:
    return f"peers_{count}"


def _with_points(server: PostgreSql, count: int, notes: list[str]) -> bool:
    """Fill PostgreSQL with the groups and PostGIS's points, where PostGIS is installed."""
    if not server.run("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'"):
        notes.append("GeoDjango was not run: PostGIS is not installed (postgresql-15-postgis-3).")
        return False
    database = Database(server.create(_name(count)))
    generate.fill(database, count)
    with database.engine.begin() as connection:
        for sql in (
            "CREATE EXTENSION postgis",
            "ALTER TABLE venues ADD COLUMN point geography(Point, 4326)",
            "UPDATE venues SET point = ST_MakePoint(longitude, latitude)::geography",
            "CREATE INDEX ix_venues_point ON venues USING gist (point)",
        ):
            connection.execute(sa.text(sql))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    database.close()
    return True


def _features(answer: dict[str, object]) -> int:
    return len(answer["features"])  # type: ignore[arg-type]


def _rows(answer: dict[str, object]) -> int:
    return len(answer["rows"])  # type: ignore[arg-type]


def counted(side: Side) -> tuple[float, float]:
    """Groups in an answer, and its kilobytes: the mean of some places."""
    found, kilobytes = [], []
    for path in side.paths[:40]:
        with urllib.request.urlopen(f"http://127.0.0.1:{side.server.port}{path}") as answer:
            text = answer.read()
        found.append(side.count(json.loads(text)))
        kilobytes.append(len(text) / 1000)
    return statistics.mean(found), statistics.mean(kilobytes)


def lines(sizes: tuple[int, ...]) -> Iterator[str]:
    """The table, and what is missing here."""
    notes: list[str] = []
    yield HEAD
    with ExitStack() as stack:
        server = stack.enter_context(own_server()) if binaries() else None
        if server is None:
            notes.append("GeoDjango was not run: PostgreSQL is not installed.")
        for count in (size for size in sizes if size <= MOST):
            with sides(count, server, notes) as everybody:
                yield from _table(count, everybody)
    yield from (f"\n{note}" for note in dict.fromkeys(notes))


def _table(count: int, everybody: list[Side]) -> Iterator[str]:
    found = [counted(side) for side in everybody]
    least, most = min(n for n, _ in found), max(n for n, _ in found)
    if most - least > 0.01 * most:
        raise RuntimeError(f"they found different groups: {found}")
    rounds = [
        [load(side.server, side.paths, SECONDS, is_anew=side.is_anew) for side in everybody]
        for _ in range(ROUNDS + 1)
    ][1:]
    for place, side in enumerate(everybody):
        mine = medians([one[place] for one in rounds])
        n, kilobytes = found[place]
        memory = memory_mb(side.server)[0]
        yield (
            f"| {count:,} | {side.name} | {mine.per_second:,.0f} | {mine.p50_ms:.1f} "
            f"| {mine.p99_ms:.1f} | {mine.cpu_ms:.2f} | {kilobytes:.0f} | {n:.1f} | {memory:.0f} "
            f"| {_ratios(rounds, everybody, place)} |"
        )
    plots.bars(
        f"Groups within 3 miles as JSON, {count:,} groups ({WORKERS} workers)",
        "requests a second",
        {s.name: medians([one[i] for one in rounds]).per_second for i, s in enumerate(everybody)},
        f"bench-peers-{count}.svg",
    )


def _ratios(rounds: list[list[Load]], everybody: list[Side], theirs: int) -> str:
    """Of the same database: ours on SQLite to Datasette, ours on PostgreSQL to GeoDjango."""
    ours = everybody[theirs].beside
    if ours is None:
        return " | "
    of_rate = statistics.median(one[ours].per_second / one[theirs].per_second for one in rounds)
    of_cpu = statistics.median(one[theirs].cpu_ms / one[ours].cpu_ms for one in rounds)
    return f"{of_rate:.1f} | {of_cpu:.1f}"


def main(sizes: tuple[int, ...] = (10_000, 100_000)) -> None:
    """Print the table as it comes."""
    if shutil.which("wrk") is None:
        print("Not run: the load generator wrk is not installed (Debian package wrk).")
        return
    assert shipped("vendor").exists()
    for line in lines(sizes):
        print(line, flush=True)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or (10_000,))
