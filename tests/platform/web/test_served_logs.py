"""The site as it is really served says what happened, in JSON, and never what was asked."""

import json
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.machine import FINDER, Machine
from tests.support.served import machine_of
from tests.support.waiting import PATIENCE_S, listens, wait_until

HELLO = b"Host: localhost\r\nConnection: close\r\n\r\n"
ASKED = [
    b"GET /search?near=EH6+7BS&age=7&secret=word HTTP/1.1\r\n" + HELLO,
    b"GET /search.geojson?near=55.976,-3.1657&secret=word HTTP/1.1\r\n" + HELLO,
    b"GET /shortlist?g=secretword HTTP/1.1\r\n" + HELLO,
    b"GET /secretword?near=EH6+7BS HTTP/1.1\r\n" + HELLO,
    b"GET /groups/secretword HTTP/1.1\r\nReferer: http://localhost/search?near=EH6+7BS\r\n" + HELLO,
    # gunicorn can't read these, and would quote them.
    b"GET /search?near=EH6 7BS&secretword HTTP/1.1\r\n" + HELLO,
    b"GET /search?near=EH6+7BS HTTP/secretword\r\n" + HELLO,
    b"GET /search?near=EH6+7BS HTTP/1.1\r\nsecretword EH6 7BS\r\n" + HELLO,
]
NEVER = ("EH6", "7BS", "55.97", "secret", "near=", "?")


@pytest.fixture
def machine(tmp_path: Path, gazetteer_path: Path, migrated_file: Path) -> Machine:
    return machine_of(tmp_path, gazetteer_path, migrated_file)


@pytest.fixture
def served(machine: Machine) -> Iterator[tuple[int, Path]]:
    """`finder serve` on a free port, and the file with all that it said."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = machine.folder / "said.log"
    bind = {"FINDER_BIND": f"127.0.0.1:{port}", "FINDER_WORKERS": "1"}
    with said.open("w") as log:
        server = subprocess.Popen(
            [*FINDER, "serve"],
            cwd=machine.folder,
            env=machine.environment(**bind),
            stdout=log,
            stderr=log,
        )
        try:
            wait_until(lambda: listens(port), "the site did not come up")
            yield port, said
        finally:
            server.terminate()
            server.wait(PATIENCE_S)


def ask(port: int, words: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as line:
        line.sendall(words)
        answer = b""
        while part := line.recv(65536):
            answer += part
    return answer


def test_no_log_line_holds_what_somebody_asked(served: tuple[int, Path]) -> None:
    port, said = served

    answers = [ask(port, words) for words in ASKED]

    assert answers[0].startswith(b"HTTP/1.1 200")
    assert b" 400 " in answers[-2].splitlines()[0]
    text = said.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert len([line for line in lines if line["event"] == "request"]) >= 5
    assert [line for line in lines if line.get("logger") == "gunicorn.error"]
    assert [word for word in NEVER if word in text] == []
