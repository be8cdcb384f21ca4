"""A site answers everybody else while some send slowly, read slowly, or never end."""

import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.served import Served, machine_of, serving

MORE_THAN_THREADS = 40
HALF_HEAD = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
HALF_BODY = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n\r\nemail="
WHOLE = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, gazetteer_path: Path, migrated_file: Path
) -> Iterator[Served]:
    """One worker with four threads."""
    machine = machine_of(tmp_path_factory.mktemp("slow"), gazetteer_path, migrated_file)
    with serving(machine, workers=1) as served:
        yield served


@pytest.mark.parametrize("half", [b"", HALF_HEAD, HALF_BODY], ids=["silent", "head", "body"])
def test_clients_that_send_slowly_hold_nobody_up(site: Served, half: bytes) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(site.line()) for _ in range(MORE_THAN_THREADS)]
        for line in slow:
            line.sendall(half)
        for line in slow:
            if half:
                line.sendall(b"a")

        answers = [site.ask("/healthz", timeout_s=5).status for _ in range(5)]

    assert answers == [200] * 5


def test_clients_that_do_not_hang_up_hold_nobody_up(site: Served) -> None:
    goodbye = WHOLE.replace(b"Host:", b"Connection: close\r\nHost:")
    with ExitStack() as stack:
        lines = [stack.enter_context(site.line()) for _ in range(MORE_THAN_THREADS)]
        for line in lines:
            line.sendall(goodbye)
        began = time.monotonic()
        answers = [site.ask("/healthz", timeout_s=5).status for _ in range(5)]
        took = time.monotonic() - began
        assert all(b" 200 " in line.recv(100) for line in lines)

    assert answers == [200] * 5
    assert took < 2 * MORE_THAN_THREADS  # two seconds for each is what gunicorn's own would wait


def test_clients_that_read_slowly_hold_nobody_up(site: Served) -> None:
    asset = re.findall(r"/static/\w+/site\.css", site.ask("/").body)[0]
    with ExitStack() as stack:
        for _ in range(MORE_THAN_THREADS):
            line = stack.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            line.connect(("127.0.0.1", site.port))
            line.sendall(WHOLE.replace(b"/healthz", asset.encode()))

        assert [site.ask("/healthz", timeout_s=5).status for _ in range(5)] == [200] * 5


def test_a_slow_client_is_answered_all_the_same_if_it_comes_to_an_end(site: Served) -> None:
    with site.line() as line:
        for start in range(0, len(WHOLE), 10):
            line.sendall(WHOLE[start : start + 10])
            time.sleep(0.02)

        assert line.recv(1000).startswith(b"HTTP/1.1 200")


def test_requests_that_come_together_are_answered_one_after_the_other(site: Served) -> None:
    with site.line() as line:
        line.sendall(WHOLE + WHOLE + WHOLE[:20])
        line.settimeout(5)
        text = b""
        while text.count(b"HTTP/1.1 200") < 2:
            text += line.recv(10_000)
        line.sendall(WHOLE[20:])
        while text.count(b"HTTP/1.1 200") < 3:
            text += line.recv(10_000)

    assert text.count(b"HTTP/1.1 200") == 3


def test_who_asks_whether_to_go_on_is_told(site: Served) -> None:
    body = b"email=no+address"
    head = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\n"
    head += b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n"
    with site.line() as line:
        line.sendall(head % len(body))
        assert line.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(body)

        assert line.recv(1000).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 6000001\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"411"),
        (b"GET /" + b"a" * 40_000, b"431"),
    ],
)
def test_what_is_too_much_is_answered_at_once(site: Served, sent: bytes, status: bytes) -> None:
    with site.line() as line:
        line.sendall(sent)

        assert line.recv(1000).split()[1] == status


def test_a_stop_ends_what_was_begun_and_takes_nothing_new(
    tmp_path: Path, gazetteer_path: Path, migrated_file: Path
) -> None:
    machine = machine_of(tmp_path, gazetteer_path, migrated_file)
    with serving(machine, workers=1) as site, site.line() as begun, site.line() as silent:
        begun.sendall(WHOLE[:30])
        site.ask("/healthz")  # by now the worker has met the first half
        site.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)

        begun.sendall(WHOLE[30:])

        assert begun.recv(1000).startswith(b"HTTP/1.1 200")
        assert silent.recv(10) == b""
        assert site.process.wait(20) == 0
        assert site.ask("/healthz", timeout_s=2).status == 0
