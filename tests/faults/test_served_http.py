"""What the served site answers to requests that are odd, long, or cut in pieces; and how it stops.

Straight to gunicorn, without a front.
"""

import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.served import Served, machine_of, serving

WHOLE = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
POST = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + FORM
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n"


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, gazetteer_path: Path, migrated_file: Path
) -> Iterator[Served]:
    machine = machine_of(tmp_path_factory.mktemp("http"), gazetteer_path, migrated_file)
    with serving(machine, workers=1) as served:
        yield served


def answers(line: socket.socket, count: int) -> int:
    """Wait until so many answers of 200 have come in all. Gives how many came."""
    text = b""
    while text.count(b"HTTP/1.1 200") < count:
        text += _more(line, text)
    return text.count(b"HTTP/1.1 200")


def status_of(site: Served, sent: bytes) -> bytes:
    """The status of the first answer to some bytes."""
    with site.line() as line:
        line.sendall(sent)
        return line.recv(1000).split()[1]


def head_of_answer(line: socket.socket) -> bytes:
    """The head of the next answer, whose body is read as well: it may come by itself."""
    text = b""
    while b"\r\n\r\n" not in text:
        text += _more(line, text)
    end = text.index(b"\r\n\r\n") + 4
    length = int(text.lower().partition(b"content-length: ")[2].split()[0])
    while len(text) < end + length:
        text += _more(line, text)
    return text[:end]


def _more(line: socket.socket, before: bytes) -> bytes:
    more = line.recv(10_000)
    assert more, before
    return more


def wait_until_it_stops(kept: socket.socket) -> None:
    """Until the worker says on a kept connection that it has met the signal to stop."""
    head = b""
    while b"Connection: close" not in head:
        kept.sendall(WHOLE)
        head = head_of_answer(kept)
        assert head.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("size", [1, 7, 20])
def test_a_request_is_answered_however_it_is_cut(site: Served, size: int) -> None:
    body = b"email=a"
    request = POST + b"Content-Length: %d\r\n\r\n" % len(body) + body
    with site.line() as line:
        for start in range(0, len(request), size):
            line.sendall(request[start : start + size])

        assert head_of_answer(line).split()[1] == b"400"  # the form again, for want of a token


def test_requests_that_come_together_are_answered_one_after_the_other(site: Served) -> None:
    with site.line() as line:
        line.sendall(WHOLE + WHOLE + WHOLE[:20])
        assert answers(line, 2) == 2

        line.sendall(WHOLE[20:])

        assert answers(line, 1) == 1


def test_who_asks_whether_to_go_on_is_told(site: Served) -> None:
    body = b"email=no+address"
    with site.line() as line:
        line.sendall(POST + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body))
        assert line.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(body)

        assert line.recv(1000).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (POST + b"Content-Length: 6000001\r\n\r\n", b"413"),
        (POST + b"CONTENT-LENGTH:999999999999\r\n\r\n", b"413"),
        (CHUNKED + b"\r\n180000\r\n" + b"a" * 0x180000 + b"\r\n0\r\n\r\n", b"411"),
        (CHUNKED + b"\r\n7\r\nemail=a\r\n0\r\n\r\n", b"411"),
        (b"GET /" + b"a" * 40_000, b"414"),
        (WHOLE[:-2] + b"A: " + b"a" * 40_000 + b"\r\n\r\n", b"431"),
        (WHOLE[:-2] + b"A: b\r\n" * 101 + b"\r\n", b"431"),
    ],
    ids=["body", "large body", "large chunk", "chunk", "address", "header", "headers"],
)
def test_what_is_too_much_is_answered_at_once(site: Served, sent: bytes, status: bytes) -> None:
    assert status_of(site, sent) == status


@pytest.mark.parametrize(
    "sent",
    [
        POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        CHUNKED + b"Content-Length: 7\r\n\r\n0\r\n\r\nGET",
        POST + b"transfer-encoding : chunked\r\n\r\n0\r\n\r\n",
        POST + b"Content-Length: -1\r\n\r\n",
        b"nonsense\r\n\r\n",
        WHOLE[:-2] + b"A b: c\r\n\r\n",
    ],
    ids=["two lengths", "length and chunks", "space", "negative", "nonsense", "header"],
)
def test_a_request_whose_end_is_in_doubt_is_refused_and_the_line_is_cut(
    site: Served, sent: bytes
) -> None:
    with site.line() as line:
        line.sendall(sent + WHOLE)
        answer = b"".join(iter(lambda: line.recv(10_000), b""))

    assert answer.split()[1] == b"400"
    assert answer.count(b"HTTP/1.1") == 1


def test_a_stop_ends_what_was_begun_and_takes_nothing_new(
    tmp_path: Path, gazetteer_path: Path, migrated_file: Path
) -> None:
    machine = machine_of(tmp_path, gazetteer_path, migrated_file)
    with ExitStack() as stack:
        site = stack.enter_context(serving(machine, workers=1))
        begun, silent, kept = (stack.enter_context(site.line()) for _ in range(3))
        begun.sendall(WHOLE[:30])
        kept.sendall(WHOLE)
        head_of_answer(kept)  # by now the worker has met the first half
        site.process.send_signal(signal.SIGTERM)
        wait_until_it_stops(kept)

        begun.sendall(WHOLE[30:])

        assert begun.recv(1000).startswith(b"HTTP/1.1 200")
        assert silent.recv(10) == b""
        assert site.process.wait(60) == 0
        assert site.ask("/healthz").status == 0
