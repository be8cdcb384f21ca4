"""Tells the public internet from our own network, however an address is written.

A name, a number in decimal, hex or octal (`2130706433`, `0x7f.1`), or an IPv6 form that wraps an
IPv4 address: the resolver turns each into an IP address, and that is what is looked at.
"""

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Resolve = Callable[[str, int], Iterable[str]]

GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All that has been given out for the public internet (RFC 4291)."""
NAT64 = IPv6Network("64:ff9b::/96")
"""The public prefix for IPv4 behind a translator (RFC 6052)."""
ISATAP = {0x00005EFE, 0x02005EFE}
"""The upper half of an interface's number that holds an IPv4 address below it (RFC 5214)."""


def addresses_of(host: str, port: int) -> Iterable[str]:
    """The IP addresses of a name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an IP address is public, also inside IPv6 forms that wrap an IPv4 address."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return _is_global(ip)
    if not all(map(_is_global, _wrapped_in(ip))):
        return False
    return bool(ip.ipv4_mapped) or ip in NAT64 or (ip in GLOBAL_UNICAST and _is_global(ip))


def _wrapped_in(ip: IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that a packet to this one may be sent to."""
    last = IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.ipv4_mapped or ip in NAT64 or (int(ip) >> 32) & 0xFFFFFFFF in ISATAP:
        return [last]
    if ip.sixtofour:
        return [ip.sixtofour]
    return list(ip.teredo or ())


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)
