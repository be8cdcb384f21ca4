"""Every parser takes what it is given, or refuses it with a sentence; it never breaks."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults.soak import rounds
from tests.fuzz.targets import TARGETS, feed
from tests.support.odd_requests import ODD
from tests.support.paths import TOP

SIGNS = "£$€.,-–/:;()&+ \t\n0123456789abcdefghijklmnopqrstuvwxyzAMP½¼٣\x00\u202e@"
WORDS = (
    "£",
    "3.50",
    "free",
    "donation",
    "per",
    "month",
    "years",
    "-",
    "to",
    "under",
    "10am",
    "noon",
)
DATES = (
    "mon",
    "alternate",
    "first",
    "2nd",
    "tues",
    "12",
    "/",
    "nov",
    "2026",
    "EH6",
    "7BS",
    "@",
    ".",
)
PIECES = st.sampled_from([*WORDS, *DATES, *ODD[:30], " ", ",", '"', "\n"])
ANYTHING = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.text(SIGNS, max_size=60).map(str.encode),
    st.lists(PIECES, max_size=12).map(lambda found: "".join(found).encode("utf-8", "replace")),
)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=rounds(60, 20_000))
@given(data=ANYTHING)
def test_no_text_breaks_a_parser(name: str, data: bytes) -> None:
    feed(name, data)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("costs", "£3.50"),
        ("ages", "0-12 months"),
        ("times", "10am to 11.30am"),
        ("days", "Mondays"),
        ("dates", "24/11/2026"),
        ("postcodes", "eh6 7bs"),
        ("points", "55.976,-3.166"),
        ("emails", "parent@example.org"),
        ("paths", "/account/"),
        ("networks", "192.0.2.7"),
        ("words", "The songs were loud."),
        ("listings", "a,b\n1,2\n"),
    ],
)
def test_each_parser_takes_what_it_is_for(name: str, typed: str) -> None:
    assert feed(name, typed.encode())


def test_whoever_fuzzes_is_told_which_parsers_there_are() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--list"],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == list(TARGETS)
