"""Marks tell senders apart, and nobody can be found by them."""

from collections import Counter
from ipaddress import ip_address

from finder.platform.tokens import MARK_LENGTH, email_mark, network_mark


def test_one_network_has_one_mark_under_one_key() -> None:
    assert network_mark("key", "192.0.2.1") == network_mark("key", "192.0.2.1")
    assert network_mark("key", "192.0.2.1") != network_mark("key", "192.0.2.2")
    assert network_mark("key", "192.0.2.1") != network_mark("other", "192.0.2.1")


def test_a_mark_is_so_short_that_many_networks_share_it() -> None:
    marks = Counter(network_mark("key", str(ip_address(n))) for n in range(20_000))

    assert {len(mark) for mark in marks} == {MARK_LENGTH}
    assert marks.most_common(1)[0][1] > 1
    assert 2**32 / 16**MARK_LENGTH > 4_000


def test_an_address_is_known_again_whatever_its_case() -> None:
    assert email_mark("Anna@Example.org") == email_mark("anna@example.org")
    assert email_mark("anna@example.org") != email_mark("ben@example.org")
    assert "anna" not in email_mark("anna@example.org")
