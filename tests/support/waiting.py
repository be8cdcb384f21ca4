"""Waiting for a state and never for a time: a test on a busy machine only takes longer."""

import socket
import time
from collections.abc import Callable

PATIENCE_S = 120.0
"""Far longer than anything takes: it is used up only where the state never comes."""


def wait_until(is_so: Callable[[], object], what: str = "it never happened") -> None:
    """Ask again and again until it is so. what: the words of the failure."""
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until, what
        time.sleep(0.02)


def listens(port: int) -> bool:
    """Whether somebody takes connections on a port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), PATIENCE_S).close()
    except OSError:
        return False
    return True
