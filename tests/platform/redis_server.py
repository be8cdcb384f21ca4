"""A Redis of a test run's own, where it is installed: a process, reached by a socket."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from tests.support.waiting import PATIENCE_S, wait_until


def redis_at(folder: Path) -> str:
    """The address of the server in a folder, whether or not it runs."""
    return f"redis+unix://{folder}/redis.sock"


@contextmanager
def own_redis(folder: Path) -> Iterator[None]:
    """A server in a folder, with nothing in it, until the end of the block."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("Redis is not installed (Debian package redis-server)")
    socket = folder / "redis.sock"
    started = [program, "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
    process = subprocess.Popen(started, stdout=subprocess.DEVNULL)
    try:
        with redis.Redis(unix_socket_path=str(socket)) as client:
            wait_until(lambda: _answers(client), "Redis did not come up")
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _answers(client: "redis.Redis") -> bool:
    try:
        client.ping()
    except redis.ConnectionError:
        return False
    return True


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that is up."""
    folder = tmp_path_factory.mktemp("redis")
    with own_redis(folder):
        yield redis_at(folder)
