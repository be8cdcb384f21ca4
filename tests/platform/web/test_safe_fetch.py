"""Fetching from servers that may be slow, broken or bad."""

import gzip
import sys
from collections.abc import Callable
from typing import Any

import pytest

from finder.platform.web.public_ip import is_public
from finder.platform.web.safe_fetch import FeedTrouble, NotThere, SafeClient
from tests.support.feed_server import Answer, serving

GZIP = {"Content-Encoding": "gzip"}
SHORT = {"Content-Length": "50", "Connection": "close"}


def web(**options: Any) -> SafeClient:
    return SafeClient(**{"allow_http": True, "allow_private": True, "pause": 0, **options})


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"],
)
def test_the_public_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a00:1::",
        "::127.0.0.1",
        "::8.8.8.8",  # was never given out for the internet
        "::ffff:0:127.0.0.1",
        "64:ff9b:1::a00:1",
        "2001:0:808:808::f5ff:fffe",  # Teredo: 10.0.0.1 by way of 8.8.8.8
        "2001:0:a00:1::f7f7:f7f7",  # Teredo: 8.8.8.8 by way of 10.0.0.1
        "2606:4700::5efe:10.0.0.1",  # ISATAP
        "fec0::1",
        "100::1",
        "3fff::1" if sys.version_info >= (3, 13) else "2001:db8::1",
        "4000::1",
    ],
)
def test_what_is_within_a_network_is_not_however_it_is_wrapped(address: str) -> None:
    assert not is_public(address)


def test_json_is_read_also_compressed() -> None:
    packed = Answer(gzip.compress(b'{"a": 1}'), headers=GZIP)
    with serving(lambda path: packed if path == "/packed?x=1" else Answer([1])) as server:
        assert web().json(f"{server.address}/packed?x=1") == {"a": 1}
        assert web().json(server.address) == [1]


def test_a_server_within_this_network_is_not_asked() -> None:
    refused = pytest.raises(FeedTrouble, match="within this network")
    with serving(lambda path: Answer([])) as server, refused:
        web(allow_private=False).json(server.address)

    assert server.asked == []


NUMBERS = ("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001")
WRAPPED = (
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "64:ff9b::127.0.0.1",
    "2002:7f00:1::",
)
HOSTS = (
    *(*NUMBERS, "0", "localhost", "127.0.0.1.", "１２７.0.0.1"),
    *(f"[{ip}]" for ip in (*WRAPPED, "::1", "::", "::ffff:0:127.0.0.1", "2001:0:7f00:1::")),
)
"""This machine, as an address may write it."""


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("is_redirect", [False, True], ids=["typed", "redirect"])
def test_this_machine_is_not_asked_however_it_is_written(host: str, is_redirect: bool) -> None:
    with serving(lambda path: Answer({"secret": 1})) as inside:
        secret = f"http://{host}:{inside.port}/"
        onward = Answer(status=307, headers={"Location": secret.encode().decode("latin-1")})
        with serving(lambda path: onward) as outside:
            its = web(allow_private=False)
            its._pools["http", "public.example", 80] = web()._pool(
                "http", "127.0.0.1", outside.port
            )

            with pytest.raises(FeedTrouble, match=r"within this network|no server named"):
                its.json("http://public.example/" if is_redirect else secret)

    assert inside.asked == []


def public_then(onward: str) -> Callable[[str, int], list[str]]:
    """A name that is public at first sight; where it leads is looked up honestly."""
    return lambda host, port: ["8.8.8.8"] if host == "public.example" else [onward]


@pytest.mark.parametrize("onward", ["127.0.0.1", "10.0.0.1", "::1", "::ffff:10.0.0.1"])
def test_a_redirect_into_this_network_is_not_followed(onward: str) -> None:
    there = Answer(status=302, headers={"Location": "http://inside.example/secret"})
    with serving(lambda path: there) as server:
        its = web(allow_private=False, resolve=public_then(onward))
        its._pools["http", "public.example", 80] = web()._pool("http", "127.0.0.1", server.port)

        with pytest.raises(FeedTrouble, match=r"inside\.example is within this network"):
            its.json("http://public.example/")

    assert len(server.asked) == 1


def test_one_private_number_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(FeedTrouble, match="within this network"):
        web(allow_private=False, resolve=lambda *_: ["8.8.8.8", "10.0.0.1"]).json(
            "http://a.example"
        )


def test_a_name_is_looked_up_once_and_asked_under_its_own_name() -> None:
    looked_up: list[str] = []
    with serving(lambda path: Answer([])) as server:

        def resolve(host: str, port: int) -> list[str]:
            looked_up.append(host)
            return ["127.0.0.1"] if len(looked_up) == 1 else ["10.0.0.1"]

        its = web(resolve=resolve)
        for _ in range(3):
            its.json(f"http://feed.example:{server.port}/")

    assert looked_up == ["feed.example"]
    assert server.hosts == [f"feed.example:{server.port}"] * 3


def test_redirects_are_followed_but_not_for_ever() -> None:
    def answer(path: str) -> Answer:
        if path == "/old":
            return Answer(status=301, headers={"Location": "/new"})
        if path == "/round":
            return Answer(status=302, headers={"Location": "/round"})
        return Answer({"at": path})

    with serving(answer) as server:
        assert web().json(f"{server.address}/old") == {"at": "/new"}
        with pytest.raises(FeedTrouble, match="without end"):
            web().json(f"{server.address}/round")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_is_busy_is_asked_again(status: int) -> None:
    answers = [Answer(status=status), Answer(status=status, headers={"Retry-After": "0"})]
    with serving(lambda path: answers.pop() if answers else Answer("at last")) as server:
        assert web().json(server.address) == "at last"
        assert len(server.asked) == 3


def test_one_that_stays_busy_is_given_up() -> None:
    refused = pytest.raises(FeedTrouble, match="does not answer")
    with serving(lambda path: Answer(status=503)) as server, refused:
        web().json(server.address)

    assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(status=404), "nothing at"),
        (Answer(status=403), "answers 403"),
        (Answer(b"<html>"), "not JSON"),
        (Answer(b"[" * 100_000), "not JSON"),
        (Answer(b'"' + b"x" * 2_000 + b'"'), "too large"),
        (
            Answer(gzip.compress(b"0" * 1_000_000), headers=GZIP),
            "too large",
        ),
        (Answer(b"not gzip", headers=GZIP), "broke off"),
        (Answer(b"[]", headers=SHORT), "broke off"),
    ],
    ids=["gone", "refused", "html", "deep", "large", "bomb", "bent", "short"],
)
def test_what_can_not_be_read_says_why(answer: Answer, why: str) -> None:
    many = 500_000 if why == "not JSON" else 1_000
    refused = pytest.raises(FeedTrouble, match=why)
    with serving(lambda path: answer) as server, refused as trouble:
        web(most_bytes=many).json(server.address)

    assert isinstance(trouble.value, NotThere) == (answer.status == 404)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://feed.example/", "not https"),
        ("ftp://feed.example/", "not a web address"),
        ("file:///etc/passwd", "not a web address"),
        ("https://", "not a web address"),
        ("https://[::1", "not a web address"),
        ("https://feed.example:x/", "not a web address"),
        ("https://user:pw@feed.example/", "^feed.example/ is not a web address"),
    ],
)
def test_only_a_plain_https_address_is_asked(address: str, why: str) -> None:
    with pytest.raises(FeedTrouble, match=why):
        SafeClient().json(address)


def test_a_redirect_may_not_leave_https() -> None:
    there = Answer(status=302, headers={"Location": "http://feed.example/"})
    with serving(lambda path: there) as server:
        its = SafeClient(allow_private=True)
        its._pools["https", "feed.example", 443] = web()._pool("http", "127.0.0.1", server.port)

        with pytest.raises(FeedTrouble, match="not https"):
            its.json("https://feed.example/")


def test_a_server_that_is_not_there_says_so() -> None:
    with pytest.raises(FeedTrouble, match="no server named"):
        web(resolve=lambda *_: []).json("http://nowhere.example")
    with serving(lambda path: Answer([])) as server:
        pass
    with pytest.raises(FeedTrouble, match="does not answer"):
        web().json(server.address)
