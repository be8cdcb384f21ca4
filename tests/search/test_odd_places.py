"""Whatever somebody types into the box, they get a page, a kind sentence and the box again."""

import re

import pytest

from tests.support.page_client import PageClient

FOUND = [
    "EH6 7BS", "eh67bs", "  eh6   7bs ", "EH6 7BS.", "E H 6 7 B S", "EH6-7BS",
    "EH6", "eh6 7", "SW1A 1AA", "SW1A 1AA,", "W1A", "M1 1AE", "BT1 5GS", "bt15gs",
    "CF10 1EP", "ZE1 0AA", "TR21 0LW", "Leith walk EH6 7BS", "Edinburgh", "edinburgh ", "EDINBURGH",
    "London", "Caerdydd", "Cardiff", "Belfast", "St Andrews", "St. Andrews", "Saint Andrews",
    "Newcastle upon Tyne", "Stoke-on-Trent", "Hebden Bridge", "King's Lynn", "King’s Lynn",
    "55.976,-3.1657",
]  # fmt: skip
NOT_FOUND = [
    "EH", "EH6 7B5", "EH99 9ZZ", "ZZ1 1ZZ", "QQ", "JE2 3AB", "GY1 1AA", "IM1 1AA", "Jersey",
    "Isle of Man", "Newport", "Hebdon Bridge", "Lieth", "Edinbrugh", "Paris", "90210", "K1A 0B1",
    "D02 AF30",
    "?", "!!!", "%", "%00", "\x00\x01", "🍼", "🍼 EH6", "null", "undefined", "None", "-1", "0",
    "1e309", "٣٤٥", "ＥＨ６ ７ＢＳ", "<script>alert(1)</script>", "'; DROP TABLE groups; --",
    "../../etc/passwd", "{{ 7 * 7 }}", "${7*7}", "a\r\nSet-Cookie: x=y", "EH6" * 200,
    "a" * 101, "near me", "my house", "12 Example Street", "999,999", "91.0,0.0", "0,0",
    "48.85,2.35", "NaN,NaN", "\u202eSB7 6HE", "e\u0301dinburgh", "ﬃ", "\ud7ff", "     ", "\t\n",
]  # fmt: skip


def test_these_are_more_than_sixty() -> None:
    assert len({*FOUND, *NOT_FOUND}) == len(FOUND) + len(NOT_FOUND) > 60


@pytest.mark.parametrize("typed", [*FOUND, *NOT_FOUND], ids=ascii)
def test_anything_typed_is_answered_kindly(pages: PageClient, typed: str) -> None:
    page = pages.ask("/search", {"near": typed})

    assert len(page.values("input#near", "name")) == 1
    words = page.words
    assert not re.search(r"[Ii]nvalid|[Ee]rror \d|Traceback|None of|!", words.replace(typed, ""))
    assert "<script>alert" not in page.answer.text
    assert "Set-Cookie" not in page.answer.headers


@pytest.mark.parametrize("typed", FOUND, ids=ascii)
def test_what_can_be_meant_is_found(pages: PageClient, typed: str) -> None:
    assert re.match(
        r"(\d+|No) groups? within 3 miles of ", pages.ask("/search", {"near": typed}).one("h1")
    )


@pytest.mark.parametrize("typed", NOT_FOUND, ids=ascii)
def test_the_map_answers_the_same_words(pages: PageClient, typed: str) -> None:
    answer = pages.client.get("/search.geojson", query_string={"near": typed})

    assert answer.status_code == 200
    assert answer.get_json(force=True)["type"] == "FeatureCollection"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Jersey", "We can't search in Jersey yet"),
        ("IM1 1AA", "the Isle of Man"),
        (
            "EH99 9ZZ",
            "We can't find EH99 9ZZ. Check the postcode, or try the first half, like EH6.",
        ),
        ("Edinbrugh", "Did you mean Edinburgh?"),
    ],
)
def test_what_can_not_be_found_says_what_to_do(pages: PageClient, typed: str, said: str) -> None:
    assert said in pages.ask("/search", {"near": typed}).one("#near-error")
