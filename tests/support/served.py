"""The site as it is really served: `finder serve` with its workers, on a port of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.support.machine import FINDER, Machine
from tests.support.smtp_sink import free_port
from tests.support.waiting import PATIENCE_S, wait_until


@dataclass
class Answer:
    """What a request got: 0 for the status where the server was gone."""

    status: int
    headers: HTTPMessage
    body: str


@dataclass
class Served:
    """A running site."""

    port: int
    process: subprocess.Popen[bytes]
    said: Path

    @property
    def workers(self) -> list[int]:
        """The ids of its worker processes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(one) for one in children.read_text().split()]

    def ask(
        self,
        path: str,
        form: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        timeout_s: float = PATIENCE_S,
    ) -> Answer:
        """One request over a connection of its own; redirects are not followed."""
        data = urlencode(form).encode() if form is not None else None
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data, {"Connection": "close", **(headers or {})}
        )
        try:
            with _OPENER.open(asked, timeout=timeout_s) as answer:
                return Answer(answer.status, answer.headers, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read().decode())
        except (OSError, HTTPException):  # gone before, or in the middle of its answer
            return Answer(0, HTTPMessage(), "")

    def line(self, timeout_s: float = PATIENCE_S) -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout_s)

    def lines(self) -> list[dict[str, Any]]:
        """What it logged."""
        return [json.loads(line) for line in self.said.read_text().splitlines()]


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def machine_of(folder: Path, gazetteer_path: Path, migrated_file: Path) -> Machine:
    """A machine that is ready to serve, with nothing in its database."""
    machine = Machine(folder, gazetteer_path)
    shutil.copy(migrated_file, folder / "finder.db")
    return machine


@contextmanager
def serving(
    machine: Machine, workers: int = 1, command: Sequence[str] = FINDER, **settings: str
) -> Iterator[Served]:
    """`finder serve` until the end of the block. The database must have its tables."""
    port = free_port()
    bind = {"FINDER_BIND": f"127.0.0.1:{port}", "FINDER_WORKERS": str(workers)}
    said = machine.folder / "said.log"
    with said.open("w") as log:
        process = subprocess.Popen(
            [*command, "serve"],
            cwd=machine.folder,
            env=machine.environment(**bind, **settings),
            stdout=log,
            stderr=log,
        )
        served = Served(port, process, said)
        try:
            wait_until(lambda: _answers(served), "the site did not come up")
            yield served
        finally:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                raise


def _answers(served: Served) -> bool:
    assert served.process.poll() is None, f"the site did not start: {served.said.read_text()}"
    return served.ask("/healthz").status == 200
