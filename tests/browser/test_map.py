"""The map in a real browser: by keyboard, by mouse, on a phone, and without a street map."""

import base64
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, Response, request
from playwright.sync_api import Browser, Page, expect, sync_playwright

from finder.settings import Settings, shipped
from tests.browser.map_site import CARDS, served, site

CHROMIUM = Path("/usr/bin/chromium")
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
MOST_BYTES = 75_000  # of the page's 120 KB, gzipped; the rest is the list's
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mPUaxz+HwAE5gJu5Iz8cAAAAABJRU5ErkJggg=="
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium at /usr/bin/chromium"),
    pytest.mark.skipif(
        not (shipped("vendor") / "leaflet").exists(), reason="needs vendor/: run npm run build"
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def referrers() -> list[str]:
    return []


@pytest.fixture(scope="module")
def tiles(referrers: list[str]) -> Iterator[str]:
    app = Flask("tiles", static_folder=None)

    @app.get("/<int:z>/<int:x>/<int:y>.png")
    def tile(z: int, x: int, y: int) -> Response:
        referrers.append(request.headers.get("Referer", ""))
        return Response(PIXEL, mimetype="image/png")

    with served(app) as address:
        yield address


@pytest.fixture(scope="module")
def address(tiles: str) -> Iterator[str]:
    with served(site(Settings(tiles_url=f"{tiles}/{{z}}/{{x}}/{{y}}.png"))) as found:
        yield found


@pytest.fixture(scope="module")
def address_without_tiles() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with served(
        site(Settings(tiles_url=f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}.png"))
    ) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    # A tile server that is away is said by the browser itself; anything else is ours.
    assert [line for line in wrong if "ERR_CONNECTION_REFUSED" not in line] == []


@pytest.fixture
def shown(page: Page, address: str) -> Page:
    return show(page, address)


def show(page: Page, address: str, query: str = "?near=EH6+7BS") -> Page:
    page.goto(f"{address}/search{query}")
    page.wait_for_selector("[data-map][data-state=shown]")
    page.locator("#map_groups").scroll_into_view_if_needed()
    return page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.innerText"))


def status(page: Page) -> str:
    return page.locator("[data-map-status]").inner_text()


def on_the_map(page: Page, *keys: str) -> None:
    page.focus("#map_groups")
    for key in keys:
        page.keyboard.press(key)


def test_the_map_is_one_stop_after_a_link_that_skips_it(shown: Page) -> None:
    shown.locator("[data-group] a").last.focus()

    stops = []
    for _ in range(4):
        shown.keyboard.press("Tab")
        stops.append(focused(shown))

    assert stops == [
        "Skip the map",
        "map_groups",
        "© OpenStreetMap contributors",
        "After the map",
    ]


def test_skipping_the_map_leads_past_it(shown: Page) -> None:
    shown.get_by_role("link", name="Skip the map").focus()
    shown.keyboard.press("Enter")
    shown.keyboard.press("Tab")

    assert focused(shown) == "After the map"


def test_arrows_go_from_group_to_group_and_say_each(shown: Page) -> None:
    on_the_map(shown, "ArrowRight")
    first = status(shown)
    on_the_map(shown, "ArrowRight", "ArrowDown", "ArrowLeft")
    second = status(shown)
    on_the_map(shown, "End")

    assert first == "Rhyme time, Leith hall 1. No talking needed. 0.2 miles away. 1 of 11."
    assert second.endswith("A hello. 0.5 miles away. 2 of 11.")
    assert status(shown).endswith("11 of 11.")


def test_arrows_go_round(shown: Page) -> None:
    on_the_map(shown, "ArrowLeft")
    last = status(shown)
    on_the_map(shown, "ArrowRight")

    assert last.endswith("11 of 11.")
    assert status(shown).endswith("1 of 11.")


def test_enter_opens_a_group_and_escape_gives_focus_back_to_the_map(shown: Page) -> None:
    on_the_map(shown, "ArrowRight", "Enter")
    link = shown.locator(".map-popup a.map-popup-name")
    expect(link).to_be_focused()
    assert link.get_attribute("href") == f"/groups/{CARDS[0].public_id}"

    shown.keyboard.press("Escape")

    expect(link).to_have_count(0)
    assert focused(shown) == "map_groups"


def test_tab_leaves_the_map_from_an_open_popup(shown: Page) -> None:
    on_the_map(shown, "ArrowRight", "Enter")

    shown.keyboard.press("Tab")
    shown.keyboard.press("Tab")

    assert focused(shown) == "© OpenStreetMap contributors"


def test_closing_a_popup_by_its_button_gives_focus_back_too(shown: Page) -> None:
    on_the_map(shown, "ArrowRight", "Enter")

    shown.get_by_role("button", name="Close popup").click()

    shown.wait_for_function("document.activeElement.id === 'map_groups'")


def test_a_groups_name_can_put_no_markup_into_the_map(shown: Page) -> None:
    on_the_map(shown, "ArrowRight", "ArrowRight", "Enter")

    assert shown.locator(".map-popup-name").inner_text() == "Little <b>Splashers</b> & friends"


def test_a_click_on_a_point_tells_of_the_group(shown: Page) -> None:
    shown.get_by_role("button", name="Messy Mondays").click()

    expect(shown.locator(".map-popup")).to_contain_text("Some chat")
    expect(shown.locator(".map-popup")).to_contain_text("Tue 24 Nov, 10:30 to 11:00")
    expect(shown.locator(".map-popup")).to_contain_text("Free")


def test_each_level_has_its_number_and_its_shape(shown: Page) -> None:
    marks = shown.locator(".pin .mark")

    assert sorted(marks.all_text_contents()) == ["1", "2", "3", "4", "5", "?"]
    shapes = marks.evaluate_all("all => all.map(one => one.firstElementChild.outerHTML)")
    assert len(set(shapes)) == 6


def test_numbers_lie_on_top_of_their_shapes(shown: Page) -> None:
    on_top = shown.locator(".pin .mark text").evaluate_all(
        "all => all.map(one => { const at = one.getBoundingClientRect();"
        "return document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2) === one })"
    )

    assert on_top == [True] * 6


def test_points_that_lie_close_are_one_that_says_how_many(shown: Page) -> None:
    cluster = shown.get_by_role("button", name="5 groups, zoom in")
    expect(cluster).to_have_count(1)

    cluster.click()

    expect(cluster).to_have_count(0)


def test_a_card_marks_its_point(shown: Page) -> None:
    card = shown.locator("[data-group]").nth(2)
    point = shown.locator(".pin.is-marked")

    card.hover()
    expect(point).to_have_attribute("aria-label", "Messy Mondays, Leith hall 3. Some chat")
    shown.mouse.move(0, 0)
    expect(point).to_have_count(0)
    card.locator("a").focus()
    expect(point).to_have_count(1)


def test_a_card_in_a_cluster_marks_the_cluster(shown: Page) -> None:
    shown.locator("[data-group]").nth(8).locator("a").focus()

    expect(shown.locator(".pin-many.is-marked")).to_have_count(1)


def test_a_point_marks_its_card(shown: Page) -> None:
    card = shown.locator("[data-group].is-marked")

    shown.get_by_role("button", name="Stay and play").hover()

    expect(card).to_have_count(1)
    assert card.get_attribute("data-group") == str(CARDS[3].public_id)


def test_moving_the_map_offers_to_search_there_with_the_same_filters(
    page: Page, address: str
) -> None:
    show(page, address, "?near=EH6+7BS&talking=2&cost=free&page=3")
    button = page.get_by_role("button", name="Search this area")
    expect(button).to_be_hidden()

    drag(page, 0, 400)
    expect(button).to_be_visible()
    button.click()
    page.wait_for_url("**/search?near=5*")

    asked = parse_qs(urlsplit(page.url).query)
    north, east = map(float, asked.pop("near")[0].split(","))
    assert 55.98 < north < 56.05
    assert -3.25 < east < -3.1
    assert asked == {"talking": ["2"], "cost": ["free"], "radius": ["2"]}


def drag(page: Page, right: int, down: int) -> None:
    box = page.locator("#map_groups").bounding_box()
    assert box is not None
    x, y = box["x"] + 60, box["y"] + 250
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right / 2, y + down / 2, steps=4)
    page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()


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


def test_on_a_phone_the_list_comes_first_and_the_map_when_asked(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{address}/search?near=EH6+7BS")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#map_groups")).to_be_hidden()
    assert not any("leaflet" in url or "geojson" in url for url in asked)

    page.get_by_role("button", name="Map").click()

    expect(page.locator(".pin .mark").first).to_be_visible()
    expect(page.locator("[data-map-list]")).to_be_hidden()
    page.get_by_role("button", name="List").click()
    expect(page.locator("[data-map-list]")).to_be_visible()
    expect(page.locator("#map_groups")).to_be_hidden()


def test_a_search_from_the_map_of_a_phone_ends_on_the_map(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    page.goto(f"{address}/search?near=55.98,-3.17#map")

    expect(page.locator(".pin .mark").first).to_be_visible()


def test_without_scripts_the_list_is_whole_and_no_map_is_shown(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/search?near=EH6+7BS")

    expect(page.locator("[data-group]")).to_have_count(len(CARDS))
    expect(page.locator(".map")).to_be_hidden()
    expect(page.locator("[data-map-switch]")).to_be_hidden()
    context.close()


def test_nothing_moves_for_those_who_asked_for_stillness(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")

    show(page, address)

    moves = page.evaluate(
        "[map_groups.options.zoomAnimation, map_groups.options.fadeAnimation,"
        " map_groups.options.inertia, marker_cluster_groups.options.animate]"
    )
    assert moves == [False] * 4


def test_points_that_do_not_come_are_told_and_the_list_stays(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.route("**/search.geojson*", lambda route: route.abort())
    page.goto(f"{address}/search?near=EH6+7BS")

    expect(page.locator("[data-map-note]")).to_contain_text("The map can’t be shown right now")
    expect(page.locator("[data-group]")).to_have_count(len(CARDS))
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_map_with_a_popup_open(
    page: Page, address: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    show(page, address)
    on_the_map(page, "ArrowRight", "Enter")
    page.wait_for_timeout(300)  # the popup fades in, and axe measures contrast

    found = Axe().run(page, context="[data-map]", options={"resultTypes": ["violations"]})

    assert found.violations_count == 0, found.generate_report()
