"""Our search query against what the database can do at all: a bare, indexed bounding-box count.

Both are asked at the same places, in turn, on the same connection. The bare count has the same
strips of latitude and the same longitudes, and no circle, no filter, no order and no group.
`python -m benchmarks.query [GROUPS …]`
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from benchmarks import generate
from benchmarks.databases import POSTCODES, kept
from finder.domain.groups import Place
from finder.domain.nearness import nearness
from finder.domain.schedule.calendars import Calendars
from finder.listings.cards import old_before
from finder.listings.tables import PUBLISHED
from finder.places.index_files import IndexFile
from finder.places.term_dates import read_calendars
from finder.platform.db.database import Database, Db
from finder.search.filters import GROUPS
from finder.search.queries import nearby
from finder.search.rules import SearchQuery, asked
from finder.search.statements import page_of
from finder.settings import shipped
from tests.support.databases import binaries, own_server

PLACES, ROUNDS, SEED = 60, 5, 11
RADIUS_MILES = 3
MOST_ON_POSTGRESQL = 100_000
"""Filling a throw-away server with more would take longer than all else together."""

HEAD = (
    "| engine | groups | found | bare count, ms | our statement, ms (95th) | times the count "
    "| with cards made, ms (95th) |\n| --- | --- | --- | --- | --- | --- | --- |"
)


def places() -> list[Place]:
    """Random postcodes of the country, the same each time."""
    index = IndexFile(POSTCODES)
    rows = index.rows("SELECT latitude_e6, longitude_e6 FROM postcode")
    chosen = random.Random(SEED).sample(rows, PLACES)
    return [Place(latitude / 1e6, longitude / 1e6) for latitude, longitude in chosen]


def bare_count(strips: int) -> Any:
    """How many groups are in the box: nothing that an index alone can't answer."""
    return (
        sa.select(sa.func.count())
        .select_from(GROUPS)
        .where(
            PUBLISHED,
            GROUPS.c.lat_band.in_([sa.bindparam(f"strip_{n}") for n in range(strips)]),
            GROUPS.c.longitude.between(sa.bindparam("west"), sa.bindparam("east")),
        )
    )


def compiled(db: Db, statement: Any, values: dict[str, Any]) -> Callable[[], Any]:
    """The statement as the driver gets it: what is measured is the database, not SQLAlchemy."""
    statements: list[tuple[str, Any]] = []

    def listen(_c: object, _cursor: object, text: str, given: Any, *_rest: object) -> None:
        statements.append((text, given))

    engine = db.get_bind()
    sa.event.listen(engine, "before_cursor_execute", listen)
    db.execute(statement, values).all()
    sa.event.remove(engine, "before_cursor_execute", listen)
    text, given = statements[-1]
    cursor = db.connection().connection.cursor()
    return lambda: cursor.execute(text, given).fetchall()


def ways(db: Db, place: Place, calendars: Calendars) -> tuple[Callable[[], Any], ...]:
    """The bare count, our statement, and the whole of `nearby`, at one place."""
    query = SearchQuery("", radius_miles=RADIUS_MILES)
    ask = asked(query, nearness(place))
    ours = {**ask.values, "worst": 1, "most": 20, "skip": 0}
    ours["old_before"] = old_before(generate.WHEN)
    return (
        compiled(db, bare_count(ask.strips), dict(ask.values)),
        compiled(db, page_of(ask.shape, ask.strips, query.sort), ours),
        lambda: nearby(db, query, place, generate.WHEN, calendars),
    )


def row(engine: str, count: int, database: Database) -> str:
    """One line of the table. Each place counts by the median of its rounds."""
    calendars = read_calendars(shipped("data") / "term_dates.csv")
    took: list[list[float]] = [[], [], []]
    found = []
    with database.open() as db:
        for place in places():
            each = ways(db, place, calendars)
            found.append(each[2]()[1])
            times: list[list[float]] = [[], [], []]
            for _ in range(ROUNDS):
                for way, kept_times in zip(each, times, strict=True):
                    kept_times.append(milliseconds(way))
            for all_times, here in zip(took, times, strict=True):
                all_times.append(statistics.median(here))
    bare, ours, whole = took
    ratio = statistics.median(b / a for a, b in zip(bare, ours, strict=True))
    return (
        f"| {engine} | {count:,} | {statistics.median(found):,.0f} "
        f"| {statistics.median(bare):.3f} | {middle_and_worst(ours)} | {ratio:.1f} "
        f"| {middle_and_worst(whole)} |"
    )


def milliseconds(way: Callable[[], Any]) -> float:
    """How long it takes, once."""
    began = time.perf_counter()
    way()
    return (time.perf_counter() - began) * 1000


def middle_and_worst(times: list[float]) -> str:
    """The median, and the 95th percentile in brackets."""
    return f"{statistics.median(times):.2f} ({sorted(times)[int(len(times) * 0.95)]:.2f})"


def lines(sizes: tuple[int, ...]) -> Iterator[str]:
    """The table."""
    yield HEAD
    for count in sizes:
        database = Database(f"sqlite:///{kept(count)}")
        yield row("SQLite", count, database)
        database.close()
    if binaries() is None:
        yield "\nNot run: PostgreSQL is not installed (Debian package postgresql)."
        return
    with own_server() as server:
        for count in (size for size in sizes if size <= MOST_ON_POSTGRESQL):
            database = Database(server.create(f"groups_{count}"))
            generate.fill(database, count)
            yield row(f"PostgreSQL {version(database)}", count, database)
            database.close()


def version(database: Database) -> str:
    """The server's own number."""
    with database.engine.connect() as connection:
        return str(connection.exec_driver_sql("SHOW server_version").scalar()).split()[0]


def main(sizes: tuple[int, ...] = (10_000, 100_000, 1_000_000)) -> None:
    """Print the table as it comes."""
    for line in lines(sizes):
        print(line, flush=True)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or (10_000,))
