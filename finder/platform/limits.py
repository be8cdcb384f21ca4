"""How often one network may ask, so that there is enough for others.

Phones share a network with thousands, so the limits are wide; services limit what costs mail for
each address besides.
"""

import ipaddress
import threading
import time
from collections.abc import Mapping
from functools import lru_cache

import limits
import structlog
from cachetools import TLRUCache
from flask import Flask, request
from limits.errors import StorageError
from limits.storage import Storage, storage_from_string
from werkzeug.exceptions import LengthRequired, TooManyRequests

log = structlog.get_logger("limits")
REST_S = 5.0
MOST_COUNTED = 100_000
"""Networks and errands that a process counts; beyond it, those seen longest ago start anew."""
TIMEOUTS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
"""Seconds that Redis may take, since a sign-in waits for it."""
IPV6_HOME = 64
"""Bits of an IPv6 address that name a household or office; it may choose all the others."""

ANY_FORM = ("form", "600/hour")
WAIT_S = {"minute": 60, "hour": 600}


class BadLimitsUrl(ValueError):
    """FINDER_LIMITS_URL names no storage to count in."""


class CountsInMemory(Storage):
    """Counts in this process, for `memory://` and for while Redis can't be reached.

    The library's own starts a thread every hundredth of a second, which looks through all counts.
    That took a sixth of a results page for 4,000 networks.
    """

    STORAGE_SCHEME: list[str] | None = ["memory"]  # noqa: RUF012 - as the library declares it

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_: str) -> None:
        """uri: as the library passes it. It says nothing more here."""
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._counts: TLRUCache[str, tuple[int, float]] = TLRUCache(
            MOST_COUNTED, ttu=lambda _key, counted, _now: counted[1], timer=time.monotonic
        )
        self._lock = threading.Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        """The errors of this storage: it has none of its own."""
        return OSError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Add to the count of a key, which begins at nothing again after `expiry` seconds."""
        with self._lock:
            count, until = self._counts.get(key, (0, time.monotonic() + expiry))
            self._counts[key] = count + amount, until
        return count + amount

    def get(self, key: str) -> int:
        """The count of a key."""
        with self._lock:
            return self._counts.get(key, (0, 0.0))[0]

    def get_expiry(self, key: str) -> float:
        """When a key begins at nothing again, by time.monotonic()."""
        with self._lock:
            return self._counts.get(key, (0, time.monotonic()))[1]

    def check(self) -> bool:
        """Whether the storage can be reached."""
        return True

    def reset(self) -> int:
        """Forget all counts; how many keys there were."""
        with self._lock:
            count = len(self._counts)
            self._counts.clear()
        return count

    def clear(self, key: str) -> None:
        """Forget the count of a key."""
        with self._lock:
            self._counts.pop(key, None)


class Limits:
    """Counts by network, in this process or in one place for many machines."""

    def __init__(self, url: str) -> None:
        """url: `memory://`, `redis://…` and the like. BadLimitsUrl."""
        timeouts = TIMEOUTS if url.startswith(("redis", "rediss")) else {}
        try:
            storage = storage_from_string(url, wrap_exceptions=True, **timeouts)
        except Exception as error:  # a storage raises what its own client raises
            raise BadLimitsUrl("FINDER_LIMITS_URL is no place to count in") from error
        self._storage = storage
        self._limiter = limits.strategies.FixedWindowRateLimiter(storage)
        self._own = limits.strategies.FixedWindowRateLimiter(CountsInMemory())
        self._rests_until = 0.0

    def answers(self) -> bool:
        """Whether the storage can be reached."""
        try:
            return bool(self._storage.check())
        except StorageError:
            return False

    def take(self, errand: str, network: str, most: str) -> bool:
        """Count one request; False where the network has had its share. most: such as "30/hour".

        While the storage can't be reached, this process counts for itself and tries the storage
        again after REST_S: a site that nobody can sign in to is worse, and so is one that waits.
        """
        limit, who = _parsed(most), network_of(network)
        if time.monotonic() >= self._rests_until:
            try:
                return self._limiter.hit(limit, errand, who)
            except StorageError as error:
                self._rests_until = time.monotonic() + REST_S
                log.error("limits_failed", kind=type(error.storage_error).__name__)
        return self._own.hit(limit, errand, who)


@lru_cache(maxsize=64)
def _parsed(most: str) -> limits.RateLimitItem:
    return limits.parse(most)


def network_of(address: str) -> str:
    """The network of an internet address; any other text counts as a network of its own."""
    if not {":", "%"} & set(address):
        return address[:64]  # one of IPv4 is its own network
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, IPV6_HOME), strict=False))
    return str(found)


def start(app: Flask, limits: Limits, table: Mapping[tuple[str, str], tuple[str, str]]) -> None:
    """Refuse what would cost others too much, before anything is read or asked.

    A network that asks too often gets 429. table: by method and endpoint, under which name
    requests are counted and how many may be made. Every form counts as ANY_FORM besides.

    A body in chunks gets 411. Werkzeug cuts one off at the limit and reads on without an error;
    and a proxy that buffers requests, as ours does, sends a length.
    """

    @app.before_request
    def refuse() -> None:
        if "HTTP_TRANSFER_ENCODING" in request.environ:
            raise LengthRequired
        method = "POST" if request.method not in {"GET", "HEAD", "OPTIONS"} else "GET"
        own = table.get((method, request.endpoint or ""))
        for errand, most in filter(None, (own, ANY_FORM if method == "POST" else None)):
            if not limits.take(errand, request.remote_addr or "", most):
                raise TooManyRequests(retry_after=WAIT_S[most.partition("/")[2]])
