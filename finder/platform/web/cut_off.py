"""Ends a request to another server when its time is over, wherever it is by then.

A socket's timeout begins anew with each byte that comes, so a server that sends one byte a second
holds a reader for ever: in the TLS handshake, in headers, in a body, or after it. Here a thread
shuts the connection down instead, and the waiting read ends at once.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

AGAIN_S = 0.1


class CutOff:
    """A limit in time for one request after another, over the pools that it watches."""

    def __init__(self) -> None:
        self._connections: list[_Plain | _Encrypted] = []
        self._lock = threading.Lock()
        self.is_over = False
        self.is_running = False

    def watch(self, pool: HTTPConnectionPool) -> None:
        """Let the connections of a pool end with a request's time."""
        kind = _Encrypted if isinstance(pool, HTTPSConnectionPool) else _Plain

        def connection(*args: Any, **options: Any) -> HTTPConnection:
            made = kind(*args, **options)
            made.cut_off = self
            with self._lock:
                self._connections.append(made)
            return made

        pool.ConnectionCls = connection  # type: ignore[assignment]  # it is only ever called

    @contextmanager
    def after(self, seconds: float) -> Iterator[None]:
        """Within the block, cut every connection off after so many seconds."""
        self.is_over, self.is_running, done = False, True, threading.Event()
        watch = threading.Thread(target=self._cut_until, args=(done, seconds), daemon=True)
        watch.start()
        try:
            yield
        finally:
            done.set()
            watch.join()
            self.is_running = False
            for connection in self._connections:
                connection.let_go_if_closed()
            self._connections = [one for one in self._connections if one.sock is not None]

    def _cut_until(self, done: threading.Event, seconds: float) -> None:
        """Cut again and again: the request may be about to open its next connection."""
        while not done.wait(AGAIN_S if self.is_over else seconds):
            self.is_over = True
            with self._lock:
                for connection in self._connections:
                    connection.cut()


class _Handle(HTTPConnection):
    """A second handle of a connection's socket.

    TLS takes the first one for itself, and http.client lets go of it once an answer that ends with
    the connection has begun.
    """

    cut_off: CutOff
    _handle: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        """Connect, and keep a handle."""
        self._let_go()
        made = super()._new_conn()
        self._handle = made.dup()
        return made

    def cut(self) -> None:
        """Shut the connection down: whoever reads from it finds its end."""
        handle = self._handle
        if handle is not None:
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close both handles; during a request only the first, since an answer may be unread."""
        super().close()
        if not self.cut_off.is_running:
            self._let_go()

    def let_go_if_closed(self) -> None:
        """After a request: close the second handle, too, of a connection that is not kept."""
        if self.sock is None:
            self._let_go()

    def _let_go(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.close()


class _Plain(_Handle):
    pass


class _Encrypted(_Handle, HTTPSConnection):
    pass
