"""What a browser fetches to show a page, all files together, as they travel."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Response

from tests.browser.visits import NEEDS, PHONE, WIDE, Visit, visiting

pytestmark = NEEDS
RESULTS = "/search?near=EH6+7BS"


@contextmanager
def weighed(browser: Browser, address: str, size: tuple[int, int]) -> Iterator[tuple[Visit, list]]:
    with visiting(browser, address, size) as visit:
        seen: list[Response] = []
        visit.page.on("response", lambda answer: seen.extend([answer]))
        yield visit, seen


def kilobytes(seen: list[Response]) -> float:
    """The bodies of all answers but tiles, compressed as they came."""
    ours = [one for one in seen if "/tiles/" not in one.url]
    return sum(one.request.sizes()["responseBodySize"] for one in ours) / 1000


def test_home_travels_in_25_kilobytes(browser: Browser, site_address: str) -> None:
    with weighed(browser, site_address, PHONE) as (visit, seen):
        visit.go("/").wait_for_load_state("networkidle")

        assert 5 < kilobytes(seen) < 25


def test_results_without_the_map_travel_in_35_kilobytes(
    browser: Browser, site_address: str
) -> None:
    with weighed(browser, site_address, PHONE) as (visit, seen):
        visit.go(RESULTS).wait_for_load_state("networkidle")

        assert not [one.url for one in seen if "leaflet" in one.url]
        assert 10 < kilobytes(seen) < 35


def test_results_with_the_map_travel_in_120_kilobytes(browser: Browser, site_address: str) -> None:
    with weighed(browser, site_address, WIDE) as (visit, seen):
        page = visit.go(RESULTS)
        page.locator(".leaflet-marker-icon").first.wait_for()
        page.wait_for_load_state("networkidle")

        assert [one.url for one in seen if "leaflet" in one.url]
        assert [one.url for one in seen if "search.geojson" in one.url]
        assert 50 < kilobytes(seen) < 120
