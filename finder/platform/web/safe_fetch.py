"""Fetches JSON from other people's servers, politely, and only from the public internet.

An operator types a feed's address, but its redirects and answers are somebody else's. Each name is
resolved once, the IP address checked, and the request sent to that very IP address, so that a name
which resolves differently the second time gains nothing.
"""

import json
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, MaxRetryError

MOST_BYTES = 50_000_000
MOST_SECONDS = 300
MOST_REDIRECTS = 5
CHUNK = 65_536
AGENT = "QuietCorner (reads Open Referral UK feeds)"
TRY_AGAIN = (429, 500, 502, 503, 504)
NAT64 = IPv6Network("64:ff9b::/96")
PORTS = {"https": 443, "http": 80}

Resolve = Callable[[str, int], Iterable[str]]


class FeedTrouble(Exception):
    """A feed can't be read. Says why, for the person who asked for it."""


class NotThere(FeedTrouble):
    """The server says that there is nothing at this address (404 or 410)."""


def addresses_of(host: str, port: int) -> Iterable[str]:
    """The IP addresses of a name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an IP address is public, also inside IPv6 forms that wrap an IPv4 address."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip in NAT64:
            ip = IPv4Address(int(ip) & 0xFFFFFFFF)
        else:
            ip = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1]) or ip
    return ip.is_global and not ip.is_multicast


@dataclass
class SafeClient:
    """An HTTP client for one request at a time.

    allow_http: also without encryption. allow_private: also within this network. pause: the
    first wait before trying again, in seconds; each later one is twice as long.
    """

    allow_http: bool = False
    allow_private: bool = False
    pause: float = 1.0
    resolve: Resolve = addresses_of
    most_bytes: int = MOST_BYTES
    _pools: dict[tuple[str, str, int], HTTPConnectionPool] = field(default_factory=dict)

    def json(self, address: str) -> Any:
        """The JSON at an address. FeedTrouble where it can't be fetched, NotThere for a 404."""
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._ask(address)
            onward = answer.get_redirect_location()
            if not onward:
                return self._read(answer, address)
            answer.drain_conn()
            address = urljoin(address, onward)
        raise FeedTrouble(f"{_shown(address)} sends us from place to place without end")

    def _ask(self, address: str) -> BaseHTTPResponse:
        parts = self._checked(address)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        pool = self._pool(parts.scheme, host, port)
        retries = urllib3.Retry(
            total=5,
            redirect=False,
            status_forcelist=TRY_AGAIN,
            backoff_factor=self.pause,
            backoff_max=60,
            retry_after_max=120,
        )
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Host": parts.netloc, "User-Agent": AGENT, "Accept": "application/json"}
        headers["Accept-Encoding"] = "gzip"
        try:
            return pool.urlopen(
                "GET", path, headers=headers, retries=retries, redirect=False, preload_content=False
            )
        except MaxRetryError as error:
            raise FeedTrouble(f"{_shown(address)} does not answer: {error.reason}") from error
        except HTTPError as error:
            raise FeedTrouble(f"{_shown(address)} does not answer: {error}") from error

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
            timeout = urllib3.Timeout(connect=10, read=30)
            self._pools[scheme, host, port] = (
                HTTPConnectionPool(number, port, timeout=timeout)
                if scheme == "http"
                else HTTPSConnectionPool(
                    number, port, timeout=timeout, server_hostname=host, assert_hostname=host
                )
            )
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
        try:
            if answer.status in {404, 410}:
                raise NotThere(f"There is nothing at {_shown(address)}")
            if answer.status != 200:
                raise FeedTrouble(f"{_shown(address)} answers {answer.status}")
            return json.loads(self._body(answer, address))
        except HTTPError as error:
            raise FeedTrouble(f"{_shown(address)} broke off: {error}") from error
        except (ValueError, RecursionError) as error:
            raise FeedTrouble(f"What stands at {_shown(address)} is not JSON") from error
        finally:
            # If the body was read to its end, the connection is back in the pool by now.
            answer.close()

    def _body(self, answer: BaseHTTPResponse, address: str) -> bytes:
        began, body = time.monotonic(), bytearray()
        # read1 gives what has come, so that a server which sends a byte at a time is given up.
        while chunk := answer.read1(CHUNK, decode_content=True):
            body += chunk
            if len(body) > self.most_bytes or time.monotonic() - began > MOST_SECONDS:
                raise FeedTrouble(f"{_shown(address)} is too large or too slow")
        return bytes(body)


def _shown(address: str) -> str:
    """An address for a message, without what may be a password."""
    return address.rpartition("@")[2][:200] if "@" in address else address[:200]
