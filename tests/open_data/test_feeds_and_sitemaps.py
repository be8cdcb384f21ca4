"""What other programs follow."""

import json
from xml.etree import ElementTree

import pytest

from finder.open_data.feeds import ATOM, SITEMAP
from tests.support.page_client import PageClient
from tests.support.site import GROUPS, Site

NEAR = "near=EH6+7BS&radius=25&unknown=1"


def read(pages: PageClient, address: str) -> ElementTree.Element:
    answer = pages.client.get(address)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.data)  # noqa: S314 - our own


def test_any_search_has_a_feed_of_its_groups(pages: PageClient) -> None:
    feed = read(pages, f"/search.atom?{NEAR}")
    swims = read(pages, f"/search.atom?{NEAR}&format=antenatal_or_postnatal")

    assert len(feed.findall(f"{{{ATOM}}}entry")) == len(GROUPS)
    assert [e.text for e in swims.findall(f"{{{ATOM}}}entry/{{{ATOM}}}title")] == [
        "Group baby-circle, Hall baby-circle"
    ]


def test_results_name_their_feed(pages: PageClient) -> None:
    page = pages.get(f"/search?{NEAR}&format=singing")
    (address,) = page.values("link[rel=alternate]", "href")

    assert address.startswith("/search.atom?near=EH6+7BS&radius=25&format=singing")
    assert read(pages, address).findall(f"{{{ATOM}}}entry")


@pytest.mark.parametrize("query", ["", "near=EH99+9ZZ", "near=%00", "near=Newport"])
def test_a_feed_of_nowhere_says_why(pages: PageClient, query: str) -> None:
    feed = read(pages, f"/search.atom?{query}")

    assert not feed.findall(f"{{{ATOM}}}entry")
    assert feed.findtext(f"{{{ATOM}}}title")


def test_sitemaps_list_our_pages_and_no_example(pages: PageClient) -> None:
    index = read(pages, "/sitemap.xml")
    addresses = [found.text for found in index.iter(f"{{{SITEMAP}}}loc")]
    own = [found.text for found in read(pages, "/sitemap/0.xml").iter(f"{{{SITEMAP}}}loc")]

    assert addresses == ["http://127.0.0.1:8000/sitemap/0.xml"], "all groups of tests are examples"
    assert "http://127.0.0.1:8000/about/privacy" in own
    pages.get("/sitemap/1.xml", status=404)
    for address in own:
        assert address
        pages.get(address.removeprefix("http://127.0.0.1:8000"))


def test_robots_are_shown_the_sitemap(pages: PageClient) -> None:
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in pages.client.get("/robots.txt").text


def test_a_group_looks_like_itself_when_it_is_shared(pages: PageClient, site: Site) -> None:
    address = site.groups["rhyme-time"]
    page = pages.get(address)

    shown = dict(
        zip(
            page.values("meta[property^='og:']", "property"),
            page.values("meta[property^='og:']", "content"),
            strict=True,
        )
    )
    assert shown["og:title"] == "Group rhyme-time, Hall rhyme-time"
    assert shown["og:url"] == f"http://127.0.0.1:8000{address}"
    picture = pages.client.get(shown["og:image"].removeprefix("http://127.0.0.1:8000"))
    assert picture.mimetype == "image/png"


def test_a_groups_page_holds_its_dates_for_search_engines(pages: PageClient, site: Site) -> None:
    page = pages.get(site.groups["rhyme-time"])
    (script,) = page.tree.query("script[type='application/ld+json']")

    series = json.loads("".join(child.data for child in script.children))

    assert series["@type"] == "EventSeries"
    assert series["url"] == f"http://127.0.0.1:8000{site.groups['rhyme-time']}"
    assert series["isAccessibleForFree"] is True
    assert "<b>Come as you are</b>" in series["description"]


@pytest.mark.parametrize("number", ["50000", "50001", "9" * 30])
def test_a_sitemap_that_can_not_be_is_not_there(pages: PageClient, number: str) -> None:
    assert pages.client.get(f"/sitemap/{number}.xml").status_code == 404
