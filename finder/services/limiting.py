"""How often one network may ask for something that costs others: mail, above all."""

import ipaddress

import limits
import structlog
from limits.errors import StorageError
from limits.storage import storage_from_string

log = structlog.get_logger("limits")
IPV6_HOME = 64
"""Bits of an IPv6 address that one household or office keeps; it may draw all the others."""


class BadLimitsUrl(ValueError):
    """FINDER_LIMITS_URL says something that is no place to count in."""


class Limits:
    """Counts by network, in this process or in one place for many machines."""

    def __init__(self, url: str) -> None:
        """url: `memory://`, `redis://…` and the like. BadLimitsUrl."""
        try:
            storage = storage_from_string(url, wrap_exceptions=True)
        except Exception as error:  # a storage raises what its own client raises
            raise BadLimitsUrl("FINDER_LIMITS_URL is no place to count in") from error
        self._limiter = limits.strategies.FixedWindowRateLimiter(storage)

    def take(self, errand: str, network: str, most: str) -> bool:
        """Count one, and say whether it may go on. most: such as "30/hour".

        Where the counting place can't be reached everybody goes on: a site that nobody can sign
        in to is worse, and the database limits each address besides.
        """
        try:
            return self._limiter.hit(limits.parse(most), errand, network_of(network))
        except StorageError as error:
            log.error("limits_failed", kind=type(error.storage_error).__name__)
            return True


def network_of(address: str) -> str:
    """The network that an internet address belongs to; anything else is one of its own."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, IPV6_HOME), strict=False))
    return str(found)
