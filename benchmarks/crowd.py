"""Two hundred people at once for a minute, with writes among them, on both engines.

The people are threads of this process, on the same two cores as the site; each asks again as soon
as it is answered. `python -m benchmarks.crowd [PEOPLE SECONDS]`
"""

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from benchmarks import generate
from benchmarks.databases import POSTCODES, kept
from benchmarks.loading import served
from benchmarks.serving import Places
from finder.platform.db.database import Database
from tests.faults.crowd import Crowd, Tally
from tests.support.databases import binaries, own_server

PEOPLE, SECONDS, GROUPS = 200, 60.0, 10_000
HEAD = (
    "| engine | people | answers | a second | errors | results: p50 s | p99 s "
    "| review sent: p50 s | p99 s | reviews sent | confirmed | found afterwards |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """A database of groups on each engine that there is, by the engine's name."""
    with tempfile.TemporaryDirectory(prefix="quiet-crowd-") as folder:
        path = shutil.copy(kept(GROUPS), f"{folder}/finder.db")
        urls = {"SQLite": f"sqlite:///{path}"}
        if binaries() is None:
            yield urls
            return
        with own_server(is_safe=True) as server:
            urls["PostgreSQL"] = server.create("crowd")
            database = Database(urls["PostgreSQL"])
            generate.fill(database, GROUPS)
            database.close()
            yield urls


def visited(url: str, people: int, seconds: float) -> tuple[Tally, int, int]:
    """What happened, and how many reviews the database has then: all, and confirmed."""
    places = Places(GROUPS)
    searches = [path.partition("?")[2] for path in places.asked()[0].paths]
    with tempfile.TemporaryDirectory(prefix="quiet-crowd-") as folder:
        data_dir = Path(folder)
        (data_dir / "postcodes.db").symlink_to(POSTCODES.resolve())
        with served("finder.app:warmed_app()", url, data_dir) as server:
            crowd = Crowd(server.port, data_dir / "outbox", searches, _groups(url))
            tally = crowd.visit(people, seconds)
    database = Database(url)
    with database.engine.connect() as connection:
        counts = "SELECT count(*), count(confirmed_at) FROM reviews"
        sent, confirmed = connection.execute(sa.text(counts)).one()
    database.close()
    return tally, sent, confirmed


def _groups(url: str) -> list[str]:
    database = Database(url)
    with database.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT id FROM groups ORDER BY ref LIMIT 500"))
        found = [str(UUID(str(id_))) for (id_,) in rows]
    database.close()
    return found


def row(engine: str, people: int, seconds: float, found: tuple[Tally, int, int]) -> str:
    """One line of the table."""
    tally, sent, confirmed = found
    results, writes = (_middle_and_99th(tally.seconds[k]) for k in ("results", "review sent"))
    return (
        f"| {engine} | {people} | {tally.answers:,} | {tally.answers / seconds:,.0f} "
        f"| {len(tally.errors)} | {results} | {writes} | {len(tally.submitted):,} "
        f"| {len(tally.confirmed):,} | {sent:,}, {confirmed:,} |"
    )


def _middle_and_99th(seconds: list[float]) -> str:
    if not seconds:
        return "none | none"
    return f"{statistics.median(seconds):.2f} | {sorted(seconds)[int(len(seconds) * 0.99)]:.2f}"


def main(people: int = PEOPLE, seconds: float = SECONDS) -> None:
    """Print the table; fails where anybody met an error."""
    print(HEAD, flush=True)
    errors: list[str] = []
    with databases() as urls:
        for engine, url in urls.items():
            found = visited(url, people, seconds)
            print(row(engine, people, seconds, found), flush=True)
            errors += found[0].errors
    if binaries() is None:
        print("\nNot run on PostgreSQL: it is not installed (Debian package postgresql).")
    if errors:
        raise RuntimeError(f"{len(errors)} errors, such as {sorted(set(errors))[:3]}")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*((int(given[0]), float(given[1])) if given else ()))
