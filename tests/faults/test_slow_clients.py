"""Behind nginx as docs/deploy.md has it, slow clients hold nobody up: no thread waits for them."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.nginx_server import HOST, PUBLIC, Front, needs_nginx, nginx_before
from tests.support.served import Served, machine_of, serving

SLOW = 500
VISITS = 20
HALF_HEAD = f"GET /healthz HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ".encode()
HALF_BODY = (
    f"POST /sign-in HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 500000\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\nemail="
).encode()


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, gazetteer_path: Path, migrated_file: Path
) -> Iterator[Served]:
    """A public site: one worker with four threads."""
    needs_nginx()
    machine = machine_of(tmp_path_factory.mktemp("slow"), gazetteer_path, migrated_file)
    with serving(machine, workers=1, **PUBLIC) as served:
        yield served


@pytest.fixture(scope="module")
def front(site: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with nginx_before(site.port, tmp_path_factory.mktemp("nginx")) as front:
        yield front


def visit(front: Front) -> set[bytes]:
    """The statuses that visitors get who come one after the other."""
    return {front.ask("/").split()[1] for _ in range(VISITS)}


@pytest.mark.parametrize("half", [b"", HALF_HEAD, HALF_BODY], ids=["silent", "head", "body"])
def test_clients_that_send_slowly_hold_nobody_up(front: Front, half: bytes) -> None:
    with ExitStack() as stack:
        for _ in range(SLOW):
            line = stack.enter_context(front.line())
            if half:
                line.sendall(half)
                line.sendall(b"a")

        assert visit(front) == {b"200"}


def test_clients_that_read_slowly_hold_nobody_up(site: Served, front: Front) -> None:
    asset = re.findall(r"/static/\w+/site\.css", site.ask("/").body)[0]
    asked = f"GET {asset} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
    with ExitStack() as stack:
        for _ in range(SLOW):
            line = stack.enter_context(front.line(receive_buffer=1024))
            line.sendall(asked)

        assert visit(front) == {b"200"}


def test_clients_that_do_not_hang_up_hold_nobody_up(front: Front) -> None:
    asked = f"GET /healthz HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
    with ExitStack() as stack:
        lines = [stack.enter_context(front.line()) for _ in range(SLOW)]
        for line in lines:
            line.sendall(asked)

        assert visit(front) == {b"200"}
        assert all(b" 200 " in line.recv(100) for line in lines)


def test_a_slow_client_is_answered_all_the_same_if_it_comes_to_an_end(front: Front) -> None:
    whole = f"GET /healthz HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
    with front.line() as line:
        for byte in whole:
            line.sendall(bytes([byte]))

        assert line.recv(1000).startswith(b"HTTP/1.1 200")


def test_empty_lines_before_a_request_are_nothing(front: Front) -> None:
    with front.line() as line:
        line.sendall(f"\r\n\r\nGET /healthz HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())

        assert line.recv(1000).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(("size", "status"), [(5_900_000, b"303"), (6_400_000, b"413")])
def test_the_largest_file_that_the_site_takes_comes_through(
    front: Front, size: int, status: bytes
) -> None:
    head = f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {size}\r\n"

    opening = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    body = opening.ljust(size - 9, b"a") + b"\r\n--x--\r\n"
    answer = front.ask("/organise/upload/", head, body, "POST")

    assert answer.split()[1] == status


def test_a_body_without_a_length_comes_to_the_site_with_one(front: Front) -> None:
    head = "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n"

    answer = front.ask("/sign-in", head, b"7\r\nemail=a\r\n0\r\n\r\n", "POST")

    assert answer.split()[1] == b"400"
    assert b'value="a"' in answer


def test_the_site_knows_that_it_is_behind_https(front: Front) -> None:
    answer = front.ask("/sign-in")

    assert b"Strict-Transport-Security" in answer
    assert b"Set-Cookie: __Host-form" in answer
