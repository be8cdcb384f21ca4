"""What a group’s page shows of its reviews, from the third on."""

import pytest

from finder.domain.facts import Fact
from finder.reviews.rules import Visit
from tests.support.review_parts import draft, publish
from tests.support.review_site import Site

pytestmark = pytest.mark.usefixtures("first_reviews_are_trusted")


def test_words_appear_only_with_the_third_review(site: Site) -> None:
    for number in (1, 2):
        publish(site.db, site.group, draft(words=f"Words number {number}"))
        page = site.get(f"/groups/{site.group}")
        assert "Words number" not in page.words
        assert "One or two parents have told us" in page.words

    publish(site.db, site.group, draft(words="Words number 3", would_go_again=True))

    page = site.get(f"/groups/{site.group}")
    assert "3 parents have told us" in page.words
    for number in (1, 2, 3):
        assert f"Words number {number}" in page.words


def test_a_review_shows_a_season_and_nothing_else_of_its_author(site: Site) -> None:
    for _ in range(3):
        publish(site.db, site.group, draft(visit=Visit(2026, 5), came_alone=True, words="Fine."))

    page = site.get(f"/groups/{site.group}")

    assert "A parent, spring 2026" in page.words
    assert "May 2026" not in page.words
    assert "@example.org" not in page.answer.text


def test_a_parent_who_wants_no_words_printed_is_counted_only(site: Site) -> None:
    for number in range(3):
        hidden = draft(words="Not for print", advice="Nor this", print_words=number > 0)
        publish(site.db, site.group, hidden if number == 0 else draft(words="For print"))

    page = site.get(f"/groups/{site.group}")

    assert "3 parents have told us" in page.words
    assert "For print" in page.words
    assert "Not for print" not in page.words
    assert "Nor this" not in page.words


def test_ten_reviews_make_a_page_newest_first(site: Site) -> None:
    for month in range(1, 12):
        publish(site.db, site.group, draft(visit=Visit(2026, month), words=f"In month {month}."))

    first = site.get(f"/groups/{site.group}")
    second = site.get(f"/groups/{site.group}?reviews=2")

    assert first.all(".words")[0] == "In month 11."
    assert len(first.all(".words")) == 10
    assert second.all(".words") == ["In month 1."]
    for nonsense in ("99", "-1", "x", "1e9", "9" * 40):
        site.get(f"/groups/{site.group}?reviews={nonsense}")


def test_being_included_is_said_beside_the_level(site: Site) -> None:
    for _ in range(3):
        publish(site.db, site.group, draft(facts={Fact.INCLUDED: True}))

    page = site.get(f"/groups/{site.group}")

    assert "If you want company, someone usually includes you." in page.one(".promise")
