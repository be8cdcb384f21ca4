"""Requests a second of our pages against a Flask hello-world under the same gunicorn.

The two are loaded in turn, round by round, so that a machine whose speed drifts moves both.
Needs `wrk` (Debian package wrk).
"""

import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROUNDS, SECONDS, CONNECTIONS, WORKERS = 5, 4, 8, 2


@dataclass(frozen=True)
class Load:
    """What one round of load measured. Latencies are milliseconds."""

    per_second: float
    p50_ms: float
    p99_ms: float


@contextmanager
def served(target: str, **environment: str) -> Iterator[int]:
    """Gunicorn on a free port with WORKERS workers. Gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--preload"]
    command += ["--workers", str(WORKERS), "--log-level", "error", target]
    server = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def load(port: int, paths: list[str]) -> Load:
    """Ask for the paths in turn, as fast as CONNECTIONS connections can, for SECONDS."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        listed = ",".join(f'"{path}"' for path in paths)
        script.write(f"local p={{{listed}}}\nlocal i=0\n")
        script.write('request=function() i=i%#p+1; return wrk.format("GET",p[i]) end\n')
        script.flush()
        command = ["wrk", "-t1", "--latency", f"-c{CONNECTIONS}", f"-d{SECONDS}s"]
        said = subprocess.run(
            [*command, "-s", script.name, f"http://127.0.0.1:{port}"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"the load met errors:\n{said}")
    return Load(_rate(said), _latency(said, "50%"), _latency(said, "99%"))


def _rate(said: str) -> float:
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])


def _latency(said: str, share: str) -> float:
    value, unit = re.findall(rf"{share}\s+([\d.]+)(us|ms|s)", said)[0]
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def _medians(loads: list[Load]) -> Load:
    return Load(
        statistics.median(x.per_second for x in loads),
        statistics.median(x.p50_ms for x in loads),
        statistics.median(x.p99_ms for x in loads),
    )


def weight(port: int, path: str) -> int:
    """Bytes of an answer as a browser receives it, gzipped where we do."""
    ask = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
    ask.add_header("Accept-Encoding", "gzip")
    with urllib.request.urlopen(ask) as answer:  # noqa: S310
        return len(answer.read())


def compare(pages: dict[str, list[str]], database: str, data_dir: Path) -> None:
    """Print requests a second, latencies and the ratio to hello-world for each kind of page."""
    if shutil.which("wrk") is None:
        print("Not run: the load generator wrk is not installed (Debian package wrk).")
        return
    with ExitStack() as stack:
        hello = stack.enter_context(served("benchmarks.hello:app"))
        ours = stack.enter_context(
            served(
                "finder.app:create_app()",
                FINDER_DATABASE_URL=database,
                FINDER_DATA_DIR=str(data_dir),
            )
        )
        load(hello, ["/"])
        rounds: dict[str, list[tuple[Load, Load]]] = {name: [] for name in pages}
        for name, paths in pages.items():
            load(ours, paths)
            for _ in range(ROUNDS):
                rounds[name].append((load(hello, ["/"]), load(ours, paths)))
    print(f"{'page':<24}{'req/s':>8}{'p50 ms':>8}{'p99 ms':>8}{'hello req/s':>13}{'ratio':>7}")
    for name, pairs in rounds.items():
        page, base = _medians([b for _, b in pairs]), _medians([a for a, _ in pairs])
        ratio = statistics.median(b.per_second / a.per_second for a, b in pairs)
        print(
            f"{name:<24}{page.per_second:>8.0f}{page.p50_ms:>8.1f}{page.p99_ms:>8.1f}"
            f"{base.per_second:>13.0f}{ratio:>7.2f}"
        )
