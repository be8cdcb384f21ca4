"""The map with a street map and without one, and how much is fetched."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from finder.settings import Settings
from tests.browser.map.looking import show
from tests.browser.map_site import served, site
from tests.browser.visits import NEEDS

MOST_BYTES = 75_000  # of the page's 120 KB, gzipped; the rest is the list's

pytestmark = NEEDS


def test_without_a_street_map_the_points_stand_on_an_outline(
    page: Page, address_without_tiles: str
) -> None:
    show(page, address_without_tiles)

    expect(page.locator("[data-map-note]")).to_have_text(
        "The street map can’t be reached. The points are still right."
    )
    expect(page.locator("path.map-outline")).to_have_count(1)
    expect(page.locator(".pin .mark")).to_have_count(6)


def test_with_a_street_map_there_is_no_outline_and_no_note(shown: Page) -> None:
    expect(shown.locator("img.leaflet-tile-loaded").first).to_be_attached()

    expect(shown.locator("[data-map-note]")).to_be_hidden()
    expect(shown.locator("path.map-outline")).to_have_count(0)


def test_a_site_that_wants_no_tiles_has_the_outline_and_no_complaint(page: Page) -> None:
    with served(site(Settings(tiles_url="", tiles_attribution=""))) as address:
        show(page, address)
        expect(page.locator("path.map-outline")).to_have_count(1)

        expect(page.locator("[data-map-note]")).to_be_hidden()
        expect(page.get_by_text("Outline © OpenStreetMap contributors")).to_be_visible()


def test_tile_servers_see_who_asks_but_not_what_was_searched(
    shown: Page, address: str, referrers: list[str]
) -> None:
    expect(shown.locator("img.leaflet-tile-loaded").first).to_be_attached()

    assert set(referrers) == {f"{address}/"}


def test_nothing_but_tiles_is_asked_of_others(page: Page, address: str, tiles: str) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))

    show(page, address)
    expect(page.locator("img.leaflet-tile-loaded").first).to_be_attached()

    others = [url for url in asked if not url.startswith((address, "data:"))]
    assert others
    assert all(url.startswith(tiles) and url.endswith(".png") for url in others)


def test_tiles_are_asked_for_only_where_the_groups_are(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(urlsplit(one.url).path))

    show(page, address)
    expect(page.locator("img.leaflet-tile-loaded").first).to_be_attached()

    zooms = {int(path.split("/")[1]) for path in asked if path.endswith(".png")}
    assert len(zooms) == 1
    assert min(zooms) > 10


def test_the_map_is_light(page: Page, address: str) -> None:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    tile_ids: set[str] = set()
    sizes: dict[str, float] = {}
    network.on(
        "Network.requestWillBeSent",
        lambda sent: tile_ids.add(sent["requestId"]) if sent["type"] == "Image" else None,
    )
    network.on(
        "Network.dataReceived",
        lambda part: sizes.update(
            {part["requestId"]: sizes.get(part["requestId"], 0) + part["encodedDataLength"]}
        ),
    )

    show(page, address)

    assert 50_000 < sum(size for id, size in sizes.items() if id not in tile_ids) < MOST_BYTES
