"""A server that sends whatever bytes a test says, for as long as anybody reads them."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

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
