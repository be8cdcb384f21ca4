"""Importing a CSV of many listings by the real command, on both engines; and the search index.

The file is what `finder export csv` writes of generated groups, in parts where it is larger than
an import takes. `python -m benchmarks.importing [GROUPS …]`
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.databases import POSTCODES, kept
from finder.platform.db import migrate
from finder.platform.db.database import Database
from finder.platform.db.rows import NAMES
from finder.spreadsheets.grid import MOST_ROWS
from tests.support.databases import binaries, own_server

MOST = 100_000
ENDED = "NPT"  # Newport's postcodes until 1984, which the ONS still lists and no import takes
HEAD = (
    "| engine | groups | export, s | import, s | listings a second | most memory, MB "
    "| the same again, s | search index built, s |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- |"
)


RUN = """
import atexit, pathlib, sys
def tell():
    status = pathlib.Path("/proc/self/status").read_text()
    print(status.split("VmHWM:")[1].split()[0], file=sys.stderr)
atexit.register(tell)
from finder.cli import main
main()
"""


def run(data_dir: Path, url: str, *words: str) -> tuple[float, float]:
    """`finder WORDS` to its end: seconds, and the most memory that it took in MB."""
    settings = {name: value for name, value in os.environ.items() if "FINDER_" not in name}
    settings |= {"FINDER_DATABASE_URL": url, "FINDER_DATA_DIR": str(data_dir)}
    began = time.perf_counter()
    command = [sys.executable, "-c", RUN, *words]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"finder {' '.join(words)} failed: {done.stderr[-500:]}")
    return took, int(done.stderr.split()[-1]) / 1024


def parts(file: Path) -> list[Path]:
    """The listings of a file in as many files as an import wants, each with the head."""
    with file.open(newline="", encoding="utf-8-sig") as whole:
        head, *rows = csv.reader(whole)
    rows = [one for one in rows if not one[head.index("postcode")].startswith(ENDED)]
    found = []
    for number, first in enumerate(range(0, len(rows), MOST_ROWS)):
        found.append(file.with_suffix(f".{number}.csv"))
        with found[-1].open("w", newline="", encoding="utf-8") as part:
            csv.writer(part).writerows([head, *rows[first : first + MOST_ROWS]])
    return found


def index_seconds(url: str) -> float:
    """How long the index of searches takes to build, of all groups."""
    index = next(i for i in NAMES.tables["groups"].indexes if i.name == "ix_groups_search")
    database = Database(url)
    with database.engine.begin() as connection:
        index.drop(connection)
    began = time.perf_counter()
    with database.engine.begin() as connection:
        index.create(connection)
    took = time.perf_counter() - began
    database.close()
    return took


def row(engine: str, count: int, url: str, data_dir: Path) -> str:
    """One line of the table."""
    file = data_dir / "listings.csv"
    export, _ = run(data_dir, f"sqlite:///{kept(count)}", "export", "csv", str(file))
    files = parts(file)
    database = Database(url)
    migrate.upgrade(database)
    database.close()
    first = [run(data_dir, url, "import", str(part)) for part in files]
    took, memory = sum(seconds for seconds, _ in first), max(most for _, most in first)
    again = sum(run(data_dir, url, "import", str(part))[0] for part in files)
    return (
        f"| {engine} | {count:,} | {export:.1f} | {took:.1f} | {count / took:,.0f} | {memory:.0f} "
        f"| {again:.1f} | {index_seconds(url):.2f} |"
    )


def lines(sizes: tuple[int, ...]) -> Iterator[str]:
    """The table."""
    yield HEAD
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="quiet-import-")))
        (folder / "postcodes.db").symlink_to(POSTCODES.resolve())
        server = stack.enter_context(own_server(is_safe=True)) if binaries() else None
        for count in (size for size in sizes if size <= MOST):
            yield row("SQLite", count, f"sqlite:///{folder}/import-{count}.db", folder)
            if server:
                yield row("PostgreSQL", count, server.create(f"import_{count}"), folder)
    if server is None:
        yield "\nNot run on PostgreSQL: it is not installed (Debian package postgresql)."


def main(sizes: tuple[int, ...] = (10_000,)) -> None:
    """Print the table as it comes."""
    for line in lines(sizes):
        print(line, flush=True)


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or (10_000,))
