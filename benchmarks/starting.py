"""How long a server takes from its command to its first answer, and a worker to its first page."""

import statistics
import time
import urllib.request
from collections.abc import Iterator

from benchmarks.databases import data_dir_for, kept
from benchmarks.loading import served

ROUNDS, GROUPS = 5, 10_000
RESULTS = "/search?near=LS1+4DY"


def lines() -> Iterator[str]:
    """The rows of the table, as Markdown."""
    rounds = [_once("finder.app:warmed_app()") for _ in range(ROUNDS)]
    cold = [_once("finder.app:create_app()") for _ in range(ROUNDS)]
    yield "| from the command to | as served (warmed before the fork), ms | not warmed, ms |"
    yield "| --- | --- | --- |"
    for number, name in enumerate(("the first answer, /healthz", "the first results page")):
        warm_ms, cold_ms = (
            statistics.median(one[number] for one in some) for some in (rounds, cold)
        )
        yield f"| {name} | {warm_ms:,.0f} | {cold_ms:,.0f} |"
    first, again = (
        [statistics.median(one[place] for one in some) for some in (rounds, cold)]
        for place in (2, 3)
    )
    yield f"| that first results page alone | {first[0]:,.0f} | {first[1]:,.0f} |"
    yield f"| the same page later | {again[0]:,.1f} | {again[1]:,.1f} |"


def _once(target: str) -> tuple[float, float, float, float]:
    began = time.perf_counter()
    with served(target, kept(GROUPS), data_dir_for(GROUPS)) as server:
        address = f"http://127.0.0.1:{server.port}"
        _ask(f"{address}/healthz")
        answered = time.perf_counter()
        first = _ask(f"{address}{RESULTS}")
        shown = time.perf_counter()
        again = statistics.median(_ask(f"{address}{RESULTS}") for _ in range(20))
    return (answered - began) * 1000, (shown - began) * 1000, first, again


def _ask(address: str) -> float:
    began = time.perf_counter()
    urllib.request.urlopen(address).read()  # noqa: S310
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Print the table."""
    for line in lines():
        print(line, flush=True)


if __name__ == "__main__":
    main()
