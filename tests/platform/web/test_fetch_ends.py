"""A feed that never ends, or that unpacks into the whole memory, is left before it does harm."""

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, repeat
from typing import Any

import brotli
import pytest

from finder.platform.web.safe_fetch import (
    MOST_BYTES,
    MOST_SECONDS,
    FeedTrouble,
    NotThere,
    SafeClient,
)
from tests.support.feed_server import sending

FEW_BYTES = 200_000
SOON_S = 0.4
IN_FLIGHT = 20_000_000
"""More than two sockets hold between a server that writes and a reader that has gone."""
ZEROS = b"0" * 1_000_000


def web(**options: Any) -> SafeClient:
    wanted = {"allow_http": True, "allow_private": True, "pause": 0, "most_bytes": FEW_BYTES}
    return SafeClient(**wanted | options)


def head(status: int, **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Anything"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def packed_without_end(encoding: str) -> Iterator[bytes]:
    """Zeros without end, packed a thousandfold and more."""
    if encoding == "br":
        brotli_maker = brotli.Compressor(quality=5)
        while True:
            yield brotli_maker.process(ZEROS) + brotli_maker.flush()
    kind = {"gzip": 31, "deflate": 15}.get(encoding)
    if kind is None:
        yield from repeat(ZEROS)
    else:
        maker = zlib.compressobj(9, zlib.DEFLATED, kind)
        while True:
            yield maker.compress(ZEROS) + maker.flush(zlib.Z_SYNC_FLUSH)


def slowly(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        time.sleep(0.02)
        yield piece


def test_the_limits_are_those_of_the_documents() -> None:
    assert (MOST_BYTES, MOST_SECONDS) == (20_000_000, 30)
    assert (SafeClient().most_bytes, SafeClient().most_seconds) == (MOST_BYTES, MOST_SECONDS)


@pytest.mark.parametrize("encoding", ["identity", "gzip", "deflate", "br"])
@pytest.mark.parametrize(
    ("status", "why"),
    [
        (200, "is too large"),
        (302, "sends us from place to place"),
        (403, "answers 403"),
        (404, "nothing at"),
        (503, "does not answer: 503"),
    ],
)
def test_an_answer_without_end_is_left_in_every_status_and_encoding(
    status: int, why: str, encoding: str
) -> None:
    opening = head(status, Content_Encoding=encoding, Location="/onward")
    with sending(lambda _: chain([opening], packed_without_end(encoding))) as server:
        tracemalloc.start()
        try:
            with pytest.raises(FeedTrouble, match=why) as trouble:
                web().json(server.address)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert isinstance(trouble.value, NotThere) == (status == 404)
    assert max(server.sent) < IN_FLIGHT
    assert peak < IN_FLIGHT


@pytest.mark.parametrize(
    "encoding", ["gzip, gzip", "br, gzip", "gzip, br"], ids=["gzip2", "br-gzip", "gzip-br"]
)
def test_what_is_packed_twice_is_left_as_well(encoding: str) -> None:
    packers = {"gzip": gzip.compress, "br": brotli.compress}
    body = b"0" * 50_000_000
    for name in encoding.split(", "):
        body = packers[name](body)

    with sending(lambda _: [head(200, Content_Encoding=encoding), body]) as server:
        tracemalloc.start()
        try:
            with pytest.raises(FeedTrouble, match="is too large"):
                web().json(server.address)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert peak < IN_FLIGHT


CHUNKED = head(200, Transfer_Encoding="chunked")
DRIPPING: dict[str, Callable[[], Iterable[bytes]]] = {
    "before its status": lambda: repeat(b"H"),
    "in its headers": lambda: chain([b"HTTP/1.1 200 OK\r\nX: "], repeat(b"x")),
    "before a last word": lambda: repeat(head(100)),
    "in its body": lambda: chain([head(200)], repeat(b" ")),
    "in a body of a length": lambda: chain([head(200, Content_Length="99999")], repeat(b" ")),
    "between chunks": lambda: chain([CHUNKED], repeat(b"1\r\n \r\n")),
    "after the last chunk": lambda: chain([CHUNKED, b"2\r\n[]\r\n0\r\n"], repeat(b"a: b\r\n")),
    "unpacking to nothing": lambda: chain(
        [head(200, Content_Encoding="gzip")], repeat(gzip.compress(b""))
    ),
    "in an error": lambda: chain([b"HTTP/1.1 503 Busy\r\nX: "], repeat(b"x")),
}


@pytest.mark.parametrize("dripping", DRIPPING.values(), ids=DRIPPING)
def test_a_server_that_sends_a_little_at_a_time_is_left_wherever_it_does(
    dripping: Callable[[], Iterable[bytes]],
) -> None:
    with sending(lambda _: slowly(dripping())) as server:
        with pytest.raises(FeedTrouble, match="is too slow"):
            web(most_seconds=SOON_S).json(server.address)

        assert len(server.asked) == 1


def test_redirects_share_one_time() -> None:
    there = head(302, Location="/onward", Content_Length="0", Connection="close")
    letters = [there[place : place + 1] for place in range(len(there))]
    with (
        sending(lambda _: slowly(letters)) as server,
        pytest.raises(FeedTrouble, match="is too slow"),
    ):
        web(most_seconds=len(letters) * 0.03).json(server.address)


def test_one_that_says_nothing_at_all_is_left() -> None:
    with (
        sending(lambda _: slowly(repeat(b""))) as server,
        pytest.raises(FeedTrouble, match="is too slow"),
    ):
        web(most_seconds=SOON_S).json(server.address)


def test_the_time_begins_anew_with_each_request() -> None:
    answer = [head(200, Content_Length="2"), b"[]"]
    with sending(lambda _: slowly(answer)) as server:
        its = web(most_seconds=SOON_S)

        assert [its.json(server.address) for _ in range(15)] == [[]] * 15


def test_a_server_that_never_ends_its_greeting_is_left() -> None:
    hello = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc"  # a TLS record of 16 kB, begun
    with sending(lambda _: slowly(chain([hello], repeat(b"\x03")))) as server:
        its = web(most_seconds=SOON_S, resolve=lambda *_: ["127.0.0.1"])

        with pytest.raises(FeedTrouble, match="is too slow"):
            its.json(f"https://feed.example:{server.port}/")
