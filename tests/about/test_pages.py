"""Pages that say how the site works."""

from fnmatch import fnmatch

import pytest

from finder.about.views import PAGES
from tests.support.page_client import PageClient


@pytest.mark.parametrize("name", PAGES)
def test_each_page_has_its_title_and_asks_nothing_of_the_database(
    pages: PageClient, name: str
) -> None:
    most = 8 if name == "reviews" else 0  # which counts the log of two years
    assert pages.get(f"/about/{name}", most_statements=most).one("h1") == PAGES[name]


def test_the_list_leads_to_each_page(pages: PageClient) -> None:
    links = pages.get("/about/").values(".places a", "href")

    assert links == [f"/about/{name}" for name in PAGES]


@pytest.mark.parametrize("name", ["nothing", "page", "you_dont_have_to_go", "..%2flayout"])
def test_no_other_template_can_be_read(pages: PageClient, name: str) -> None:
    pages.get(f"/about/{name}", status=404)


def test_help_lines_have_a_number_to_tap_and_a_source(pages: PageClient) -> None:
    page = pages.get("/about/you-dont-have-to-go")

    assert "tel:116123" in page.values(".helplines a", "href")
    assert len(page.all(".helplines > li")) == len(page.values(".helplines a[href^=https]", "href"))
    assert "Looked up on 24 November 2026" in page.words


def test_each_number_dials_what_it_shows(pages: PageClient) -> None:
    page = pages.get("/about/you-dont-have-to-go")

    shown = [number.replace(" ", "") for number in page.all(".helplines .number")]
    dialled = page.values(".helplines a[href^=tel]", "href")
    assert [f"tel:{number}" for number in shown] == dialled
    assert len(shown) > 8


def test_no_page_labels_parents(pages: PageClient) -> None:
    for name in PAGES:
        words = pages.get(f"/about/{name}").words.lower()
        assert not {"shy", "anxious", "mums"} & set(words.replace(",", " ").split())


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("/search?near=Leith", True),
        ("/search?near=Leith&talking=2", False),
        ("/search.geojson?near=Leith", False),
        ("/shortlist?g=x", False),
        ("/about/privacy", True),
    ],
)
def test_robots_may_read_what_a_town_has_but_no_search_with_wishes(
    pages: PageClient, address: str, may: bool
) -> None:
    rules = pages.client.get("/robots.txt").text.splitlines()
    forbidden = [line.removeprefix("Disallow: ") for line in rules if "Disallow" in line]

    assert may is not any(fnmatch(address, f"{one}*".replace("?", "[?]")) for one in forbidden)


@pytest.mark.parametrize(
    ("near", "may"), [("Leith", True), ("EH6 7BS", False), ("EH6", False), ("EH6 7", False)]
)
def test_no_search_engine_keeps_what_is_near_a_postcode(
    pages: PageClient, near: str, may: bool
) -> None:
    page = pages.ask("/search", {"near": near})

    assert (page.values('meta[name="robots"]', "content") == []) is may
