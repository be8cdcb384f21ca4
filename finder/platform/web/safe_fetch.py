"""Fetches JSON from other people's servers, politely, and only from the public internet.

An operator types a feed's address, but its redirects and answers are somebody else's. Each name is
resolved once, the IP address checked, and the request sent to that very IP address, so that a name
which resolves differently the second time gains nothing.

An answer is read up to MOST_BYTES, counted after it is unpacked, and for MOST_SECONDS, counted from
the request to the last byte with all redirects between. The body of a redirect or an error is never
read.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, InvalidHeader

from finder.platform.web.cut_off import CutOff
from finder.platform.web.public_ip import Resolve, addresses_of, is_public

MOST_BYTES = 20_000_000
MOST_SECONDS = 30.0
MOST_REDIRECTS = 5
MOST_TRIES = 6
LONGEST_PAUSE_S, LONGEST_ASKED_PAUSE_S = 60.0, 120.0
CHUNK = 65_536
AGENT = "QuietCorner (reads Open Referral UK feeds)"
TRY_AGAIN = {429, 500, 502, 503, 504}
PORTS = {"https": 443, "http": 80}


class FeedTrouble(Exception):
    """A feed can't be read. Says why, for the person who asked for it."""


class NotThere(FeedTrouble):
    """The server says that there is nothing at this address (404 or 410)."""


class _Busy(FeedTrouble):
    """The server may answer later. pause: how long it asked us to wait, in seconds."""

    def __init__(self, why: str, pause: float = 0.0) -> None:
        super().__init__(why)
        self.pause = pause


@dataclass
class SafeClient:
    """An HTTP client for one request at a time.

    allow_http: also without encryption. allow_private: also within this network. pause: the
    first wait before trying again, in seconds; each later one is twice as long. most_seconds: for
    one try, with its redirects.
    """

    allow_http: bool = False
    allow_private: bool = False
    pause: float = 1.0
    resolve: Resolve = addresses_of
    most_bytes: int = MOST_BYTES
    most_seconds: float = MOST_SECONDS
    _pools: dict[tuple[str, str, int], HTTPConnectionPool] = field(default_factory=dict)
    _cut_off: CutOff = field(default_factory=CutOff)

    def json(self, address: str) -> Any:
        """The JSON at an address. FeedTrouble where it can't be fetched, NotThere for a 404."""
        for tried in range(MOST_TRIES - 1):
            try:
                return self._try(address)
            except _Busy as busy:
                own = min(self.pause * 2**tried, LONGEST_PAUSE_S)
                time.sleep(busy.pause or own)
        return self._try(address)

    def _try(self, address: str) -> object:
        """One try: from place to place, until an answer is no redirect."""
        with self._cut_off.after(self.most_seconds):
            try:
                for _ in range(MOST_REDIRECTS + 1):
                    with self._asked(address) as answer:
                        onward = answer.get_redirect_location()
                        if not onward:
                            return self._read(answer, address)
                        address = urljoin(address, onward)
            except FeedTrouble:
                # Whatever a connection that was cut off looked like, this is why.
                if self._cut_off.is_over:
                    raise FeedTrouble(f"{_shown(address)} is too slow") from None
                raise
        raise FeedTrouble(f"{_shown(address)} sends us from place to place without end")

    @contextmanager
    def _asked(self, address: str) -> Iterator[BaseHTTPResponse]:
        """The answer of a server. What is not read of it by the end of the block never is."""
        parts = self._checked(address)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        pool = self._pool(parts.scheme, host, port)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Host": parts.netloc, "User-Agent": AGENT, "Accept": "application/json"}
        headers["Accept-Encoding"] = "gzip"
        try:
            answer = pool.urlopen(
                "GET", path, headers=headers, retries=False, redirect=False, preload_content=False
            )
        except HTTPError as error:
            raise _Busy(f"{_shown(address)} does not answer: {error}") from error
        try:
            yield answer
        finally:
            # If the body was read to its end, the connection is back in the pool by now.
            answer.close()

    def _checked(self, address: str) -> SplitResult:
        try:
            parts = urlsplit(address)
            is_whole = bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            is_whole = False
        if not is_whole or parts.scheme not in PORTS or parts.username or parts.password:
            raise FeedTrouble(f"{_shown(address)} is not a web address")
        if parts.scheme == "http" and not self.allow_http:
            raise FeedTrouble(f"{_shown(address)} is not https. Add --http to read it all the same")
        return parts

    def _pool(self, scheme: str, host: str, port: int) -> HTTPConnectionPool:
        """Connections to one server, at the IP address that was resolved and checked."""
        if (scheme, host, port) not in self._pools:
            number = self._public_number(host, port)
            timeout = urllib3.Timeout(connect=10, read=self.most_seconds)
            pool = (
                HTTPConnectionPool(number, port, timeout=timeout)
                if scheme == "http"
                else HTTPSConnectionPool(
                    number, port, timeout=timeout, server_hostname=host, assert_hostname=host
                )
            )
            self._cut_off.watch(pool)
            self._pools[scheme, host, port] = pool
        return self._pools[scheme, host, port]

    def _public_number(self, host: str, port: int) -> str:
        try:
            numbers = list(self.resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise FeedTrouble(f"There is no server named {host}") from error
        if not numbers:
            raise FeedTrouble(f"There is no server named {host}")
        if not self.allow_private and not all(is_public(number) for number in numbers):
            raise FeedTrouble(
                f"{host} is within this network. Add --private if you mean to read it"
            )
        return numbers[0]

    def _read(self, answer: BaseHTTPResponse, address: str) -> object:
        if answer.status in {404, 410}:
            raise NotThere(f"There is nothing at {_shown(address)}")
        if answer.status in TRY_AGAIN:
            raise _Busy(f"{_shown(address)} does not answer: {answer.status}", _pause(answer))
        if answer.status != 200:
            raise FeedTrouble(f"{_shown(address)} answers {answer.status}")
        try:
            return json.loads(self._body(answer, address))
        except HTTPError as error:
            raise FeedTrouble(f"{_shown(address)} broke off: {error}") from error
        except (ValueError, RecursionError) as error:
            raise FeedTrouble(f"What stands at {_shown(address)} is not JSON") from error

    def _body(self, answer: BaseHTTPResponse, address: str) -> bytes:
        body = bytearray()
        # read1 unpacks no more than CHUNK at once, however much the packed bytes stand for.
        while chunk := answer.read1(CHUNK, decode_content=True):
            body += chunk
            if len(body) > self.most_bytes:
                raise FeedTrouble(f"{_shown(address)} is too large")
        if self._cut_off.is_over:
            raise FeedTrouble(f"{_shown(address)} is too slow")
        return bytes(body)


def _pause(answer: BaseHTTPResponse) -> float:
    """How long a server asks us to wait, in seconds; 0 where it does not say."""
    try:
        asked = urllib3.Retry().get_retry_after(answer) or 0.0
    except InvalidHeader:
        return 0.0
    return min(asked, LONGEST_ASKED_PAUSE_S)


def _shown(address: str) -> str:
    """An address for a message, without what may be a password."""
    return address.rpartition("@")[2][:200] if "@" in address else address[:200]
