"""Somebody else's server, on this machine: what it answers is for each test to say.

Whole answers, or bytes for as long as anybody reads them.
"""

import json
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What the server says."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def bytes(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass
class FeedServer:
    """Where it is, and what was asked of it."""

    port: int
    asked: list[str]
    hosts: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(answer: Callable[[str], Answer]) -> Iterator[FeedServer]:
    """A server that answers a path and query as it is told."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.asked.append(self.path)
            server.hosts.append(self.headers["Host"])
            found = answer(self.path)
            self.send_response(found.status)
            for name, value in {"Content-Length": str(len(found.bytes)), **found.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(found.bytes)
            self.close_connection = "close" in found.headers.values()

        def log_message(self, *_: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = FeedServer(http.server_port, [], [])
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


Bytes = Callable[[str], Iterable[bytes]]
"""What is sent for a path, piece by piece."""


@dataclass
class RawServer:
    """Where it is, and how many bytes each answer came to before its reader was gone."""

    port: int
    sent: list[int]
    asked: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def sending(pieces: Bytes) -> Iterator[RawServer]:
    """A server that answers each connection once, and then closes it."""
    listener = socket.create_server(("127.0.0.1", 0))
    server, is_over = RawServer(listener.getsockname()[1], [], []), threading.Event()

    def answer(connection: socket.socket) -> None:
        count = 0
        with connection, suppress(OSError):
            head = connection.recv(65_536).decode("latin-1")
            path = [*head.split(" "), ""][1]
            server.asked.append(path)
            for piece in pieces(path):
                if is_over.is_set():
                    break
                connection.sendall(piece)
                count += len(piece)
        server.sent.append(count)

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                worker = threading.Thread(target=answer, args=(connection,), daemon=True)
                workers.append(worker)
                worker.start()

    workers: list[threading.Thread] = []
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        is_over.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for worker in workers:
            worker.join()
