"""A feed of 20,000 services is brought in: seconds, memory, and a run that is killed half-way.

Every one is a group with its own venue at a real postcode, which is the hardest that a feed can
be: one of a council has far fewer groups than services.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from finder.settings import shipped

SERVICES, PER_FILE = 20_000, 100
DAYS = ("MO", "TU", "WE", "TH", "FR")
NAMES = ("Baby Rhyme Time", "Stay and Play", "Messy Play for Toddlers", "Bumps and Babies")
LISTINGS = (
    "SELECT g.ref, g.name, g.summary, g.state, g.version, v.name, v.postcode, s.weekday, s.starts"
    " FROM groups g JOIN venues v ON v.id = g.venue_id JOIN sessions s ON s.group_id = g.id"
    " ORDER BY g.ref, s.position"
)


def service(number: int, lot: random.Random, postcode: str) -> dict[str, Any]:
    """A service as a council's feed of version 3.0 has it."""
    day, hour = lot.choice(DAYS), lot.randint(9, 15)
    return {
        "id": str(UUID(int=number)),
        "name": f"{lot.choice(NAMES)} {number}",
        "description": "<p>Songs, toys and a hot drink for grown-ups.</p>" * 4,
        "status": "active",
        "url": f"https://example.org/services/{number}",
        "minimum_age": 0,
        "maximum_age": lot.choice([2, 3, 5]),
        "organization": {"id": str(UUID(int=number % 400)), "name": f"Council {number % 400}"},
        "schedules": [
            {"freq": "WEEKLY", "byday": day, "opens_at": f"{hour}:00", "closes_at": f"{hour}:45"}
        ],
        "cost_options": [{"option": "Each visit", "amount": lot.choice([0, 1.5, 3])}],
        "service_at_locations": [
            {
                "id": str(UUID(int=number)),
                "location": {
                    "id": str(UUID(int=number)),
                    "name": f"Community Centre {number}",
                    "addresses": [
                        {"address_1": "1 High Street", "city": "Town", "postal_code": postcode}
                    ],
                },
            }
        ],
    }


def write(folder: Path, count: int) -> None:
    """A folder of pages."""
    from benchmarks.generate import postcodes  # noqa: PLC0415 - weighs 200 MB

    folder.mkdir()
    lot = random.Random(6)
    places = lot.sample(postcodes()[0], count)
    for first in range(0, count, PER_FILE):
        page = {
            "contents": [service(n, lot, places[n]) for n in range(first, first + PER_FILE)],
        }
        (folder / f"{first:06}.json").write_text(json.dumps(page))


def command(data: Path, *words: str) -> subprocess.Popen[str]:
    """`finder WORDS` on a database of its own."""
    clean = {name: value for name, value in os.environ.items() if "FINDER_" not in name}
    return subprocess.Popen(
        [sys.executable, "-m", "finder", *words],
        env=clean | {"FINDER_DATA_DIR": str(data)},
        stdout=subprocess.PIPE,
        text=True,
    )


def machine(folder: Path) -> Path:
    """A data folder with the index of postcodes and an empty database."""
    folder.mkdir()
    (folder / "postcodes.db").symlink_to(shipped("data").resolve() / "postcodes.db")
    assert command(folder, "db", "upgrade").wait() == 0
    return folder


def state(data: Path) -> list[Any]:
    """What a parent could see of the listings."""
    with sqlite3.connect(data / "finder.db") as db:
        return db.execute(LISTINGS).fetchall()


def bring_in(data: Path, feed: Path) -> tuple[float, float, float]:
    """Seconds on the clock, seconds of the processor, and megabytes of memory at the most."""
    began = time.monotonic()
    running = command(data, "import-openreferral", str(feed))
    _, status, used = os.wait4(running.pid, 0)
    assert status == 0, running.stdout and running.stdout.read()
    cpu = used.ru_utime + used.ru_stime
    return time.monotonic() - began, cpu, used.ru_maxrss / 1024


def line(what: str, clock: float, cpu: float, memory: float) -> None:
    """One line of the table."""
    print(f"| {what} | {clock:.0f} | {cpu:.0f} | {memory:.0f} MB |", flush=True)


def main() -> None:
    """The table."""
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        # In a process of its own: a child's peak of memory begins at its parent's.
        subprocess.run([sys.executable, "-m", "benchmarks.feed", str(top / "feed")], check=True)
        whole, killed = machine(top / "whole"), machine(top / "killed")
        print("| what | seconds | of the processor | memory |")
        print("| --- | --- | --- | --- |")
        clock, cpu, memory = bring_in(whole, top / "feed")
        line(f"{SERVICES:,} services, the first time", clock, cpu, memory)
        running = command(killed, "import-openreferral", str(top / "feed"))
        while len(state(killed)) < SERVICES * 0.3:  # not by the clock: others' work comes and goes
            assert running.poll() is None
            time.sleep(0.5)
        running.send_signal(signal.SIGKILL)
        running.wait()
        half = len(state(killed))
        again, cpu, memory = bring_in(killed, top / "feed")
        line(f"the rest, after it was killed with {half:,} in", again, cpu, memory)
        clock, cpu, memory = bring_in(whole, top / "feed")
        line("the same again", clock, cpu, memory)
        is_same = state(whole) == state(killed)
        print(f"\nKilled half-way and run again, it ends in the same state: {is_same}.")
        assert is_same
        assert 0 < half < SERVICES


if __name__ == "__main__":
    write(Path(sys.argv[1]), SERVICES) if len(sys.argv) > 1 else main()
