"""gunicorn's threaded worker, made so that a slow client holds no thread.

gunicorn gives a thread to a connection at its first byte, and the thread waits for the rest: a
few clients that send a byte now and then stop a site. Here requests gather in the worker's event
loop, where one more costs a file handle, and a thread gets only what is whole.
"""

import ctypes
import selectors
import socket
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from finder.web.arriving import TOO_BUSY, TOO_SLOW, Arrival, TooMuch

MOST_ARRIVING = 400
MOST_BYTES_ARRIVING = 64_000_000
LONGEST_ANSWER_S = 30.0
"""A client may take this long to fetch an answer that does not fit into its socket's buffer."""
LINGER_S = 3.0
SEND_BUFFER = 1_000_000
M_ARENA_MAX, ARENAS = -8, 2
M_MMAP_THRESHOLD, LARGE_BYTES = -3, 1_048_576  # Brotli works in half of that
PIECE = 65_536


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Gathers whole requests in its event loop, and drops those that take too long."""

    def __init__(self, *words: Any, **named: Any) -> None:
        self.arriving: dict[TConn, Arrival] = {}
        self.leaving: dict[TConn, float] = {}
        self.answering: dict[TConn, float] = {}
        self.ahead: dict[TConn, bytes] = {}
        super().__init__(*words, **named)

    def init_process(self) -> None:
        """Begin, in a process of its own."""
        _share_memory()
        super().init_process()

    @property
    def worker_connections(self) -> int:
        """How many connections it takes: no more while its threads are all busy, so that the next
        goes to a worker that is idle. gunicorn asks at each turn of its loop.
        """
        return 0 if len(self.answering) >= self.cfg.threads else self._most_connections

    @worker_connections.setter
    def worker_connections(self, most: int) -> None:
        self._most_connections = most

    def accept(self, listener: socket.socket) -> None:
        """Take a connection, and wait for what it asks. The slowest goes if there are too many."""
        try:
            sock, address = listener.accept()
        except OSError:
            return  # gone again, or another worker has it
        self.nr_conns += 1
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self._gather(TConn(self.cfg, sock, address, listener.getsockname()))
        if len(self.arriving) > MOST_ARRIVING:
            self._drop(next(iter(self.arriving)))

    def on_client_socket_readable(self, conn: TConn, client: Any) -> None:
        """Another request on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._gather(conn)
        self._more(conn, client)

    def enqueue_req(self, conn: TConn) -> None:
        """Give it a thread, and remember since when."""
        self.answering[conn] = time.monotonic()
        super().enqueue_req(conn)

    def finish_request(self, conn: TConn, fs: Any) -> None:
        """After an answer: goodbye, or the next request, if it came together with the last.

        gunicorn would wait here, in its one event loop, for the client to close first.
        """
        self.answering.pop(conn, None)
        if fs.cancelled() or fs.exception() or not fs.result():
            self.ahead.pop(conn, None)
            self._say_goodbye(conn)
            return
        super().finish_request(conn, fs)
        ahead = self.ahead.pop(conn, b"")
        if ahead and conn in self.keepalived_conns:
            self.poller.unregister(conn.sock)
            self.keepalived_conns.remove(conn)
            self._gather(conn)
            self._take(conn, ahead)

    def murder_pending(self) -> None:
        """Once a second: send away whoever takes too long."""
        super().murder_pending()
        now = time.monotonic()
        for conn, arrival in list(self.arriving.items()):
            if not self.alive and not arrival.data:
                self._drop(conn)  # a browser that connected ahead, and asked nothing yet
            elif arrival.until < now:
                self._refuse(conn, TOO_SLOW)
        for conn, until in list(self.leaving.items()):
            if until < now:
                self._drop(conn)
        for conn, since in list(self.answering.items()):
            if now - since > LONGEST_ANSWER_S:
                self.answering.pop(conn)
                _hang_up(conn.sock, socket.SHUT_RDWR)  # its thread notices, and ends

    def _gather(self, conn: TConn) -> None:
        conn.sock.setblocking(False)
        self.arriving[conn] = Arrival.at(time.monotonic())
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._more, conn))

    def _more(self, conn: TConn, sock: socket.socket) -> None:
        try:
            data = sock.recv(PIECE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if not data:
            self._drop(conn)
        elif conn in self.arriving:
            self._take(conn, data)

    def _take(self, conn: TConn, data: bytes) -> None:
        arrival = self.arriving[conn]
        try:
            is_whole = arrival.take(data)
            if sum(len(one.data) for one in self.arriving.values()) > MOST_BYTES_ARRIVING:
                raise TOO_BUSY
        except TooMuch as refusal:
            self._refuse(conn, refusal)
            return
        if is_whole:
            self._hand_over(conn, arrival)
        elif arrival.asks_to_go_on:
            arrival.asks_to_go_on = False
            _say(conn.sock, b"HTTP/1.1 100 Continue\r\n\r\n")

    def _hand_over(self, conn: TConn, arrival: Arrival) -> None:
        self.poller.unregister(conn.sock)
        del self.arriving[conn]
        conn.data_ready = True
        conn.init()
        conn.parser.unreader.unread(arrival.request())
        if arrival.rest():
            self.ahead[conn] = arrival.rest()
        self.enqueue_req(conn)

    def _refuse(self, conn: TConn, refusal: TooMuch) -> None:
        del self.arriving[conn]
        self.poller.unregister(conn.sock)
        body = f"{refusal.words}\n".encode()
        head = f"HTTP/1.1 {refusal.status}\r\nConnection: close\r\nContent-Type: text/plain\r\n"
        head += "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
        _say(conn.sock, head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._say_goodbye(conn)

    def _say_goodbye(self, conn: TConn) -> None:
        """Hear out for a moment what is still sent: else the system drops the answer's end."""
        if conn.sock.fileno() < 0:
            self.nr_conns -= 1
            return
        _hang_up(conn.sock, socket.SHUT_WR)
        conn.sock.setblocking(False)
        self.leaving[conn] = time.monotonic() + LINGER_S
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._more, conn))

    def _drop(self, conn: TConn) -> None:
        if self.arriving.pop(conn, None) is None and self.leaving.pop(conn, None) is None:
            return
        self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()


def _share_memory() -> None:
    """Let all threads take memory from the same two places. glibc would give each its own, and each
    place keeps what one large answer took once; so what is large comes from the system, and goes
    back to it. Other C libraries have no such places.
    """
    try:
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
    except (OSError, AttributeError):
        return


def _say(sock: socket.socket, words: bytes) -> None:
    try:
        sock.send(words)
    except OSError:
        return  # it listens no more; the next look finds it gone


def _hang_up(sock: socket.socket, how: int) -> None:
    try:
        sock.shutdown(how)
    except OSError:
        return
