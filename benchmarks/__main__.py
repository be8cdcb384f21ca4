"""All benchmarks in turn, their tables as Markdown: `make bench`, or `python -m benchmarks`.

--quick: with 10,000 groups only. --only NAME: one of them, by its module's name.
"""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from benchmarks import (
    crowd,
    feed,
    gazetteer,
    importing,
    lighthouse,
    map,
    peers,
    query,
    reviews,
    serving,
    starting,
    walks,
)
from benchmarks.talking import judging
from finder.places import build as places_build
from finder.settings import shipped

ALL, FEW = (10_000, 100_000, 1_000_000), (10_000,)

Sizes = tuple[int, ...]
RUN: dict[str, tuple[str, Callable[[Sizes], object]]] = {
    "serving": ("Pages against hello-world", serving.main),
    "query": ("The search query against a bare count", query.main),
    "crowd": ("Two hundred people at once, with writes among them", lambda _: crowd.main()),
    "peers": ("Peers: the same groups as JSON", peers.main),
    "importing": ("Import, and the building of the index", importing.main),
    "map": ("Our map against folium's usual one", lambda _: map.main()),
    "lighthouse": ("Pages on a slow phone", lambda _: lighthouse.main()),
    "starting": ("Starting", lambda _: starting.main()),
    "gazetteer": ("Postcodes and places", lambda _: gazetteer.main()),
    "reviews": ("Reviews", lambda _: reviews.main()),
    "feed": ("A feed of 20,000 services", lambda _: feed.main()),
    "walks": ("Files and functions of an errand", lambda _: walks.main([])),
    "talking": ("The talking rating", lambda _: judging.main()),
}


def machine() -> str:
    """When, and on what."""
    model = next(
        (line.split(":")[1].strip() for line in _cpu_lines() if line.startswith("model name")),
        platform.machine(),
    )
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%d %B %Y, %H:%M} UTC. {os.cpu_count()} cores ({model}), "
        f"{memory_gb:.0f} GB, Python {platform.python_version()}. "
        f"Load average at the start: {busy:.1f}."
    )


def _cpu_lines() -> list[str]:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123
            return lines.readlines()
    except OSError:
        return []


def main(arguments: list[str] | None = None) -> int:
    """Run what was asked; 1 where one of them failed, after the others had their turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="with 10,000 groups only")
    parser.add_argument("--only", choices=RUN, help="one of them")
    wanted = parser.parse_args(arguments)
    if not places_build.is_built(shipped("data")):
        places_build.build(shipped("data"))
    print(f"{machine()}\n", flush=True)
    failed = False
    for name, (title, run) in RUN.items():
        if wanted.only not in (None, name):
            continue
        print(f"## {title}\n", flush=True)
        began = time.perf_counter()
        try:
            # The rating's gives 1 where a target is missed; the others raise or give nothing.
            failed |= bool(run(FEW if wanted.quick else ALL))
        except Exception as error:
            failed = True
            print(f"\nThis one failed: {type(error).__name__}: {error}")
        print(f"\n({name}: {time.perf_counter() - began:,.0f} s)\n", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
