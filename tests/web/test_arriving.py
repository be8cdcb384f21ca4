"""Where a request ends is known before a thread is given to it."""

from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finder.web import arriving
from finder.web.arriving import Arrival, TooMuch

GET = b"GET /search?near=EH6 HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nemail=a%40b"


@given(st.sampled_from([GET, POST]), st.lists(st.integers(1, 20), min_size=1, max_size=9))
def test_however_it_is_cut_a_request_is_whole_at_its_last_byte_and_not_before(
    request: bytes, sizes: list[int]
) -> None:
    arrival, sent = Arrival.at(0), 0

    for size in cycle(sizes):
        piece = request[sent : sent + size]
        if not piece:
            break
        sent += len(piece)
        assert arrival.take(piece) is (sent == len(request))

    assert arrival.request() == request
    assert arrival.rest() == b""


def test_what_comes_after_it_is_the_beginning_of_the_next() -> None:
    arrival = Arrival.at(0)

    assert arrival.take(POST + GET[:9])

    assert (arrival.request(), arrival.rest()) == (POST, GET[:9])


def test_empty_lines_before_a_request_are_nothing() -> None:
    arrival = Arrival.at(0)

    assert not arrival.take(b"\r\n\r\n")
    assert arrival.take(GET)
    assert arrival.request() == GET


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (b"GET /" + b"a" * 40_000, arriving.HEAD_TOO_LONG),
        (GET[:-2] + b"A: " + b"a" * 40_000 + b"\r\n\r\n", arriving.HEAD_TOO_LONG),
        (GET[:-2] + b"Content-Length: 6000001\r\n\r\n", arriving.BODY_TOO_LONG),
        (GET[:-2] + b"CONTENT-LENGTH:999999999999\r\n\r\n", arriving.BODY_TOO_LONG),
        (
            GET[:-2] + b"Content-Length: 1\r\nContent-Length: 6000001\r\n\r\n",
            arriving.BODY_TOO_LONG,
        ),
        (GET[:-2] + b"transfer-encoding : chunked\r\n\r\n", arriving.NO_LENGTH),
    ],
)
def test_what_is_too_much_is_refused_before_it_is_here(sent: bytes, refusal: TooMuch) -> None:
    with pytest.raises(TooMuch) as refused:
        Arrival.at(0).take(sent)

    assert refused.value is refusal


def test_who_asks_whether_to_go_on_is_told_once_and_by_nobody_else() -> None:
    arrival = Arrival.at(0)
    head = POST[: -len(b"email=a%40b")]

    assert not arrival.take(head[:-2] + b"Expect: 100-continue\r\n\r\n")
    assert arrival.asks_to_go_on
    assert arrival.take(b"email=a%40b")

    assert b"Expect" not in arrival.request()
    assert arrival.request() == POST


def test_a_body_has_time_by_its_length_and_a_head_does_not() -> None:
    arrival = Arrival.at(100)
    assert arrival.until == 110

    arrival.take(GET[:-2] + b"Content-Length: 4000000\r\n\r\n")

    assert arrival.until == 110 + 20 + 2_000
