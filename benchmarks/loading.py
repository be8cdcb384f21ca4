"""A server of ours or of hello-world, load on it from wrk, and what its workers weigh."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from finder.serving import THREADS

CONNECTIONS, WORKERS = 8, 2
FAIR, MOST_TRIES = 0.5, 4
"""Of the busier worker's time, what the other must take at least; how often to try for it."""
FROM = """local function from() wrk.headers["X-Forwarded-For"] =
  string.format("10.0.%d.%d", math.random(0,15), math.random(0,255)) end
"""
AGAIN = 'request=function() i=i%#p+1; from(); return wrk.format("GET",p[i]) end\n'
ANEW = """request=function() i=i%#p+1; n=n+1; from()
  local join = p[i]:find("?",1,true) and "&" or "?"
  return wrk.format("GET",p[i]..join.."nth="..os.time().."."..n) end
"""


@dataclass(frozen=True)
class Load:
    """What one round of load measured.

    cpu_ms: processor time that the workers took for one request, which other work on the
    machine moves far less than the rest.
    """

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float


@dataclass(frozen=True)
class Server:
    """A gunicorn that is up: the port it answers on, and the id of its first process."""

    port: int
    process: int

    @property
    def workers(self) -> list[str]:
        """The ids of its workers."""
        return Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()

    def cpu_ms(self) -> list[float]:
        """Processor time that each of its workers has taken so far."""
        fields = [Path(f"/proc/{one}/stat").read_text().split() for one in self.workers]
        tick_ms = 1000 / os.sysconf("SC_CLK_TCK")
        return [(int(stat[13]) + int(stat[14])) * tick_ms for stat in fields]


@contextmanager
def served(
    target: str,
    database: Path | str | None = None,
    data_dir: Path | None = None,
    python: str = sys.executable,
    server: str = "gunicorn",
    **more: str,
) -> Iterator[Server]:
    """Gunicorn with WORKERS workers, as `finder serve` starts it; or as many of uvicorn.

    database: an SQLite file, or a whole address. python: whose packages it has. more: other
    settings, by their whole name.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    where = ["--bind", f"127.0.0.1:{port}", "--preload"]
    if server == "uvicorn":
        where = ["--host", "127.0.0.1", "--port", str(port), "--no-access-log"]
    command = [python, "-m", server, *where, "--workers", str(WORKERS)]
    if python == sys.executable and server == "gunicorn":
        command += ["--worker-class", "gthread", "--threads", str(THREADS)]
    command += ["--log-level", "error", target]
    settings = {name: value for name, value in os.environ.items() if "FINDER_" not in name}
    if database and data_dir:
        url = f"sqlite:///{database}" if isinstance(database, Path) else database
        settings |= {"FINDER_DATABASE_URL": url}
        settings |= {"FINDER_DATA_DIR": str(data_dir)}
    # Each asks from a network of their own: one alone would soon have had its share.
    settings |= {"FINDER_TRUSTED_PROXIES": "1"} | more
    process = subprocess.Popen(command, env=settings, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(40)  # under load a worker may just have been born


def wait_for(port: int) -> None:
    """Until somebody answers on a port."""
    for _ in range(6_000):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.01)
    raise RuntimeError("the server did not start")


def load(
    server: Server, paths: list[str], seconds: int, header: str = "", is_anew: bool = False
) -> Load:
    """Ask for the paths in turn, as fast as CONNECTIONS connections can.

    is_anew: each address is one that nobody asked for before, by a name that no page reads. A
    round in which one worker got nearly all connections, and so did nearly all of the work, says
    how the connections fell and not what a page costs: it is made again.
    """
    for _ in range(MOST_TRIES):
        found, shares = _round(server, paths, seconds, header, is_anew)
        if len(shares) < WORKERS or min(shares) >= FAIR * max(shares):
            break
    return found


def _round(
    server: Server, paths: list[str], seconds: int, header: str, is_anew: bool
) -> tuple[Load, list[float]]:
    """One round of load, and what each worker took of the processor for it."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        listed = ",".join(f'"{path}"' for path in paths)
        script.write(f"local p={{{listed}}}\nlocal i=0\nlocal n=0\n")
        script.write(FROM)
        script.write(ANEW if is_anew else AGAIN)
        script.flush()
        command = ["wrk", "-t1", "--latency", f"-c{CONNECTIONS}", f"-d{seconds}s"]
        command += ["-H", header] if header else []
        before = server.cpu_ms()
        output = subprocess.run(
            [*command, "-s", script.name, f"http://127.0.0.1:{server.port}"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    shares = [now - then for now, then in zip(server.cpu_ms(), before, strict=False)]
    if "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(f"the load met errors:\n{output}")
    count = int(re.findall(r"(\d+) requests in", output)[0])
    cpu_ms = sum(shares) / count
    return Load(_rate(output), _latency(output, "50%"), _latency(output, "99%"), cpu_ms), shares


def _rate(output: str) -> float:
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", output)[0])


def _latency(output: str, share: str) -> float:
    value, unit = re.findall(rf"{share}\s+([\d.]+)(us|ms|s)", output)[0]
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def memory_mb(server: Server) -> tuple[float, float]:
    """Of the heaviest worker: its share of memory (shared pages divided), and its own alone.

    The pages of a mapped database file are the system's cache, which any process may share and
    which the system takes back when it likes: they are in the first figure and not in the second,
    however many processes have them mapped just then.
    """
    return max(_weight_mb(worker) for worker in server.workers)


def _weight_mb(process: str) -> tuple[float, float]:
    share = own = 0
    is_database = False
    for line in Path(f"/proc/{process}/smaps").read_text().splitlines():
        name, _, value = line.partition(":")
        if "-" in name.partition(" ")[0]:  # the head of a mapping: its range of addresses
            is_database = line.endswith((".db", ".db-shm"))
        elif name == "Pss":
            share += int(value.split()[0])
        elif name in {"Private_Clean", "Private_Dirty"} and not is_database:
            own += int(value.split()[0])
    return share / 1024, own / 1024
