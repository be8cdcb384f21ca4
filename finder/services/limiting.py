"""How often one network may ask for something that costs others: mail, above all."""

import ipaddress
import threading
import time
from functools import lru_cache

import limits
import structlog
from limits.errors import StorageError
from limits.storage import Storage, storage_from_string

log = structlog.get_logger("limits")
REST_S = 5.0
FORGET_EVERY_S = 60.0
PATIENCE = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
"""Seconds that Redis may take: a sign-in waits for it."""
IPV6_HOME = 64
"""Bits of an IPv6 address that one household or office keeps; it may draw all the others."""


class BadLimitsUrl(ValueError):
    """FINDER_LIMITS_URL says something that is no place to count in."""


class CountsHere(Storage):
    """Counts in this process, for `memory://` and for while Redis is away.

    In the place of the library's own, which forgets old counts in a thread that it starts for
    four requests in ten: here they are forgotten once in FORGET_EVERY_S, by whoever comes by.
    """

    STORAGE_SCHEME: list[str] | None = ["memory"]  # noqa: RUF012 - as the library has it

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **_: str) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._counts: dict[str, tuple[int, float]] = {}
        self._forget_at = time.monotonic() + FORGET_EVERY_S
        self._lock = threading.Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What a counting place raises of its own: this one nothing."""
        return OSError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count so many more under a key, which begins at nothing `expiry` seconds later."""
        now = time.monotonic()
        with self._lock:
            if now >= self._forget_at:
                self._counts = {k: kept for k, kept in self._counts.items() if now < kept[1]}
                self._forget_at = now + FORGET_EVERY_S
            count, until = self._counts.get(key, (0, 0.0))
            if now >= until:
                count, until = 0, now + expiry
            self._counts[key] = count + amount, until
        return count + amount

    def get(self, key: str) -> int:
        """What is counted under a key."""
        count, until = self._counts.get(key, (0, 0.0))
        return count if time.monotonic() < until else 0

    def get_expiry(self, key: str) -> float:
        """When a key begins at nothing again, by this machine's running clock."""
        return max(self._counts.get(key, (0, 0.0))[1], time.monotonic())

    def check(self) -> bool:
        """Whether it can be reached: it is here."""
        return True

    def reset(self) -> int:
        """Forget all; how many keys that was."""
        with self._lock:
            count, self._counts = len(self._counts), {}
        return count

    def clear(self, key: str) -> None:
        """Forget one."""
        with self._lock:
            self._counts.pop(key, None)

    def __len__(self) -> int:
        return len(self._counts)


class Limits:
    """Counts by network, in this process or in one place for many machines."""

    def __init__(self, url: str) -> None:
        """url: `memory://`, `redis://…` and the like. BadLimitsUrl."""
        patience = PATIENCE if url.startswith(("redis", "rediss")) else {}
        try:
            storage = storage_from_string(url, wrap_exceptions=True, **patience)
        except Exception as error:  # a storage raises what its own client raises
            raise BadLimitsUrl("FINDER_LIMITS_URL is no place to count in") from error
        self._storage = storage
        self._limiter = limits.strategies.FixedWindowRateLimiter(storage)
        self._own = limits.strategies.FixedWindowRateLimiter(CountsHere())
        self._rests_until = 0.0

    def answers(self) -> bool:
        """Whether the counting place can be reached."""
        try:
            return bool(self._storage.check())
        except StorageError:
            return False

    def take(self, errand: str, network: str, most: str) -> bool:
        """Count one, and say whether it may go on. most: such as "30/hour".

        While the counting place can't be reached this process counts for itself, and does not ask
        again for REST_S: a site that nobody can sign in to is worse, and so is one that waits.
        """
        share, who = _parsed(most), network_of(network)
        if time.monotonic() >= self._rests_until:
            try:
                return self._limiter.hit(share, errand, who)
            except StorageError as error:
                self._rests_until = time.monotonic() + REST_S
                log.error("limits_failed", kind=type(error.storage_error).__name__)
        return self._own.hit(share, errand, who)


@lru_cache(maxsize=64)
def _parsed(most: str) -> limits.RateLimitItem:
    return limits.parse(most)


def network_of(address: str) -> str:
    """The network that an internet address belongs to; anything else is one of its own."""
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
