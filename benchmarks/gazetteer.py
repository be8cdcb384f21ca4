"""The index of postcodes: time to build, size, and look-ups a second beside a dict of them all.

`python -m benchmarks.gazetteer`
"""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from finder.places.build import build
from finder.places.gazetteer import Gazetteer
from finder.places.index_files import IndexFile
from finder.places.rules import Found

LOOK_UPS, ROUNDS = 20_000, 5
ONE = "SELECT latitude_e6, longitude_e6, council FROM postcode WHERE key = ?"


def lines() -> Iterator[str]:
    """The rows of the table, as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        began = time.perf_counter()
        count = build(data_dir)
        took = time.perf_counter() - began
        path = data_dir / "postcodes.db"
        yield "| what | measured |"
        yield "| --- | --- |"
        yield f"| build the index: {count:,} postcodes and the place names | {took:.1f} s |"
        yield f"| size | {path.stat().st_size / 1e6:.0f} MB |"
        yield from _look_ups(data_dir, path)


def _look_ups(data_dir: Path, path: Path) -> Iterator[str]:
    index, gazetteer = IndexFile(path), Gazetteer(data_dir)
    began = time.perf_counter()
    rows = index.rows("SELECT key, latitude_e6, longitude_e6, council FROM postcode")
    known = {row[0]: row[1:] for row in rows}
    loaded = time.perf_counter() - began
    keys = random.Random(1).sample(sorted(known), LOOK_UPS)
    del rows
    outwards = sorted({key[:4].strip() for key in keys})[:500]
    ways: dict[str, tuple[list[str], Callable[[str], object]]] = {
        f"a dict of everything (loads in {loaded:.1f} s), whole key": (keys, known.__getitem__),
        "the index, whole key": (keys, lambda key: index.rows(ONE, (key,))),
        "`find`, full postcode as typed": (keys, gazetteer.find),
        "`find`, outward code (the centre of what it covers)": (outwards, gazetteer.find),
        "`find`, a town": (["Pitlochry", "Hebden Bridge"] * 250, gazetteer.find),
        "`find`, a place with what people add": (["Leith, Edinburgh, UK"] * 500, gazetteer.find),
        "`find`, a choice of namesakes": (["Clapham"] * 500, gazetteer.find),
        "`suggest`, three letters": (["lei", "cla", "new"] * 100, gazetteer.suggest),
        '`find`, "did you mean"': (["Hebdon Bridge"] * 100, gazetteer.find),
    }
    assert isinstance(gazetteer.find(keys[0]), Found)
    for name, best in _fastest(ways).items():
        yield f"| {name} | {best:,.0f} a second |"


def _fastest(ways: dict[str, tuple[list[str], Callable[[str], object]]]) -> dict[str, float]:
    """Look-ups a second of each way: the best of some rounds, each way in each round."""
    best = dict.fromkeys(ways, 0.0)
    for _ in range(ROUNDS):
        for name, (texts, ask) in ways.items():
            began = time.perf_counter()
            for text in texts:
                ask(text)
            best[name] = max(best[name], len(texts) / (time.perf_counter() - began))
    return best


def main() -> None:
    """Print the table."""
    for line in lines():
        print(line, flush=True)


if __name__ == "__main__":
    main()
