"""Somebody else's server, on this machine: what it answers is for each test to say."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
