"""Who says how much talking there is reads the same in every place, and nothing contradicts it."""

import re

import pytest

from finder.domain.facts import Fact
from finder.reviews.rules import Visit
from tests.support.review_parts import draft, publish
from tests.support.review_site import Site, site

__all__ = ["site"]
pytestmark = pytest.mark.usefixtures("first_reviews_are_trusted")
SENTENCE = "5 of 6 parents: a hello or less."
SEASONS = ("spring 2026", "summer 2026", "autumn 2026")
LEVELS = ("No talking needed", "A hello", "Some chat", "Chatty", "Introductions")


def six_reviews(site: Site) -> None:
    """Levels 1, 1, 1, 2, 2 and 3; the first three came for the first time."""
    for number, level in enumerate((1, 1, 1, 2, 2, 3)):
        told = draft(
            level,
            visit=Visit(2026, 4 + number),
            words=f"Words number {number}.",
            advice=f"Advice number {number}.",
            was_first_time=number < 3,
            facts={Fact.INCLUDED: number > 0, Fact.SING: True},
        )
        publish(site.db, site.group, told)


def test_the_sentence_is_the_same_on_every_page_and_in_every_feed(site: Site) -> None:
    six_reviews(site)
    near = "near=EH6+7BS&radius=25&unknown=1"

    for address in (f"/groups/{site.group}", f"/search?{near}", f"/shortlist?g={site.group}"):
        assert site.get(address).words.count(SENTENCE) == 1, address
    for address in (
        f"/search.geojson?{near}",
        f"/search.atom?{near}",
        f"/openreferral/v3/services/{site.group}",
    ):
        assert SENTENCE in site.browser.client.get(address).text, address


def test_bars_are_parents_answers_and_sum_to_all_of_them(site: Site) -> None:
    six_reviews(site)

    page = site.get(f"/groups/{site.group}")

    assert page.all(".bars dd") == ["3", "2", "1", "0", "0"]
    assert "3 of 3 who came for the first time said the same." in page.one(".meter")
    assert "%" not in page.words
    assert "If you want company, someone usually includes you. 5 of 6 parents say so." in (
        page.one(".promise")
    )


def test_a_level_that_is_not_what_most_said_has_its_reason_on_the_page(site: Site) -> None:
    six_reviews(site)

    page = site.get(f"/groups/{site.group}")

    level = page.one(".meter .talk strong").removeprefix("Probably: ").capitalize()
    reason = "We say 2, not 1: three of six were spoken to."
    assert (reason in page.words) is (level == "A hello")


def test_no_review_shows_its_level_beside_its_season_or_words(site: Site) -> None:
    six_reviews(site)

    page = site.get(f"/groups/{site.group}")

    lines = [*page.all(".reviews li"), *page.all(".said")]
    assert len(lines) == 11
    assert all(any(season in line for season in SEASONS) for line in lines)
    assert not any(level in line for level in LEVELS for line in lines)
    assert not any(re.search(r"first time|[1-5] of", line) for line in lines)


def test_one_or_two_parents_have_a_sentence_and_nothing_else(site: Site) -> None:
    publish(site.db, site.group, draft(1, was_first_time=True, facts={Fact.INCLUDED: True}))

    page = site.get(f"/groups/{site.group}")

    assert "One or two parents: no talking at all." in page.one(".meter .talk")
    assert "One or two parents: they were included" in page.one(".promise")
    assert page.all(".bars, .chances") == []
    assert "usually includes" not in page.words
    assert "first time" not in page.one(".meter")

    publish(site.db, site.group, draft(4))

    assert "One or two parents; they don’t agree." in site.get(f"/groups/{site.group}").words


def test_a_band_says_of_what_it_is_sure(site: Site) -> None:
    six_reviews(site)

    page = site.get("/search?near=EH6+7BS&talking=3&not=craft&unknown=1")
    sure = site.get("/search?near=EH6+7BS&talking=3")

    assert "Some chat or less, no craft:" in page.one(".bands")
    assert sure.one(".card .band") == "Fairly sure: some chat or less"


def test_who_says_a_fact_has_a_season_and_no_day_of_a_parent(site: Site) -> None:
    six_reviews(site)

    [sing] = [
        line
        for line in site.get(f"/groups/{site.group}").all(".sources li")
        if line.startswith("Sing:")
    ]

    assert sing.startswith("Sing: 6 parents, last in autumn 2026")
